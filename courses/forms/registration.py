"""Registering an organisation and its people."""

from typing import Any

from django import forms

from courses.consent import CURRENT
from courses.forms.fields import ChoiceBox, LineField, MailField
from courses.forms.orders import NAME, OrderForm
from courses.models import PriceRule
from courses.services import Attendee, Order
from courses.text import counted, number_words, upper_first

MOST_ROWS = 40  # that a form gives back


class RegistrationForm(OrderForm):
    booker = LineField(
        label="Your name", max_length=NAME, autocomplete="name", missing="Give your name"
    )
    booker_email = MailField(
        label="Your e-mail",
        autocomplete="email",
        summary="Your e-mail",
        missing="Give your address",
    )
    attends = ChoiceBox()

    def __init__(self, price: PriceRule, data: Any = None) -> None:
        super().__init__(price, data)
        self.allowed = price.places_included
        many = f"one of the {number_words(self.allowed)} who attend"
        self.fields["attends"].label = f"I am {many}" if self.allowed > 1 else "I attend"
        self.numbers = range(1, rows_for(self.allowed, data) + 1)
        for number in self.numbers:
            self.add_person(number)
        self.order_fields([*BEFORE, *self.person_fields, *AFTER])

    def add_person(self, number: int) -> None:
        label = f"Person {number}"
        self.fields[f"person_{number}"] = LineField(
            label=f"{label}: name", summary=label, max_length=NAME, required=False
        )
        self.fields[f"person_{number}_email"] = MailField(
            label=f"{label}: e-mail", summary=label, required=False
        )

    @property
    def person_fields(self) -> list[str]:
        return [name for name in self.fields if name.startswith("person_")]

    @property
    def people_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [
            (self[f"person_{number}"], self[f"person_{number}_email"]) for number in self.numbers
        ]

    # Checks ------------------------------------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.rows: list[int] = []
        for number in self.numbers:
            self.check_row(number)
        self.check_number()
        return cleaned

    def check_row(self, number: int) -> None:
        """A row is empty or whole; a person stands in one row only."""
        name, email = f"person_{number}", f"person_{number}_email"
        if name in self.errors or email in self.errors:
            self.rows.append(number)
            return
        given = self.cleaned_data[name], self.cleaned_data[email].lower()
        if not any(given):
            return
        if not given[0]:
            self.add_error(name, "Give the name too")
        elif not given[1]:
            self.add_error(email, "Give the e-mail address too")
        elif given[1] in [self.email_of(row) for row in self.rows]:
            self.add_error(email, "Each person needs an address of their own")
        self.rows.append(number)

    def email_of(self, number: int) -> str:
        return (self.cleaned_data.get(f"person_{number}_email") or "").lower()

    def check_number(self) -> None:
        if not self.rows and not self.cleaned_data.get("attends"):
            self.add_error("person_1", "Name somebody who attends, or tick that you do")
        elif len(self.rows) + self.adds_booker > self.allowed:
            covered = counted(self.allowed, "person", "people")
            many = "With you that is one too many" if self.adds_booker else "That is too many"
            self.add_error("attends", f"{many}: a booking covers {covered}")

    @property
    def adds_booker(self) -> bool:
        """Whether the booker attends and does not stand in a row already."""
        booker = (self.cleaned_data.get("booker_email") or "").lower()
        rows = [self.email_of(row) for row in self.rows]
        return bool(self.cleaned_data.get("attends")) and booker not in rows

    # What it asks for --------------------------------------------------------------------------

    def to_order(self) -> Order:
        given = self.cleaned_data
        booker = Attendee(given["booker"], given["booker_email"])
        people = [Attendee(given[f"person_{row}"], self.email_of(row)) for row in self.rows]
        return Order(
            organisation=self.details,
            booker=booker,
            people=(*([booker] if self.adds_booker else []), *people),
            purchase_order=given.get("order", ""),
            consent_version=CURRENT.version,
        )

    def addresses(self) -> set[str]:
        """Where a mail goes if it is done: these are counted."""
        order = self.to_order()
        return {person.email for person in (order.booker, *order.people)}

    @property
    def button(self) -> str:
        """The price stands on the button, as far as what was typed tells it."""
        people = sum(1 for name, email in self.people_rows if name.value() or email.value())
        people += bool(self.is_bound and self.data.get("attends"))
        whom = f" {counted(people, 'person', 'people')}" if 0 < people <= self.allowed else ""
        return upper_first(f"register{whom}, {self.cost}")


BEFORE = ["organisation", "postcode", "type", "urn", "member", "booker", "booker_email", "attends"]
AFTER = ["order", "later", "consent"]


def rows_for(allowed: int, data: Any) -> int:
    """A row for each person whom the price covers; and for each whom somebody had typed before it
    came to cover fewer: nothing typed is lost."""
    further = range(allowed + 1, MOST_ROWS + 1)
    names = [(number, f"person_{number}") for number in further]
    typed = [at for at, name in names if data and (data.get(name) or data.get(f"{name}_email"))]
    return max([allowed, *typed])
