"""The reader's form."""

from dataclasses import dataclass
from typing import Any

from django import forms

from core.guarded_form import GuardedForm
from core.models.enquiries import MAX_MESSAGE, EnquiryKind


def text_input(**attrs: str) -> forms.TextInput:
    return forms.TextInput(attrs={"class": "input", **attrs})


@dataclass(frozen=True, slots=True)
class ErrorLink:
    target: str
    words: str


class EnquiryForm(GuardedForm):
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

    error_messages_of = {
        "kind": "Choose what it is about",
        "name": "Give your name",
        "email": "Give your e-mail, so that we can answer",
        "message": "Write your message",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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
