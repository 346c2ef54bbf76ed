"""Events as calendar files, by the `icalendar` library; times in London, with their zone. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from icalendar import Calendar, Event

from community.recurrence import Schedule, aware, ical_rule

REFRESH = timedelta(hours=6)


@dataclass(frozen=True, kw_only=True, slots=True)
class CalendarEntry:
    """`sequence` rises whenever time or place changes, so calendars take the change over."""

    uid: str
    sequence: int
    title: str
    about: str
    place: str
    url: str
    schedule: Schedule
    changed_at: datetime
    is_cancelled: bool = False


def calendar_file(entries: Iterable[CalendarEntry], *, name: str) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Dixons OpenSource//Events//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(event_of(entry))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def event_of(entry: CalendarEntry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("dtstart", aware(entry.schedule.starts))
    event.add("dtend", aware(entry.schedule.ends))
    event.add("summary", entry.title)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    for field, text in (("description", entry.about), ("location", entry.place)):
        if text:
            event.add(field, text)
    event.add("url", entry.url)
    rule = ical_rule(entry.schedule)
    if rule:
        event.add("rrule", rule)
        start = entry.schedule.starts.time()
        for day in sorted(entry.schedule.without):
            event.add("exdate", aware(datetime.combine(day, start)))
    return event
