"""Where, when and how a campaign listened. A reach never stands without its source."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import RichTextField

from community.dots import Print, print_of

YEAR = RegexValidator(r"^(19|20)\d\d(-\d\d)?$", "Write a year, 2024, or an academic year, 2023-24.")


class CampaignFacts(models.Model):
    """Where, when and how. A reach never stands without its source."""

    area = models.CharField(max_length=80, help_text="Such as Bradford.")
    year = models.CharField(max_length=7, validators=[YEAR], help_text="2024, or 2023-24.")
    partner = models.CharField(max_length=120, blank=True, help_text="Who listened with us.")
    reach = models.PositiveIntegerField(
        null=True, blank=True, help_text="How many people took part."
    )
    reach_what = models.CharField("who they were", max_length=60, default="students")
    source = models.CharField("source of the figure", max_length=200, blank=True)
    method = RichTextField(blank=True, features=["bold", "link", "ul"])

    fact_panels = [
        FieldRowPanel([FieldPanel("area"), FieldPanel("year")]),
        FieldPanel("partner"),
        FieldRowPanel([FieldPanel("reach"), FieldPanel("reach_what")]),
        FieldPanel("source"),
        FieldPanel("method"),
    ]
    fact_constraints: list[models.BaseConstraint] = [
        models.CheckConstraint(
            condition=models.Q(reach__isnull=True) | ~models.Q(source=""),
            name="a_reach_has_its_source",
        )
    ]

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.reach is not None and not self.source.strip():
            raise ValidationError(
                {
                    "source": f"“{self.reach:,} {self.reach_what}” lacks its source. "
                    "A figure without year and source cannot be published."
                }
            )

    @property
    def evidence(self) -> dict[str, str] | None:
        """What the evidence component shows; None where nobody counted."""
        if self.reach is None:
            return None
        return {
            "value": f"{self.reach:,}",
            "what": f"{self.reach_what} took part in the listening campaign in {self.area}",
            "year": self.year,
            "partner": self.partner,
            "source": self.source,
        }

    def print(self) -> Print:
        return print_of(f"{self.area} {self.year}", self.reach, self.reach_what)
