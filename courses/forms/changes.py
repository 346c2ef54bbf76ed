"""The forms of what people change by their private link."""

from dataclasses import dataclass
from typing import Any

from django import forms

from courses.cards import CohortCard
from courses.forms.fields import LineField, MailField, PublicForm
from courses.forms.orders import NAME, order_field
from courses.services import Attendee


class AskForm(PublicForm):
    """Nothing to fill in: the button alone."""


class PersonForm(PublicForm):
    name = LineField(label="Name", max_length=NAME, missing="Give the name of your colleague")
    email = MailField(
        label="E-mail", summary="E-mail", missing="Give the address of your colleague"
    )

    def to_person(self) -> Attendee:
        return Attendee(self.cleaned_data["name"], self.cleaned_data["email"])


class PurchaseOrderForm(PublicForm):
    order = order_field()


@dataclass(frozen=True, slots=True)
class CohortOption:
    """A button to choose a cohort, and the cohort as its card says it."""

    button: Any
    card: CohortCard


class MoveForm(PublicForm):
    cohort = forms.ChoiceField(
        label="Which cohort instead",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose a cohort",
            "invalid_choice": "That cohort cannot be booked any more: choose another",
        },
    )

    def __init__(self, cards: dict[int, CohortCard], data: Any = None) -> None:
        super().__init__(data)
        self.cards = cards
        field = self.fields["cohort"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(str(pk), card.title) for pk, card in cards.items()]

    @property
    def options(self) -> list[CohortOption]:
        pairs = zip(self["cohort"], self.cards.values(), strict=True)
        return [CohortOption(button, card) for button, card in pairs]
