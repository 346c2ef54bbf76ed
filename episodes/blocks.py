"""What the editor's form of an episode is made of."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from wagtail import blocks

from core.timecodes import exact_clock, parse_clock


def validate_clock(text: str) -> None:
    if parse_clock(text) is None:
        raise ValidationError("Write the time as the player shows it: 0:38 or 12:34.")


class TimeBlock(blocks.FieldBlock):
    """A time typed as m:ss and kept in milliseconds."""

    def __init__(self, required: bool = True, help_text: str = "", **kwargs: Any) -> None:
        self.field = forms.CharField(
            required=required, help_text=help_text, max_length=12, validators=[validate_clock]
        )
        super().__init__(**kwargs)

    def value_from_form(self, value: Any) -> Any:
        found = parse_clock(value) if isinstance(value, str) else value
        return value if found is None else found

    def value_for_form(self, value: Any) -> Any:
        return exact_clock(value) if isinstance(value, int) else value

    class Meta:
        icon = "time"


class ChapterBlock(blocks.StructBlock):
    start = TimeBlock(help_text="When it begins, such as 1:21.")
    title = blocks.CharBlock(max_length=80)

    class Meta:
        icon = "list-ol"
        label = "Chapter"
        label_format = "{title}"


class PointBlock(blocks.CharBlock):
    class Meta:
        icon = "pick"
        label = "Point"
