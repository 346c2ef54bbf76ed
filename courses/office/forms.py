"""What organisers type about a place and about money."""

from decimal import Decimal
from typing import Any

from django import forms

from courses.forms.fields import AddressField, OneLine
from courses.services.orders import Attendee

PENNY = Decimal("0.01")


class OfficeForm(forms.Form):
    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, label_suffix="", **kwargs)


class PersonForm(OfficeForm):
    name = OneLine(max_length=120)
    email = AddressField(label="E-mail", max_length=254)

    @property
    def person(self) -> Attendee:
        return Attendee(self.cleaned_data["name"], self.cleaned_data["email"])


class SentForm(OfficeForm):
    number = forms.CharField(label="Number of the invoice", max_length=40)


class PriceForm(OfficeForm):
    amount = forms.DecimalField(label="New price", min_value=0, max_digits=8, decimal_places=2)


class CreditForm(OfficeForm):
    amount = forms.DecimalField(
        label="Amount to credit", min_value=PENNY, max_digits=8, decimal_places=2
    )
    reason = forms.CharField(max_length=200, help_text="Such as: one person was ill.")


class MemberForm(OfficeForm):
    is_member = forms.TypedChoiceField(
        label="Does the organisation pay dues?",
        choices=[("yes", "Yes"), ("no", "No")],
        coerce=lambda value: value == "yes",
    )
