"""What an administrator types: an address, and once more before it is erased."""

from typing import Any

from django import forms

from privacy.finding import clean_address

OTHER = "This is another address. Type the same one to erase this person."
MOST_NAMES = 10
PLAIN = {"autocomplete": "off", "spellcheck": "false"}


class AddressField(forms.CharField):
    """Not stricter than what people may have registered with."""

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        try:
            return clean_address(typed)
        except ValueError as problem:
            raise forms.ValidationError(str(problem)) from problem


class NamesField(forms.CharField):
    """A name a line."""

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        names = [" ".join(line.split()) for line in typed.splitlines()]
        return [name for name in names if name][:MOST_NAMES]


class PersonForm(forms.Form):
    address = AddressField(
        label="E-mail address",
        max_length=254,
        widget=forms.TextInput(attrs=PLAIN),
        help_text="A person is found by their address. Look for each address that they have used.",
    )
    names = NamesField(
        label="Other names they have used",
        required=False,
        max_length=1500,
        widget=forms.Textarea(attrs={**PLAIN, "rows": 2}),
        help_text="One a line, if you know of any. The names in their own rows are known already.",
    )


class EraseForm(forms.Form):
    address = AddressField(max_length=254, widget=forms.HiddenInput)
    names = NamesField(
        required=False,
        max_length=1500,
        widget=forms.Textarea(attrs={"hidden": True}),
    )
    also_named = forms.BooleanField(
        label="The name stands for this person there, too: take it out",
        required=False,
        help_text="Only if nobody else here has the same name. It is taken out of the words that"
        " are listed above under “Words in which only the name stands”.",
    )
    typed = forms.CharField(
        label="Type the address again to erase this person",
        max_length=254,
        widget=forms.TextInput(attrs=PLAIN),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        typed = cleaned.get("typed", "").strip().lower()
        if typed and typed != cleaned.get("address", "").lower():
            self.add_error("typed", OTHER)
        return cleaned
