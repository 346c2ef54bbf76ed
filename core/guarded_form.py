"""What every public form has: a trap, a stamp, limits, and a key against being sent twice."""

import uuid
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone

from core import guard

AGAIN = "Nothing is lost: please look it over and send it once more."
TRAPPED = "Empty this field: only robots fill it."
ELSEWHERE = f"This form was sent from another site. {AGAIN}"
NOT_OURS = f"This form could not be checked. {AGAIN}"
TOO_FAST = f"That was faster than anybody can write. {AGAIN}"
TOO_OLD = f"This form was open for more than a day. {AGAIN}"


class GuardedForm(forms.Form):
    website = forms.CharField(
        label="Leave this field empty",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "input", "tabindex": "-1", "autocomplete": "off"}),
    )
    opened = forms.CharField(required=False, widget=forms.HiddenInput)
    key = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"opened": guard.stamp(), "key": new_key(), **self.initial}

    def clean_website(self) -> str:
        """People never see this field unless it is filled; robots fill what they find."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(TRAPPED)
        return ""

    def clean_key(self) -> str:
        """A key that is not one of ours is replaced; the form then simply counts as new."""
        try:
            return str(uuid.UUID(self.cleaned_data["key"]))
        except ValueError:
            return new_key()

    def refuse_robots(self, request: HttpRequest, *emails: str) -> bool:
        """Ask this last, of a form without errors: it counts. True if it may go no further.

        `emails` are the addresses it would have a mail sent to.
        """
        reason = self.suspicion(request)
        if not reason and guard.is_over_limit(request, *emails):
            reason = over_limit()
        if reason:
            self.add_error(None, reason)
        return bool(reason)

    def suspicion(self, request: HttpRequest) -> str:
        if guard.came_from_elsewhere(request):
            return ELSEWHERE
        try:
            age = guard.age_of(self.cleaned_data["opened"])
        except guard.CannotBeRead:
            self.put(opened=guard.stamp())
            return NOT_OURS
        if age > guard.MOST_SECONDS:
            self.put(opened=guard.stamp())
            return TOO_OLD
        return TOO_FAST if age < guard.LEAST_SECONDS else ""

    def start_anew(self) -> None:
        """Give the form another key, so that sending it once more stores something of its own."""
        self.put(key=new_key())

    def put(self, **values: str) -> None:
        """Change what the form shows when it is shown again."""
        self.data = {**{name: self.data.get(name) for name in self.data}, **values}


def new_key() -> str:
    return str(uuid.uuid4())


def over_limit() -> str:
    free_again = datetime.fromtimestamp(
        (guard.this_hour() + 1) * guard.HOUR, timezone.get_current_timezone()
    )
    return (
        "Too many forms have come from this address or its network within the hour."
        f" Nothing is lost: keep this page and send it again after {free_again:%H:%M}."
    )
