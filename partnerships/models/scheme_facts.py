"""Our part in a scheme, and its dates."""

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from partnerships.models.years import YEARS, year_span


class SchemeFacts(models.Model):
    """Our part in a scheme and its dates."""

    role = models.CharField(max_length=160, blank=True, help_text="Our part, such as lead school.")
    lead_school = models.CharField(max_length=120, blank=True)
    run_by = models.CharField(max_length=120, blank=True)
    period = models.CharField(
        "how long", max_length=60, blank=True, help_text="Such as three years."
    )
    first_year = models.PositiveSmallIntegerField(null=True, blank=True, validators=YEARS)
    last_year = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=YEARS, help_text="Empty while it goes on."
    )

    fact_panels = [
        FieldRowPanel([FieldPanel("role"), FieldPanel("lead_school")]),
        FieldRowPanel([FieldPanel("run_by"), FieldPanel("period")]),
        FieldRowPanel([FieldPanel("first_year"), FieldPanel("last_year")]),
    ]

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.last_year and (not self.first_year or self.last_year < self.first_year):
            raise ValidationError({"last_year": "The last year needs a first year before it."})

    @property
    def when(self) -> str:
        years = year_span(self.first_year, self.last_year)
        return ", ".join(part for part in (self.period, years) if part)

    def facts(self) -> list[tuple[str, str]]:
        facts = [
            ("Our part", self.role),
            ("Lead school", self.lead_school),
            ("Run by", self.run_by),
            ("When", self.when),
        ]
        return [(term, value) for term, value in facts if value]
