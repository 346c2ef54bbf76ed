"""Fields that say plainly what is wrong, and the parts every public form has."""

import unicodedata
from dataclasses import dataclass
from typing import Any

from django import forms

from core.guarded_form import GuardedForm
from courses.text import counted, one_line, upper_first


class OneLine(forms.CharField):
    """Breaks and control characters become spaces; what nobody can see is nothing."""

    def to_python(self, value: Any) -> str:
        return one_line(super().to_python(value) or "")


class LineField(OneLine):
    """Too long is said, never cut off."""

    def __init__(
        self, *, missing: str = "", autocomplete: str = "off", summary: str = "", **kwargs: Any
    ) -> None:
        self.summary = summary  # what the summary of errors puts before this field's errors
        widget = forms.TextInput(attrs={"class": "input", "autocomplete": autocomplete})
        super().__init__(
            widget=widget,
            error_messages={
                "required": missing,
                "max_length": "At most %(limit_value)d characters; this has %(show_value)d.",
            },
            **kwargs,
        )

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)  # a browser would cut off a pasted text without a word
        return attrs


class PostcodeField(LineField):
    """In capitals before it is measured: some letters become two."""

    def to_python(self, value: Any) -> str:
        return super().to_python(value).upper()


class AddressField(forms.EmailField):
    """As it is kept: in small letters, of which some letters make two, and without signs that
    nobody sees, which come along when an address is copied."""

    def to_python(self, value: Any) -> str:
        typed = super().to_python(value) or ""
        return "".join(char for char in typed if unicodedata.category(char) != "Cf").strip().lower()

    def validate(self, value: Any) -> None:
        """Django lets some letters pass that look like a Latin one when their case is ignored."""
        super().validate(value)
        if not value.rpartition("@")[0].isascii():
            raise forms.ValidationError("This is not a full e-mail address", "invalid")


class MailField(AddressField):
    def __init__(
        self, *, missing: str = "", autocomplete: str = "off", summary: str = "", **kwargs: Any
    ) -> None:
        self.summary = summary
        widget = forms.EmailInput(attrs={"class": "input", "autocomplete": autocomplete})
        super().__init__(
            widget=widget,
            max_length=254,
            error_messages={
                "required": missing,
                "max_length": "This address is too long to be one.",
            },
            **kwargs,
        )

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except forms.ValidationError as error:
            if getattr(error.error_list[0], "code", "") != "invalid":
                raise
            words = (
                "This is not a full e-mail address" if "@" in value else "The address needs an @"
            )
            raise forms.ValidationError(words, code="invalid") from error

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


class ChoiceBox(forms.BooleanField):
    """A box to tick; `label` stands beside it, `help_text` under the label."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, **kwargs})


class PublicForm(GuardedForm):
    """Its fields are named in links without a prefix, and it says itself what is missing."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="%s", use_required_attribute=False)


@dataclass(frozen=True, slots=True)
class ErrorLink:
    """`target` is the id of the field, or of the form itself."""

    target: str
    words: str


def error_links(form: forms.Form) -> list[ErrorLink]:
    """All errors in the order of the fields, each with the field it leads to."""
    links = [ErrorLink("form", str(error)) for error in form.non_field_errors()]
    for name in form.fields:
        bound = form[name]
        label = getattr(form.fields[name], "summary", "")
        for error in bound.errors:
            words = str(error)
            said = f"{label}: {lower_first(words)}" if label else words
            # Of buttons to choose from, the first one is where the link leads.
            links.append(ErrorLink(bound.id_for_label or f"{bound.auto_id}_0", said))
    return links


def lower_first(words: str) -> str:
    return words[:1].lower() + words[1:]


def errors_title(links: list[ErrorLink]) -> str:
    return upper_first(f"{counted(len(links), 'thing')} to put right")
