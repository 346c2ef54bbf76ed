"""Outcomes: figures with years, base and source. Incomplete ones cannot be stored at all."""

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from partnerships.figures import figure_text, gaps, is_year, verdict


def check_year(text: str) -> None:
    if not is_year(text):
        raise ValidationError("Write a year, 2024, or a school year, 2023-24.")


class Outcome(Orderable):
    page = ParentalKey(
        "partnerships.CaseStudyPage", on_delete=models.CASCADE, related_name="outcomes"
    )
    metric = models.CharField(
        "what it counts", max_length=120, help_text="Such as suspensions in the year."
    )
    unit = models.CharField(max_length=12, blank=True, help_text="Such as %, £ or days.")
    lower_is_better = models.BooleanField(default=False)
    before = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    before_year = models.CharField("year before", max_length=7, blank=True, validators=[check_year])
    after = models.DecimalField(max_digits=12, decimal_places=2)
    after_year = models.CharField(
        "year", max_length=7, validators=[check_year], help_text="2024, or a school year: 2023-24."
    )
    base = models.CharField(max_length=120, blank=True, help_text="Out of how many.")
    source = models.CharField(max_length=200, help_text="Who counted: records of the school.")
    source_url = models.URLField("address of the source", blank=True)
    is_sample = models.BooleanField("sample figure", default=False)

    panels = [
        FieldPanel("metric", required_on_save=True),
        FieldRowPanel([FieldPanel("unit"), FieldPanel("lower_is_better")]),
        FieldRowPanel([FieldPanel("before"), FieldPanel("before_year")]),
        FieldRowPanel([FieldPanel("after"), FieldPanel("after_year", required_on_save=True)]),
        FieldPanel("base"),
        FieldPanel("source", required_on_save=True),
        FieldPanel("source_url"),
        FieldPanel("is_sample"),
    ]

    class Meta(Orderable.Meta):
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(after_year="") & ~models.Q(source="") & ~models.Q(metric=""),
                name="a_figure_has_name_year_and_source",
            ),
            models.CheckConstraint(
                condition=models.Q(before__isnull=True, before_year="")
                | (models.Q(before__isnull=False) & ~models.Q(before_year="")),
                name="a_value_before_has_its_year",
            ),
        ]

    def __str__(self) -> str:
        return self.metric

    def gaps(self) -> list[str]:
        return gaps(
            what=self.metric,
            value=self.after,
            year=self.after_year,
            source=self.source,
            before=self.before,
            before_year=self.before_year,
        )

    @property
    def evidence(self) -> dict[str, object]:
        """What the evidence component shows."""
        has_before = self.before is not None
        return {
            "value": figure_text(self.after, self.unit),
            "before": figure_text(self.before, self.unit) if self.before is not None else "",
            "before_year": self.before_year if has_before else "",
            "what": self.metric,
            "year": self.after_year,
            "base": self.base,
            "source": self.source,
            "source_url": self.source_url,
            "is_sample": self.is_sample,
            "verdict": verdict(self.before, self.after, lower_is_better=self.lower_is_better),
        }

    def as_text(self) -> str:
        """For search: the figure as a reader might look for it."""
        return f"{self.metric} {figure_text(self.after, self.unit)} {self.after_year} {self.source}"
