"""Words that were typed or sent, and could not be taken as they were: they wait to be mended."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from media.models.recordings import Recording


class WordsDraft(models.Model):
    """A whole text as it came. None is ever deleted: the newest waits in the box of words, and
    those before it can be fetched again."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting to be mended"
        TAKEN = "taken", "Mended and taken"
        REPLACED = "replaced", "Replaced by newer words"
        ASIDE = "aside", "Set aside"

    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="drafts")
    language = models.CharField(max_length=12, default="en")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    text = models.TextField()
    source = models.CharField(max_length=255, blank=True)
    note = models.TextField(blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]
        verbose_name = "waiting words"
        verbose_name_plural = "waiting words"
        constraints = [
            models.UniqueConstraint(
                fields=["recording", "language"],
                condition=models.Q(state="waiting"),
                name="one_draft_waits_per_language",
            )
        ]

    def __str__(self) -> str:
        return f"{self.source or 'Typed words'}, {self.recording}"

    @property
    def who(self) -> Any:
        return self.made_by.get_full_name() or str(self.made_by) if self.made_by else ""
