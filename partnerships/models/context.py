"""The school of a case study: what a reader needs to judge whether it is like theirs."""

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from partnerships.models.years import YEARS


class Phase(models.TextChoices):
    PRIMARY = "primary", "Primary"
    SECONDARY = "secondary", "Secondary"
    ALL_THROUGH = "all-through", "All-through"
    SIXTH_FORM = "sixth-form", "Sixth form"
    SPECIAL = "special", "Special"
    ALTERNATIVE = "alternative", "Alternative provision"


class Region(models.TextChoices):
    NORTH_EAST = "north-east", "North East"
    NORTH_WEST = "north-west", "North West"
    YORKSHIRE = "yorkshire", "Yorkshire and the Humber"
    EAST_MIDLANDS = "east-midlands", "East Midlands"
    WEST_MIDLANDS = "west-midlands", "West Midlands"
    EAST = "east", "East of England"
    LONDON = "london", "London"
    SOUTH_EAST = "south-east", "South East"
    SOUTH_WEST = "south-west", "South West"
    ELSEWHERE = "elsewhere", "Outside England"


class Setting(models.TextChoices):
    CITY = "city", "City"
    TOWN = "town", "Town"
    RURAL = "rural", "Rural"
    COASTAL = "coastal", "Coastal"


class Ofsted(models.TextChoices):
    OUTSTANDING = "outstanding", "Outstanding"
    GOOD = "good", "Good"
    REQUIRES_IMPROVEMENT = "requires-improvement", "Requires improvement"
    INADEQUATE = "inadequate", "Inadequate"
    NO_GRADE = "no-grade", "No overall grade"


PAIRS = (("ofsted_before", "ofsted_before_year"), ("ofsted_after", "ofsted_after_year"))


def both_or_neither(grade: str, year: str) -> models.Q:
    none = models.Q(**{grade: "", f"{year}__isnull": True})
    return none | (~models.Q(**{grade: ""}) & models.Q(**{f"{year}__isnull": False}))


class SchoolContext(models.Model):
    """Phase, place, size and inspections. A grade never stands without its year."""

    phase = models.CharField(max_length=20, choices=Phase)
    ages = models.CharField(max_length=20, blank=True, help_text="Such as 11 to 16.")
    place = models.CharField(
        max_length=60, blank=True, help_text="Town or area, such as Bradford. Never the school."
    )
    region = models.CharField(max_length=20, choices=Region)
    setting = models.CharField(max_length=20, choices=Setting, blank=True)
    pupils = models.PositiveIntegerField(null=True, blank=True)
    ofsted_before = models.CharField(max_length=24, choices=Ofsted, blank=True)
    ofsted_before_year = models.PositiveSmallIntegerField(
        "year", null=True, blank=True, validators=YEARS
    )
    ofsted_after = models.CharField(
        max_length=24,
        choices=Ofsted,
        blank=True,
        help_text="Since September 2024 inspections give no overall grade.",
    )
    ofsted_after_year = models.PositiveSmallIntegerField(
        "year", null=True, blank=True, validators=YEARS
    )

    context_panels = [
        FieldRowPanel([FieldPanel("phase"), FieldPanel("ages")]),
        FieldRowPanel([FieldPanel("place"), FieldPanel("region")]),
        FieldRowPanel([FieldPanel("setting"), FieldPanel("pupils")]),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("ofsted_before"), FieldPanel("ofsted_before_year")]),
                FieldRowPanel([FieldPanel("ofsted_after"), FieldPanel("ofsted_after_year")]),
            ],
            heading="Ofsted, each with its year",
        ),
    ]
    context_search_fields = (
        index.FilterField("phase"),
        index.FilterField("region"),
        index.FilterField("setting"),
        index.SearchField("place"),
    )
    context_constraints: list[models.BaseConstraint] = [
        models.CheckConstraint(condition=both_or_neither(*pair), name=f"{pair[0]}_has_its_year")
        for pair in PAIRS
    ]

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        problems: dict[str, str] = {}
        for grade, year in PAIRS:
            if bool(getattr(self, grade)) != bool(getattr(self, year)):
                problems[year] = "Give the grade and its year, both or neither."
        if problems:
            raise ValidationError(problems)

    @property
    def where(self) -> str:
        """The place and its region, or the one that is known."""
        region = self.get_region_display()
        return f"{self.place}, {region}" if self.place and self.place != region else region

    @property
    def size(self) -> str:
        return f"{self.pupils:,} pupils" if self.pupils else ""

    def context_facts(self) -> list[tuple[str, str]]:
        """Terms and values in reading order; what is not known is left out."""
        facts = [
            ("Phase", ", ".join(filter(None, [self.get_phase_display(), self.ages]))),
            ("Region", self.where),
            (
                "Size and setting",
                ", ".join(filter(None, [self.size, self.get_setting_display().lower()])),
            ),
        ]
        return [(term, value) for term, value in facts if value]

    def ofsted_facts(self) -> list[tuple[str, str]]:
        pairs = [
            ("Ofsted before", self.get_ofsted_before_display(), self.ofsted_before_year),
            ("Ofsted after", self.get_ofsted_after_display(), self.ofsted_after_year),
        ]
        return [(term, f"{grade}, {year}") for term, grade, year in pairs if grade]
