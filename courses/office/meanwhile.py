"""What colleagues did to the sessions of a cohort while its form was open in a browser."""

from typing import Any

from courses.enums import SessionState
from courses.models import Cohort
from courses.when import day_words, times_words

FIELDS = {
    "part": "has another part",
    "joining_link": "has another joining link",
}


def changed_meanwhile(cohort: Cohort, forms: list[Any]) -> str:
    """For the person who is about to save: where the sessions that are kept differ from the form.

    Nothing of the form is lost; saved once more, it counts, because its person knows by then.
    """
    found = [words for number, form in enumerate(forms, 1) for words in differences(number, form)]
    known = {form.instance.pk for form in forms}
    added = [each for each in cohort.sessions.all() if each.pk not in known]
    found += [f"there is one more, {day_words(each.starts_at)}" for each in added]
    return (
        "A colleague has changed the sessions since you opened this form. Nothing is saved yet."
        f" Now {'; '.join(found) or 'they are as you have them here'}."
        " Put right what you want to keep, then save once more: this form counts."
    )


def differences(number: int, form: Any) -> list[str]:
    """A form knows what the database holds; what it was sent may be older."""
    if not form.instance.pk:
        return []
    if form.instance.state == SessionState.CANCELLED:
        was_open = form.add_prefix("starts_at") in form.data
        return [f"session {number} is cancelled"] if was_open else []
    kept, found = form.initial, []
    if {"starts_at", "ends_at"} & set(form.changed_data):
        day, times = day_words(kept["starts_at"]), times_words(kept["starts_at"], kept["ends_at"])
        found.append(f"session {number} is on {day}, {times}")
    others = [words for name, words in FIELDS.items() if name in form.changed_data]
    return [*found, *(f"session {number} {words}" for words in others)]
