"""The history of a cohort in plain words, with the numbers that an entry holds."""

from collections.abc import Callable
from typing import Any

from wagtail.log_actions import LogFormatter

from courses.services.history import ACTIONS
from courses.text import counted

# What an entry may hold, and how it is said after what was done.
DETAILS: dict[str, Callable[[Any], str]] = {
    "format": "as {}".format,
    "people": lambda number: counted(number, "person", "people"),
    "place": "place {}".format,
    "booking": "booking {}".format,
    "entry": "entry {} of the list".format,
    "mail": "mail {}".format,
    "amount": "{}".format,
    "before": "from {}".format,
    "after": "to {}".format,
    "state": "now {}".format,
}


def words_of(action: str, data: dict[str, Any]) -> str:
    """Roster exported: as CSV, 24 people."""
    details = [say(data[name]) for name, say in DETAILS.items() if data.get(name) is not None]
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
