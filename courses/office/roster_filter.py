"""Which people of a cohort the roster shows, and in which order."""

from typing import Any

from django import forms
from django.db.models import BigIntegerField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from courses.enums import MessageKind, MessageState, PlaceState
from courses.models import Cohort, OutboxMessage, Place

STATES = [
    ("", "With a place"),
    *((state.value, state.label) for state in PlaceState),
    ("all", "All, also cancelled"),
]
DUES = [
    ("", "Any"),
    ("unchecked", "Says it pays dues, not checked"),
    ("claimed", "Says it pays dues"),
    ("member", "Pays dues, checked"),
]
MAILS = [
    ("", "Any"),
    ("failed", "A mail failed"),
]
SORTS = {
    "": ("Name", (Lower("name"), "pk")),
    "organisation": ("Organisation", (Lower("booking__organisation__name"), Lower("name"), "pk")),
    "booked": ("Newest first", ("-pk",)),
}
SEARCHED = (
    "name",
    "email",
    "booking__organisation__name",
    "booking__organisation__postcode",
    "booking__reference",
    "booking__booker_name",
    "booking__booker_email",
    "booking__purchase_order",
)
TROUBLED = (MessageState.FAILED, MessageState.RETRYING)


class RosterFilter(forms.Form):
    """Read from the address, so that what is filtered can be kept, downloaded and printed."""

    q = forms.CharField(label="Search", required=False, max_length=200)
    state = forms.ChoiceField(label="State", choices=STATES, required=False)
    dues = forms.ChoiceField(label="Dues", choices=DUES, required=False)
    mail = forms.ChoiceField(label="Mail", choices=MAILS, required=False)
    sort = forms.ChoiceField(
        label="Order", choices=[(key, label) for key, (label, _) in SORTS.items()], required=False
    )
    organisation = forms.IntegerField(
        required=False, min_value=1, max_value=BigIntegerField.MAX_BIGINT, widget=forms.HiddenInput
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data, label_suffix="")
        self.fields["q"].widget.attrs["placeholder"] = "Name, e-mail, organisation, reference"

    @property
    def is_used(self) -> bool:
        """Whether somebody is left out by it."""
        return bool(self.is_valid() and any(self.cleaned_data[name] for name in FILTERS))

    def places(self, cohort: Cohort) -> QuerySet[Place]:
        """Nobody, if the address holds something that is no filter: never more than was asked."""
        rows = Place.objects.filter(cohort=cohort).select_related("booking__organisation")
        if not self.is_valid():
            return rows.none()
        wanted = self.cleaned_data
        rows = rows.filter(by_state(wanted["state"]) & by_dues(wanted["dues"]))
        if wanted["organisation"]:
            rows = rows.filter(booking__organisation=wanted["organisation"])
        if wanted["mail"]:
            rows = rows.filter(has_troubled_mail())
        for word in wanted["q"].split():
            rows = rows.filter(by_word(word))
        return rows.order_by(*SORTS[wanted["sort"]][1])


FILTERS = ("q", "state", "dues", "mail", "organisation")


def by_state(state: str) -> Q:
    if state == "all":
        return Q()
    return Q(state=state) if state else Q(state__in=PlaceState.with_seat())


def by_dues(dues: str) -> Q:
    claimed = Q(booking__claims_membership=True)
    return {
        "": Q(),
        "claimed": claimed,
        "unchecked": claimed & Q(booking__organisation__is_member=False),
        "member": Q(booking__organisation__is_member=True),
    }[dues]


def by_word(word: str) -> Q:
    found = Q()
    for name in SEARCHED:
        found |= Q(**{f"{name}__icontains": word})
    return found


def has_troubled_mail() -> Q:
    troubled = OutboxMessage.objects.filter(state__in=TROUBLED)
    to_booker = troubled.filter(booking=OuterRef("booking"), kind=MessageKind.BOOKING)
    return Q(Exists(troubled.filter(place=OuterRef("pk")))) | Q(Exists(to_booker))
