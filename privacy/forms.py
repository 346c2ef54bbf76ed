"""What an administrator types: an address, and once more before it is erased."""

from typing import Any

from django import forms

from privacy.finding import clean_address

OTHER = "This is another address. Type the same one to erase this person."


class AddressField(forms.CharField):
    """Not stricter than what people may have registered with."""

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        try:
            return clean_address(typed)
        except ValueError as problem:
            raise forms.ValidationError(str(problem)) from problem


class PersonForm(forms.Form):
    address = AddressField(
        label="E-mail address",
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text="A person is found by their address. Look for each address that they have used.",
    )


class EraseForm(forms.Form):
    address = AddressField(max_length=254, widget=forms.HiddenInput)
    typed = forms.CharField(
        label="Type the address again to erase this person",
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        typed = cleaned.get("typed", "").strip().lower()
        if typed and typed != cleaned.get("address", "").lower():
            self.add_error("typed", OTHER)
        return cleaned
