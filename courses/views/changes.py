"""What a booker, or a person for themselves, can change until the cohort begins."""

from datetime import datetime
from typing import Any

from django.http import Http404
from django.urls import reverse

from courses.enums import InvoiceState
from courses.forms import AskForm, MoveForm, PersonForm, PublicForm, PurchaseOrderForm
from courses.models import Cohort, Place
from courses.services import (
    Attendee,
    NothingToChange,
    add_person,
    cancel_booking,
    cancel_place,
    change_purchase_order,
    is_changeable,
    move_place,
    swap_person,
)
from courses.text import counted
from courses.views.asking import Change, about, change_view
from courses.views.bookings import Private
from courses.views.common import other_cards
from courses.views.people import cohorts_of, covers_words

NEW_MAIL = "They get a mail with the dates, their joining links and a page of their own."
SEAT_GOES = "The seat goes to the next person who waits, or to anybody."


class Add(Change):
    done = "added"

    def words(self) -> dict[str, Any]:
        covered = counted(self.booking.cohort.price.places_included, "person", "people")
        return {
            "title": "Add a colleague",
            "lead": f"The price stays {self.booking.price_words}: it covers {covered}.",
            "points": [NEW_MAIL],
            "button": "Add this person",
        }

    def is_open(self, cohort: Cohort, now: datetime) -> bool:
        return bool(covers_words(self.booking, self.found.people, cohort, now=now))

    def form(self, data: Any = None) -> PublicForm:
        return PersonForm(data)

    def addresses(self, form: Any) -> list[str]:
        return [form.cleaned_data["email"], self.booking.booker_email]

    def do(self, form: Any) -> None:
        add_person(booking=self.booking, person=form.to_person())


class Swap(Change):
    done = "swapped"
    until_the_end = True

    def words(self) -> dict[str, Any]:
        own = self.is_own
        whose = "Your place" if own else f"The place of {self.person.name}"
        goodbye = "You get a mail that says so." if own else f"{self.person.name} gets one too."
        opens = "This page then opens for you no more." if own else "Their earlier page closes."
        return {
            "title": "Give your place to a colleague" if own else "Change the name",
            "lead": f"{whose} goes to somebody else of {self.booking.organisation.name}.",
            "points": [NEW_MAIL, f"{goodbye} {opens}", *booker_words(self)],
            "button": "Give the place to this person",
        }

    def form(self, data: Any = None) -> PublicForm:
        return PersonForm(data)

    def addresses(self, form: Any) -> list[str]:
        return [form.cleaned_data["email"], self.person.email]

    def do(self, form: Any) -> str | None:
        person, before = form.to_person().cleaned(), self.person.email
        if (person.name, person.email) == (self.person.name, before) or self.is_known_here(person):
            raise NothingToChange
        swap_person(place=self.person, person=person, link=self.link)
        return reverse("courses:given") if self.is_own and person.email != before else None

    def is_known_here(self, person: Attendee) -> bool:
        """On the booker's own list; who has a place otherwise is nobody's business."""
        others = [each for each in self.found.people if each.pk != self.person.pk]
        return person.email in [each.email for each in others]


class Move(Change):
    done = "moved"

    def words(self) -> dict[str, Any]:
        own = self.is_own
        return {
            "title": "Move to another cohort" if own else f"Move {self.person.name}",
            "lead": f"Now on {about(self).dated_title}. The price stays as it is.",
            "points": [
                f"A mail with the new dates and links goes to {self.person.email}.",
                *booker_words(self),
            ],
            "button": "Move the place",
            "nothing": "No other cohort of this programme has a place now.",
        }

    def form(self, data: Any = None) -> PublicForm:
        return MoveForm(other_cards(about(self)), data)

    def do(self, form: Any) -> None:
        to = int(form.cleaned_data["cohort"])
        move_place(place=self.person, to_cohort_id=to, link=self.link)


