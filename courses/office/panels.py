"""The forms organisers fill in."""

from typing import Any

from django import forms
from django.db import transaction
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList

from courses.enums import SessionState
from courses.models import Cohort
from courses.office.meanwhile import changed_meanwhile
from courses.services.cohorts import settle
from courses.services.seats import lock_cohort
from courses.services.timetable import Told, known


class CohortForm(WagtailAdminModelForm):
    """Saving also tells people of changed sessions, as the actions for one session do."""

    data: Any
    told = Told()
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)  # of `Cohort.timetable`

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.instance.timetable
        for form in self.formsets["sessions"].forms:
            if form.instance.state == SessionState.CANCELLED:
                for name in form.fields.keys() - {"id", "ORDER", "DELETE"}:
                    form.fields[name].disabled = True

    def is_valid(self) -> bool:
        """A session that people know of cannot vanish without a word, nor be moved back by a form
        that is older than the move."""
        valid: bool = super().is_valid()
        if valid and self.cleaned_data["seen"] not in (None, self.instance.timetable):
            self.add_error(None, changed_meanwhile(self.instance, self.formsets["sessions"].forms))
            self.data = self.data.copy()
            self.data["seen"] = self.instance.timetable
            return False
        if valid and self.instance.seats_taken and self.formsets["sessions"].deleted_forms:
            self.add_error(
                None,
                "People have this session in their calendars, so it cannot be deleted. Cancel it"
                " on its page Sessions: they get a mail, and it goes from their calendars.",
            )
            return False
        return valid

    def save(self, commit: bool = True) -> Cohort:
        if not commit:
            unsaved: Cohort = super().save(commit=False)
            return unsaved
        with transaction.atomic():
            before = known(lock_cohort(self.instance.pk)) if self.instance.pk else {}
            cohort: Cohort = super().save()
            self.told = settle(cohort=cohort, before=before, by=self.for_user)
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
                FieldPanel("offer_hours"),
                FieldPanel("slug"),
            ],
            heading="Registration",
        ),
        InlinePanel(
            "sessions",
            label="session",
            heading="Sessions",
            min_num=1,
            help_text="All times are London time. Parts that you leave empty are given in order."
            " When people have places already, saving a new time, part or joining link writes to"
            " them at once. To cancel a session, or to give people the reason, open the roster and"
            " press Sessions.",
        ),
        MultiFieldPanel(
            [
                FieldPanel("reminds_week_before"),
                FieldPanel("reminds_day_before"),
                FieldPanel("reminds_hour_before"),
            ],
            heading="Mails to remind people",
        ),
        FieldPanel("kept_months"),
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
