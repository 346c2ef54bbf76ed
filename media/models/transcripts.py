"""The words of a recording: one transcript a language, made of cues in time order."""

import secrets

from django.conf import settings
from django.db import models

from media.models.recordings import Recording


def new_key() -> str:
    return secrets.token_hex(6)


class Transcript(models.Model):
    class Status(models.TextChoices):
        AUTOMATIC = "automatic", "Automatic, not yet checked"
        CHECKED = "checked", "Checked"

    USUAL_LANGUAGE = "en"

    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="transcripts")
    language = models.CharField(
        max_length=12, default=USUAL_LANGUAGE, help_text="BCP 47, such as en or ur."
    )
    status = models.CharField(max_length=12, choices=Status, default=Status.AUTOMATIC)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    checked_on = models.DateField(null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)
    # The number of the revision whose words are shown; 0 before the first.
    revision = models.PositiveIntegerField(default=0, editable=False)
    # The number of the revision that was read against the sound; small corrections may follow.
    checked_revision = models.PositiveIntegerField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recording", "language"], name="one_transcript_per_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.recording} ({self.language})"

    @property
    def is_checked(self) -> bool:
        return self.status == self.Status.CHECKED

    @property
    def corrected_since(self) -> bool:
        """Whether a person changed words after they were checked; readers still read “checked”."""
        checked = self.checked_revision
        return self.is_checked and checked is not None and self.revision > checked

    @property
    def version(self) -> str:
        """Changes whenever anything of the words does; revisions alone may take further saves."""
        return f"{self.revision}.{self.updated_at.timestamp():.6f}"


class Cue(models.Model):
    """A WebVTT cue: what is said between two times, in milliseconds, and by whom."""

    transcript = models.ForeignKey(Transcript, on_delete=models.CASCADE, related_name="cues")
    start_ms = models.PositiveIntegerField()
    end_ms = models.PositiveIntegerField()
    speaker = models.CharField(max_length=120, blank=True)
    text = models.TextField()
    doubts = models.JSONField(default=list, blank=True, editable=False)
    # By this a line is known through all corrections, in browsers and in revisions.
    key = models.CharField(max_length=16, default=new_key, editable=False)

    class Meta:
        ordering = ["start_ms", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end_ms__gt=models.F("start_ms")), name="cue_ends_after_it_starts"
            ),
            models.UniqueConstraint(fields=["transcript", "key"], name="one_cue_per_key"),
        ]

    def __str__(self) -> str:
        return self.text[:60]