class CancelPlace(Change):
    done = "cancelled"

    def words(self) -> dict[str, Any]:
        own = self.is_own
        return {
            "title": "Cancel your place" if own else f"Cancel the place of {self.person.name}",
            "lead": f"On {about(self).full_title}.",
            "points": [
                f"{SEAT_GOES} This cannot be undone.",
                f"A mail goes to {self.person.email}.",
                *booker_words(self),
                *([] if own else [paying_words(self, all_go=len(self.found.people) == 1)]),
            ],
            "button": "Cancel the place",
            "is_grave": True,
        }

    def form(self, data: Any = None) -> PublicForm:
        return AskForm(data)

    def do(self, form: Any) -> None:
        cancel_place(place=self.person, link=self.link)


class CancelAll(Change):
    done = "all"

    def words(self) -> dict[str, Any]:
        people = counted(len(self.found.people), "place")
        names = ", ".join(person.name for person in self.found.people)
        return {
            "title": "Cancel the whole booking",
            "lead": f"{self.booking.reference}, {people}: {names}.",
            "points": [
                "The seats go to those who wait, or to anybody. This cannot be undone.",
                "Each person gets a mail that says so, and so do you.",
                paying_words(self, all_go=True),
            ],
            "button": f"Cancel {people}",
            "is_grave": True,
        }

    def is_open(self, cohort: Cohort, now: datetime) -> bool:
        people = self.found.people
        cohorts = cohorts_of(people, cohort)
        return bool(people) and all(is_changeable(each, now) for each in cohorts)

    def form(self, data: Any = None) -> PublicForm:
        return AskForm(data)

    def addresses(self, form: Any) -> list[str]:
        return [person.email for person in self.found.people]

    def do(self, form: Any) -> None:
        cancel_booking(booking=self.booking)


class Order(Change):
    done = "order"

    def words(self) -> dict[str, Any]:
        return {
            "title": "Change the purchase order",
            "lead": f"It is printed on the invoice for {self.booking.price_words}.",
            "points": ["Leave it empty, and the invoice comes without one."],
            "button": "Keep this reference",
        }

    def is_open(self, cohort: Cohort, now: datetime) -> bool:
        return self.booking.invoice_state == InvoiceState.REQUESTED

    def form(self, data: Any = None) -> PublicForm:
        form = PurchaseOrderForm(data)
        form.initial["order"] = self.booking.purchase_order
        return form

    def do(self, form: Any) -> None:
        change_purchase_order(booking=self.booking, reference=form.cleaned_data["order"])


def booker_words(change: Change) -> list[str]:
    """A person is told before the button that it will not stay between them and us."""
    booking = change.booking
    if not change.is_own or booking.booker_email == change.person.email:
        return []
    return [f"{booking.booker_name}, who booked it, gets a mail too."]


def paying_words(change: Change, *, all_go: bool) -> str:
    """Honest before the button: what cancelling does to the price."""
    booking = change.booking
    if not booking.amount:
        return "There is nothing to pay."
    if not all_go:
        return f"The price stays {booking.price_words}: it is for the organisation."
    if booking.invoice_state == InvoiceState.REQUESTED:
        return "No invoice will come."
    return "The invoice has been sent already: we write to you about it."


def for_booker(kind: type[Change]) -> Any:
    """A change of the whole booking: a person's link does not open it."""

    def made(found: Private, place: Place | None) -> Change:
        if found.place or place:
            raise Http404("Only the booker changes the booking.")
        return kind(found, None)

    return made


def for_place(kind: type[Change]) -> Any:
    """A change of one place: the booker's link must name it."""

    def made(found: Private, place: Place | None) -> Change:
        if place is None:
            raise Http404("Whose place is it?")
        return kind(found, place)

    return made


def cancelling(found: Private, place: Place | None) -> Change:
    return CancelPlace(found, place) if place else CancelAll(found, None)


add = change_view(for_booker(Add))
order = change_view(for_booker(Order))
swap = change_view(for_place(Swap))
move = change_view(for_place(Move))
cancel = change_view(cancelling)
