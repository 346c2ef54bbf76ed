"""That a speaker agreed to be published: for the office, never for readers."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PageChooserPanel
from wagtail.models import Orderable


def not_ahead(day: date) -> None:
    if day > timezone.localdate():
        raise ValidationError("This day has not come yet.")


class SpeakerConsent(Orderable):
    """One speaker's yes to one talk. Taken back: the row goes, and the talk is not ready."""

    episode = ParentalKey("episodes.EpisodePage", on_delete=models.CASCADE, related_name="consents")
    speaker = models.ForeignKey("core.PersonPage", on_delete=models.CASCADE, related_name="+")
    given_on = models.DateField("agreed on", validators=[not_ahead])
    recorded_by = models.CharField(
        "noted by",
        max_length=120,
        blank=True,
        help_text="Who heard the yes or has the form. Empty: your own name.",
    )
    note = models.CharField(
        max_length=300,
        blank=True,
        help_text="Where the form lies, or what the speaker asked for.",
    )

    panels = [
        PageChooserPanel("speaker", "core.PersonPage"),
        FieldRowPanel([FieldPanel("given_on"), FieldPanel("recorded_by")]),
        FieldPanel("note"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "consent of a speaker"
        verbose_name_plural = "consents of speakers"
        constraints = [
            models.UniqueConstraint(
                fields=["episode", "speaker"], name="a_speaker_agrees_to_an_episode_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.speaker}, {self.given_on}"
