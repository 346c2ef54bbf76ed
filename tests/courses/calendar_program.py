"""A calendar program as people have one, made with a second library that knows none of our code.

Keeps entries by their UID; of two it believes the one with the higher SEQUENCE, and of two with the
same the later DTSTAMP (RFC 5546, 2.1.5). CANCEL takes an entry away.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from ical.calendar_stream import IcsCalendarStream


@dataclass
class CalendarProgram:
    entries: dict[str, Any] = field(default_factory=dict)

    def take(self, text: str) -> None:
        """Import a file that came by mail, or was fetched."""
        calendar = IcsCalendarStream.calendar_from_ics(text)
        for entry in calendar.events:
            known = self.entries.get(entry.uid)
            if known is None or age(entry) >= age(known):
                self.entries[entry.uid] = entry

    def subscribe(self, text: str) -> None:
        """A feed replaces all that came from it before."""
        self.entries.clear()
        self.take(text)

    @property
    def shown(self) -> dict[str, tuple[datetime, datetime]]:
        """Begin and end of what stands in the calendar, by UID."""
        return {
            uid: (moment(entry.dtstart), moment(entry.dtend))
            for uid, entry in self.entries.items()
            if str(getattr(entry.status, "value", entry.status)) != "CANCELLED"
        }


def age(entry: Any) -> tuple[int, datetime]:
    return entry.sequence or 0, moment(entry.dtstamp)


def moment(value: Any) -> datetime:
    assert isinstance(value, datetime)
    assert value.tzinfo is not None
    return value.astimezone(UTC)
