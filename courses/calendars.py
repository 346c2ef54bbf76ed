"""Calendar files of dated sessions. Pure: no Django, no database.

METHOD is PUBLISH where a file tells of sessions: RFC 5546 lets one REQUEST hold only one event,
and these files hold all sessions of a cohort. CANCEL takes one session away again.
Nothing secret stands in them, for a calendar is shared with colleagues: no joining link, no
private address (docs/adr/0008).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vCalAddress

from courses.text import one_line

LONDON = ZoneInfo("Europe/London")
PRODUCT = "-//Dixons OpenSource//Training//EN"

# The rule since 1996. The library's own lists every change from 1970 on, which Outlook ignores.
LONDON_RULES = """BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
DTSTART:19960331T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
TZNAME:BST
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
TZNAME:GMT
END:STANDARD
END:VTIMEZONE
"""


class Method(StrEnum):
    PUBLISH = "PUBLISH"
    CANCEL = "CANCEL"


@dataclass(frozen=True, kw_only=True, slots=True)
class CalendarEvent:
    """`uid` and `sequence` let a calendar replace what it has when the session moves."""

    uid: UUID
    sequence: int
    changed_at: datetime
    starts_at: datetime
    ends_at: datetime
    title: str
    description: str
    location: str
    is_cancelled: bool = False


def calendar_file(
    events: Sequence[CalendarEvent],
    *,
    name: str,
    organiser: str,
    organiser_email: str,
    method: Method = Method.PUBLISH,
    sent_at: datetime | None = None,
) -> str:
    """The text of a .ics file, London time with its own VTIMEZONE.

    Of two entries with one SEQUENCE a calendar believes the later DTSTAMP. In a mail that is the
    moment of its writing, `sent_at`; in a file to fetch, None: the entry's own last change, so that
    nothing looks changed that is not.
    """
    stamp = sent_at and sent_at.replace(microsecond=0)  # calendars count seconds
    return same_file(
        tuple(events),
        name=name,
        organiser=organiser,
        organiser_email=organiser_email,
        method=method,
        stamp=stamp,
    )


@lru_cache(maxsize=64)
def same_file(
    events: tuple[CalendarEvent, ...],
    *,
    name: str,
    organiser: str,
    organiser_email: str,
    method: Method,
    stamp: datetime | None,
) -> str:
    """Mails of a cohort that are written in one second share one file."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method.value)
    calendar.add("x-wr-calname", one_line(name))
    calendar.add_component(Timezone.from_ical(LONDON_RULES))
    for event in events:
        item = component(event, stamp or event.changed_at)
        item["organizer"] = organiser_address(organiser, organiser_email)
        calendar.add_component(item)
    return calendar.to_ical().decode()


def component(event: CalendarEvent, stamp: datetime) -> Event:
    item = Event()
    item.add("uid", str(event.uid))
    item.add("sequence", event.sequence)
    item.add("dtstamp", stamp.astimezone(UTC))
    item.add("last-modified", event.changed_at.astimezone(UTC))
    item.add("dtstart", clear(event.starts_at))
    item.add("dtend", clear(event.ends_at))
    title = one_line(event.title)
    item.add("summary", f"Cancelled: {title}" if event.is_cancelled else title)
    item.add("description", one_line(event.description))
    item.add("location", one_line(event.location))
    item.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    item.add("transp", "TRANSPARENT" if event.is_cancelled else "OPAQUE")
    return item


def clear(moment: datetime) -> datetime:
    """London time; but UTC in the hour that the clocks of October repeat, where London time names
    two moments and a calendar takes the first."""
    here = moment.astimezone(LONDON)
    return moment.astimezone(UTC) if here.fold else here


def organiser_address(organiser: str, organiser_email: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{one_line(organiser_email)}")
    address.params["cn"] = one_line(organiser).replace('"', "'")
    return address
