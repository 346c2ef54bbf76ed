"""The history of a cohort in plain words, with the numbers that an entry holds."""

from typing import Any

from wagtail.log_actions import LogFormatter

from courses.services.history import ACTIONS

# What an entry may hold, and how it is said after what was done.
DETAILS = {
    "format": "as {}",
    "people": "{} people",
    "place": "place {}",
    "booking": "booking {}",
    "entry": "entry {} of the list",
    "mail": "mail {}",
    "amount": "{}",
    "before": "from {}",
    "after": "to {}",
    "state": "now {}",
}


def words_of(action: str, data: dict[str, Any]) -> str:
    """Roster exported: as CSV, 24 people."""
    details = [
        words.format(data[name]) for name, words in DETAILS.items() if data.get(name) is not None
    ]
    return ": ".join([ACTIONS[action][1], *([", ".join(details)] if details else [])])


def register_actions(actions: Any) -> None:
    for action in ACTIONS:
        actions.register_action(f"courses.{action}")(formatter(action))


def formatter(action: str) -> type[LogFormatter]:
    class Formatter(LogFormatter):
        label, message = ACTIONS[action]

        def format_message(self, entry: Any) -> str:
            return words_of(action, entry.data or {})

    return Formatter
