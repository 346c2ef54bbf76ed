"""What a private page shows of people, sessions and what can be changed: finished values."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from courses.cards import CohortCard, card_for
from courses.enums import BookingState, CohortState, InvoiceState
from courses.models import Booking, Cohort, Place
from courses.services import is_changeable
from courses.services.sessions import SessionLine, page_lines
from courses.text import counted, upper_first
from courses.views.common import open_cohorts
from courses.when import moment_words

INVOICES = {
    InvoiceState.REQUESTED: "Comes by mail",
    InvoiceState.SENT: "Sent",
    InvoiceState.PAID: "Paid",
    InvoiceState.CREDITED: "Credited in full",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Changes:
    """The addresses of what can be changed on a place now; empty where it is too late."""

    swap: str
    move: str
    cancel: str
    until: str

    @property
    def any(self) -> bool:
        return bool(self.swap or self.move or self.cancel)


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonRow:
    """`elsewhere` names the cohort where it is not the booking's."""

    name: str
    email: str
    elsewhere: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class SessionGroup:
    """The sessions of one cohort; `title` is empty where all people are on the same."""

    title: str
    lines: list[SessionLine]


def person_context(place: Place, cohort: Cohort, *, now: datetime) -> dict[str, Any]:
    off = cohort.called_off_at is not None
    bookable = open_cohorts(cohort.programme_id, now=now)
    return {
        "title": person_title(cohort, now=now),
        "is_over": is_over(cohort, now=now),
        "groups": [SessionGroup("", page_lines(cohort, with_links=not off, now=now))],
        "changes": changes_of([place.token], cohort, bookable, now=now),
    }


def person_title(cohort: Cohort, *, now: datetime) -> str:
    if cohort.called_off_at:
        return "This cohort is called off"
    return "This cohort is over" if is_over(cohort, now=now) else "You have a place"


def is_over(cohort: Cohort, *, now: datetime) -> bool:
    return cohort.state(now) == CohortState.PAST


def booker_context(
    booking: Booking, people: list[Place], cohort: Cohort, *, now: datetime
) -> dict[str, Any]:
    cohorts = {each.pk: each for each in cohorts_of(people, cohort)}
    bookable = open_cohorts(cohort.programme_id, now=now)
    return {
        "title": booker_title(people, cohort),
        "is_over": is_over(cohort, now=now),
        "groups": [
            SessionGroup(
                each.dated_title if len(cohorts) > 1 else "",
                page_lines(each, with_links=False, now=now),
            )
            for each in cohorts.values()
        ],
        "people": [
            PersonRow(
                name=place.name,
                email=place.email,
                elsewhere=cohorts[place.cohort_id].dated_title if len(cohorts) > 1 else "",
                changes=changes_of(
                    [booking.token, place.pk], cohorts[place.cohort_id], bookable, now=now
                ),
            )
            for place in people
        ],
        "covers": covers_words(booking, people, cohort, now=now),
        "owes": bool(people) or booking.invoice_state != InvoiceState.NOTHING,
        "is_invoiced": booking.invoice_state in (InvoiceState.SENT, InvoiceState.PAID),
        "others": [] if people else cards(bookable, but=cohort, now=now),
        "invoice": invoice_words(booking),
        "can_change_order": booking.invoice_state == InvoiceState.REQUESTED,
        "can_cancel": bool(people) and all(is_changeable(each, now) for each in cohorts.values()),
    }


def cards(cohorts: list[Cohort], *, but: Cohort, now: datetime) -> list[CohortCard]:
    return [card_for(each, now=now) for each in cohorts if each.pk != but.pk]


def booker_title(people: list[Place], cohort: Cohort) -> str:
    if cohort.called_off_at:
        return "This cohort is called off"
    if not people:
        return "This booking is cancelled"
    return upper_first(f"{counted(len(people), 'person is', 'people are')} registered")


def cohorts_of(people: list[Place], cohort: Cohort) -> list[Cohort]:
    """Where people are, the cohort of the booking first."""
    others = {place.cohort_id for place in people} - {cohort.pk}
    rows = Cohort.objects.for_page().filter(pk__in=others).order_by("pk") if others else []
    return [cohort, *rows]


def changes_of(
    args: list[str | int], cohort: Cohort, bookable: list[Cohort], *, now: datetime
) -> Changes:
    """`args` are the token, and on the booker's page the number of the place."""
    elsewhere = any(each.pk != cohort.pk for each in bookable)
    before = is_changeable(cohort, now)
    swaps = is_changeable(cohort, now, until_the_end=True)
    starts = cohort.facts.starts
    return Changes(
        swap=reverse("courses:swap", args=args) if swaps else "",
        move=reverse("courses:move", args=args) if before and elsewhere else "",
        cancel=reverse("courses:cancel", args=args) if before else "",
        until=moment_words(starts) if before and starts else "",
    )


def covers_words(booking: Booking, people: list[Place], cohort: Cohort, *, now: datetime) -> str:
    """How many more the price covers; empty where nobody can be added."""
    own = cohort if cohort.pk == booking.cohort_id else booking.cohort
    free = own.price.places_included - len(people)
    if booking.state != BookingState.BOOKED or free < 1:
        return ""
    if own.state(now) not in (CohortState.OPEN, CohortState.FEW):
        return ""
    return f"The price covers {counted(free, 'more person', 'more people')}"


def invoice_words(booking: Booking) -> str:
    words = INVOICES.get(InvoiceState(booking.invoice_state), "")
    return f"{words}, number {booking.invoice_number}" if booking.invoice_number else words
