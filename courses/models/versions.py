"""A programme as it was at one time: its name and parts. Past cohorts keep theirs."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable


class ProgrammeVersion(ClusterableModel):
    """Not part of the page's own revisions: restoring an old draft must not touch history."""

    programme = models.ForeignKey(
        "courses.ProgrammePage", on_delete=models.PROTECT, related_name="versions"
    )
    name = models.CharField(
        max_length=160, help_text="What the programme is called in this version."
    )
    label = models.CharField(
        max_length=60, help_text="To tell versions apart, such as 2027 or Before the renaming."
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = "version of a programme"
        verbose_name_plural = "versions of programmes"
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "label"], name="a_version_label_is_used_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.label})"

    def unsaved_copy(self) -> "ProgrammeVersion":
        """The same name and parts as a new version, for somebody to change and save."""
        copy = ProgrammeVersion(programme=self.programme, name=self.name)
        kept = ("sort_order", "title", "line", "format", "minutes")
        copy.parts = [ProgrammePart(**row) for row in self.parts.values(*kept)]
        return copy

    @property
    def is_given(self) -> bool:
        """Whether a cohort has begun with it: then it is history, and no longer changes."""
        return self.cohorts.filter(sessions__starts_at__lte=timezone.now()).exists()

    def clean(self) -> None:
        super().clean()
        if self.pk and self.is_given:
            raise ValidationError(
                "A cohort has already been given this version, so it stays as it is. Make a copy"
                " of it, change the copy, and choose that for the next cohort."
            )


class ProgrammePart(Orderable):
    version = ParentalKey(ProgrammeVersion, on_delete=models.CASCADE, related_name="parts")
    title = models.CharField(max_length=160)
    line = models.CharField(
        "in one line", max_length=200, blank=True, help_text="What happens in it."
    )
    format = models.CharField(max_length=40, default="Online", help_text="Such as Online.")
    minutes = models.PositiveSmallIntegerField(default=120)

    panels = [
        FieldPanel("title"),
        FieldPanel("line"),
        FieldPanel("format"),
        FieldPanel("minutes"),
    ]

    class Meta(Orderable.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.version.label}: {self.title}"

    @property
    def length_words(self) -> str:
        hours, minutes = divmod(self.minutes, 60)
        return " ".join(
            part for part in (hours and f"{hours} h", minutes and f"{minutes} min") if part
        )
