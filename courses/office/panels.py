"""The forms organisers fill in."""

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList

from courses.models import Cohort
from courses.services.cohorts import settle


class CohortForm(WagtailAdminModelForm):
    """Saving also gives the sessions their parts, and moves what was laid ready for an opening."""

    def save(self, commit: bool = True) -> Cohort:
        cohort: Cohort = super().save(commit=commit)
        if commit:
            settle(cohort=cohort)
        return cohort


def select(name: str, **kwargs: Any) -> FieldPanel:
    """A plain list to choose from: organisers may not browse the page tree."""
    return FieldPanel(name, widget=forms.Select, **kwargs)


COHORT = ObjectList(
    [
        select("programme"),
        FieldRowPanel([FieldPanel("number"), FieldPanel("term")]),
        FieldRowPanel([select("version"), select("price")]),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
                FieldRowPanel([FieldPanel("capacity"), FieldPanel("has_waiting_list")]),
                FieldPanel("slug"),
            ],
            heading="Registration",
        ),
        InlinePanel(
            "sessions",
            label="session",
            heading="Sessions",
            min_num=1,
            help_text="All times are London time. Parts that you leave empty are given in order.",
        ),
        FieldPanel("is_sample"),
    ],
    base_form_class=CohortForm,
)
VERSION = ObjectList(
    [
        select("programme"),
        FieldPanel("name"),
        FieldPanel("label"),
        InlinePanel("parts", label="part", heading="Parts, in order", min_num=1),
    ]
)
PRICE = ObjectList(
    [
        select("programme"),
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("amount"), FieldPanel("currency")]),
        FieldPanel("places_included"),
        FieldPanel("member_waiver"),
        FieldPanel("dues_to"),
        FieldPanel("credited_later"),
        FieldRowPanel([FieldPanel("conference"), FieldPanel("conference_places")]),
    ]
)
ORGANISATION = ObjectList(
    [FieldPanel("name"), FieldPanel("postcode"), FieldPanel("urn"), FieldPanel("is_member")]
)
