"""The history of a transcript: every state that it ever had, and what a machine proposes."""

from django.conf import settings
from django.db import models

from media.cues import SpokenCue, from_rows
from media.models.transcripts import Transcript


class TranscriptRevision(models.Model):
    """All cues as they stood, who made them so, and how. Never changed by another person's work.

    A proposal is what a machine heard anew: people's corrections stay until somebody takes it, or
    says that it is not wanted.
    """

    class Origin(models.TextChoices):
        FILE = "file", "From a file"
        HEARD = "heard", "Heard on this server"
        PROVIDER = "provider", "Heard by AssemblyAI"
        EDITED = "edited", "Corrected"
        REPLACED = "replaced", "Found and replaced"
        RESTORED = "restored", "Brought back"

    transcript = models.ForeignKey(Transcript, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    origin = models.CharField(max_length=12, choices=Origin)
    note = models.CharField(max_length=255, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    rows = models.JSONField(default=list)
    proposed = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["transcript", "number"], name="one_revision_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.transcript}, revision {self.number}"

    @property
    def cues(self) -> tuple[SpokenCue, ...]:
        return from_rows(self.rows)

    @property
    def by_a_machine(self) -> bool:
        return self.origin in (self.Origin.HEARD, self.Origin.PROVIDER)
