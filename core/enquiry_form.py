"""The reader's form. It needs no cookie: a signed token says when it was opened (docs/adr/0010)."""

import time
import uuid
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core import signing

from core.models.enquiries import MAX_MESSAGE, EnquiryKind

SALT = "enquiry"
LEAST_SECONDS = 3
MOST_SECONDS = 24 * 3600
AGAIN = "Nothing is lost: please look it over and send it once more."


def new_token() -> str:
    """A signed name, which makes a second press harmless, and the time it was made."""
    return signing.dumps([uuid.uuid4().hex, int(time.time())], salt=SALT)


def read_token(token: str) -> tuple[uuid.UUID, float]:
    """Return the token's name and its age in seconds; raises BadSignature."""
    name, made = signing.loads(token, salt=SALT)
    return uuid.UUID(hex=str(name)), time.time() - float(made)


def text_input(**attrs: str) -> forms.TextInput:
    return forms.TextInput(attrs={"class": "input", **attrs})


@dataclass(frozen=True, slots=True)
class ErrorLink:
    target: str
    words: str


class EnquiryForm(forms.Form):
    kind = forms.ChoiceField(
        label="What is it about?",
        choices=EnquiryKind.choices,
        widget=forms.Select(attrs={"class": "input"}),
    )
    name = forms.CharField(
        label="Your name", max_length=120, widget=text_input(autocomplete="name")
    )
    email = forms.EmailField(
        label="Your e-mail",
        max_length=200,
        widget=forms.EmailInput(attrs={"class": "input", "autocomplete": "email"}),
    )
    school = forms.CharField(
        label="School or organisation, if any",
        max_length=160,
        required=False,
        widget=text_input(autocomplete="organization"),
    )
    message = forms.CharField(
        label="Your message",
        max_length=MAX_MESSAGE,
        help_text="What you would like to see or do, and when it would suit you.",
        widget=forms.Textarea(attrs={"class": "input", "rows": 8}),
    )
    website = forms.CharField(
        label="Leave this field empty",
        required=False,
        max_length=200,
        widget=text_input(autocomplete="off", tabindex="-1"),
    )

    error_messages_of = {
        "kind": "Choose what it is about",
        "name": "Give your name",
        "email": "Give your e-mail, so that we can answer",
        "message": "Write your message",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form_token: uuid.UUID | None = None
        self.token = self.data.get("token", "") if self.is_bound else new_token()
        for name, words in self.error_messages_of.items():
            self.fields[name].error_messages["required"] = words
        self.fields["email"].error_messages["invalid"] = "The address needs a name, an @ and a dot"
        self.fields["kind"].error_messages["invalid_choice"] = "Choose one of the list"

    @property
    def about(self) -> str:
        """The number of the page the reader came from; unchecked."""
        source = self.data if self.is_bound else self.initial
        return str(source.get("about", ""))[:12]

    @property
    def error_links(self) -> list[ErrorLink]:
        """Every error with the field to mend; those of the whole form lead to its start."""
        return [
            ErrorLink(self[name].id_for_label if name in self.fields else "form", str(text))
            for name, texts in self.errors.items()
            for text in texts
        ]

    def clean_website(self) -> str:
        """People never see this field unless they filled it; machines fill what they find."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError("Empty this field: only machines fill it in")
        return ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        try:
            self.form_token, age = read_token(self.token)
        except (signing.BadSignature, ValueError, TypeError):
            self.refuse_token("This form could not be checked.")
            return cleaned
        if age < LEAST_SECONDS and not self.errors:
            self.add_error(None, f"That was faster than people type. {AGAIN}")
        elif age > MOST_SECONDS:
            self.refuse_token("This form was open for more than a day.")
        return cleaned

    def refuse_token(self, reason: str) -> None:
        self.token = new_token()
        self.add_error(None, f"{reason} {AGAIN}")
