"""Events that come again: when, in words, and as a rule for calendars. Pure.

A rule is kept in wall-clock time, so a meeting at six stays at six when the clocks change.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from dateutil.rrule import MONTHLY, WEEKLY, rrule, rruleset, weekday

LONDON = ZoneInfo("Europe/London")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}


class Repeat(StrEnum):
    ONCE = "once"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY_DATE = "monthly-date"
    MONTHLY_WEEKDAY = "monthly-weekday"


@dataclass(frozen=True, slots=True)
class Occurrence:
    starts: datetime
    ends: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Schedule:
    """`starts` and `ends` are London wall-clock times without a zone; `until` is the last day."""

    starts: datetime
    ends: datetime
    repeat: Repeat = Repeat.ONCE
    until: date | None = None
    without: frozenset[date] = field(default_factory=frozenset)

    @property
    def nth(self) -> int:
        """Which of its weekday in the month; the fifth counts as the last."""
        nth = (self.starts.day - 1) // 7 + 1
        return nth if nth < 5 else -1


def aware(wall: datetime) -> datetime:
    return wall.replace(tzinfo=LONDON)


def ical_rule(schedule: Schedule) -> dict[str, object]:
    """The RRULE of RFC 5545 as parts; empty for what happens once."""
    day = CODES[schedule.starts.weekday()]
    parts: dict[Repeat, dict[str, object]] = {
        Repeat.WEEKLY: {"freq": "weekly"},
        Repeat.FORTNIGHTLY: {"freq": "weekly", "interval": 2},
        Repeat.MONTHLY_DATE: {"freq": "monthly", "bymonthday": schedule.starts.day},
        Repeat.MONTHLY_WEEKDAY: {"freq": "monthly", "byday": f"{schedule.nth}{day}"},
    }
    rule = dict(parts.get(schedule.repeat, {}))
    if rule and schedule.until:
        last = aware(datetime.combine(schedule.until, time(23, 59, 59)))
        rule["until"] = last.astimezone(UTC)
    return rule


def wall_times(schedule: Schedule) -> rruleset:
    """Starts in wall-clock time, without the days that are left out."""
    times = rruleset()
    rules: dict[Repeat, dict[str, object]] = {
        Repeat.WEEKLY: {"freq": WEEKLY},
        Repeat.FORTNIGHTLY: {"freq": WEEKLY, "interval": 2},
        Repeat.MONTHLY_DATE: {"freq": MONTHLY, "bymonthday": schedule.starts.day},
        Repeat.MONTHLY_WEEKDAY: {
            "freq": MONTHLY,
            "byweekday": weekday(schedule.starts.weekday(), schedule.nth),
        },
    }
    rule = rules.get(schedule.repeat)
    if rule is None:
        times.rdate(schedule.starts)
    else:
        last = datetime.combine(schedule.until, time.max) if schedule.until else None
        times.rrule(rrule(dtstart=schedule.starts, until=last, **rule))
    for day in schedule.without:
        times.exdate(datetime.combine(day, schedule.starts.time()))
    return times


def occurrences(schedule: Schedule, *, after: datetime, before: datetime) -> Iterator[Occurrence]:
    """What ends after `after` and starts before `before`, in order; both with a zone."""
    length = schedule.ends - schedule.starts
    first = after.astimezone(LONDON).replace(tzinfo=None) - length
    for start in wall_times(schedule).xafter(first, inc=True):
        found = Occurrence(aware(start), aware(start + length))
        if found.starts >= before:
            return
        if found.ends > after:
            yield found


def next_occurrence(schedule: Schedule, *, after: datetime) -> Occurrence | None:
    """The one that is on or comes next; nothing is sought further than two years ahead."""
    before = after + timedelta(days=730)
    return next(occurrences(schedule, after=after, before=before), None)


def in_words(schedule: Schedule) -> str:
    """Say the rule: every second Tuesday, until 12 May 2027."""
    name = WEEKDAYS[schedule.starts.weekday()]
    words = {
        Repeat.WEEKLY: f"Every {name}",
        Repeat.FORTNIGHTLY: f"Every second {name}",
        Repeat.MONTHLY_DATE: f"On day {schedule.starts.day} of the month",
        Repeat.MONTHLY_WEEKDAY: f"On the {ORDINALS[schedule.nth]} {name} of the month",
    }.get(schedule.repeat, "")
    if words and schedule.until:
        return f"{words}, until {schedule.until:%-d %B %Y}"
    return words
