"""What every order asks for: which organisation, how it pays, and its agreement."""

from typing import Any

from django import forms

from courses.consent import CURRENT
from courses.enums import OrganisationType
from courses.forms.fields import ChoiceBox, LineField, PostcodeField, PublicForm
from courses.models import PriceRule
from courses.models.organisations import six_digits
from courses.services import OrganisationDetails
from courses.text import counted

NAME, ORGANISATION, POSTCODE, ORDER_LENGTH = 120, 160, 12, 60
TYPES = [("", "Choose, if you like"), *OrganisationType.choices]


def order_field() -> LineField:
    return LineField(
        label="Purchase-order reference",
        max_length=ORDER_LENGTH,
        required=False,
        help_text="It is printed on the invoice.",
    )


class OrderForm(PublicForm):
    terms = forms.CharField(required=False, widget=forms.HiddenInput)
    organisation = LineField(
        label="School, trust or charity",
        max_length=ORGANISATION,
        autocomplete="organization",
        missing="Give the name of your school, trust or charity",
    )
    postcode = PostcodeField(
        max_length=POSTCODE,
        autocomplete="postal-code",
        missing="Give the postcode of your organisation",
    )
    type = forms.ChoiceField(
        label="What kind it is",
        choices=TYPES,
        required=False,
        widget=forms.Select(attrs={"class": "input"}),
        error_messages={"invalid_choice": "Choose one of the list, or leave it"},
    )
    urn = LineField(
        label="URN, if it is a school",
        summary="URN",
        max_length=8,
        required=False,
        validators=[six_digits],
        help_text="Six digits. Leave it empty if you do not know it.",
    )
    member = ChoiceBox(help_text="Then it costs nothing. We check the list, you need no proof.")
    order = order_field()
    later = ChoiceBox(label="We have no reference yet: send the invoice without one")
    consent = ChoiceBox(
        label=CURRENT.text,
        help_text=CURRENT.detail,
        required=True,
        error_messages={"required": "We cannot book without keeping names and addresses"},
    )

    def __init__(self, price: PriceRule, data: Any = None) -> None:
        super().__init__(data)
        self.price = price
        self.initial["terms"] = terms_of(price)
        self.fields["member"].label = f"We pay dues to {price.dues_to or 'the organiser'}"
        if not price.member_waiver:
            del self.fields["member"]
        if not price.amount:
            del self.fields["order"], self.fields["later"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.check_order()
        self.check_terms()
        return cleaned

    def check_terms(self) -> None:
        """Nobody books at a price that the page did not show when they opened it."""
        terms = terms_of(self.price)
        if self.cleaned_data.get("terms") not in ("", terms):
            people = counted(self.price.places_included, "person", "people")
            self.add_error(
                None,
                f"What it costs has changed since you opened this page: now {self.price.words} for"
                f" the organisation, {people} included. Nothing is booked: look it over first",
            )
            self.put(terms=terms)

    def check_order(self) -> None:
        if "order" not in self.fields or self.cleaned_data.get("member"):
            return
        if "order" in self.errors or self.cleaned_data.get("later"):
            return
        if not self.cleaned_data.get("order"):
            self.add_error("order", "Give a reference, or choose to pay later")

    @property
    def details(self) -> OrganisationDetails:
        given = self.cleaned_data
        return OrganisationDetails(
            name=given["organisation"],
            postcode=given["postcode"],
            urn=given["urn"],
            type=given["type"],
            claims_membership=given.get("member", False),
        )

    @property
    def cost(self) -> str:
        """As far as what was typed tells it."""
        ticked = "member" in self.fields and bool(self["member"].value())
        return self.price.words if self.price.due_from(is_member=ticked) else "nothing to pay"


def terms_of(price: PriceRule) -> str:
    """What somebody agrees to pay, and for how many."""
    waiver = " waiver" if price.member_waiver else ""
    return f"{price.amount} {price.currency}{waiver} {price.places_included}"
