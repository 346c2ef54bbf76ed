"""Calendar files of dated sessions. Pure: no Django, no database.

METHOD is PUBLISH: RFC 5546 lets one REQUEST hold only one event, and these files hold all
sessions of a cohort. Nothing secret stands in them, for a calendar is shared with colleagues:
no joining link, no private address (docs/adr/0008).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vCalAddress

from courses.text import one_line

LONDON = ZoneInfo("Europe/London")
METHOD = "PUBLISH"
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


def calendar_file(
    events: Sequence[CalendarEvent], *, name: str, organiser: str, organiser_email: str
) -> str:
    """The text of a .ics file, London time with its own VTIMEZONE."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", METHOD)
    calendar.add("x-wr-calname", one_line(name))
    calendar.add_component(Timezone.from_ical(LONDON_RULES))
    for event in events:
        calendar.add_component(component(event, organiser, organiser_email))
    return calendar.to_ical().decode()


def component(event: CalendarEvent, organiser: str, organiser_email: str) -> Event:
    item = Event()
    item.add("uid", str(event.uid))
    item.add("sequence", event.sequence)
    item.add("dtstamp", event.changed_at)
    item.add("dtstart", event.starts_at.astimezone(LONDON))
    item.add("dtend", event.ends_at.astimezone(LONDON))
    item.add("summary", one_line(event.title))
    item.add("description", one_line(event.description))
    item.add("location", one_line(event.location))
    item.add("status", "CONFIRMED")
    item.add("transp", "OPAQUE")
    address = vCalAddress(f"mailto:{one_line(organiser_email)}")
    address.params["cn"] = one_line(organiser).replace('"', "'")
    item["organizer"] = address
    return item
