"""Days and times as words: on the page, in mails, in tables. Pure; all times are aware."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class Day:
    """One cell of a run of days: Wed 13 Jan."""

    weekday: str
    number: int
    month: str
    iso: str


def local(moment: datetime) -> datetime:
    return moment.astimezone(LONDON)


def clock_words(moment: datetime) -> str:
    """4.00 pm, as the trust writes it."""
    here = local(moment)
    return f"{here.hour % 12 or 12}.{here.minute:02d} {'am' if here.hour < 12 else 'pm'}"


def times_words(starts: datetime, ends: datetime) -> str:
    return f"{clock_words(starts)} to {clock_words(ends)}"


def day_words(moment: datetime) -> str:
    return f"{local(moment):%A %-d %B %Y}"


def short_day_words(moment: datetime) -> str:
    return f"{local(moment):%-d %B}"


def date_words(moment: datetime) -> str:
    return f"{local(moment):%-d %B %Y}"


def moment_words(moment: datetime) -> str:
    return f"{clock_words(moment)} on {day_words(moment)}"


def day_cells(moments: Iterable[datetime]) -> list[Day]:
    return [
        Day(f"{day:%a}", day.day, f"{day:%b}", day.date().isoformat())
        for day in map(local, moments)
    ]


def run_words(moments: Sequence[datetime]) -> str:
    """9, 16, 23, 30 June, 7 July 2021: each month once, each year once."""
    days = [local(moment).date() for moment in moments]
    parts = []
    for year, in_year in groupby(days, key=lambda day: day.year):
        months = [month_words(list(month)) for _, month in groupby(in_year, key=_month)]
        parts.append(f"{', '.join(months)} {year}")
    return ", ".join(parts)


def _month(day: date) -> int:
    return day.month


def month_words(days: list[date]) -> str:
    return f"{', '.join(str(day.day) for day in days)} {days[0]:%B}"


def weekday_words(moments: Sequence[datetime]) -> str:
    """Wednesdays, or nothing if the days differ."""
    names = {f"{local(moment):%A}" for moment in moments}
    if len(names) != 1:
        return ""
    return names.pop() + ("s" if len(moments) > 1 else "")


def pattern_words(spans: Sequence[tuple[datetime, datetime]]) -> str:
    """Wednesdays, 4.00 pm to 6.00 pm; only what all sessions share."""
    times = {times_words(starts, ends) for starts, ends in spans}
    shared = [weekday_words([starts for starts, _ in spans])]
    if len(times) == 1:
        shared.append(times.pop())
    return ", ".join(part for part in shared if part)


def london_pattern(spans: Sequence[tuple[datetime, datetime]]) -> str:
    """As `pattern_words`, for people who plan their day: says also what sessions do not share."""
    if not spans:
        return ""
    times = {times_words(starts, ends) for starts, ends in spans}
    days = weekday_words([starts for starts, _ in spans]) or "Different days"
    return f"{days}, {f'{times.pop()} London time' if len(times) == 1 else 'at different times'}"


def zone_words(moments: Iterable[datetime]) -> str:
    """GMT, BST, or both in the order they come."""
    return ", then ".join(dict.fromkeys(local(moment).tzname() or "" for moment in moments))


def years_words(moments: Sequence[datetime]) -> str:
    return " and ".join(dict.fromkeys(str(local(moment).year) for moment in moments))


def months_after(moment: datetime, months: int) -> datetime:
    """The same day of a later month, or its last day where it is shorter."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    day = min(moment.day, monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)


def length_words(minutes: int) -> str:
    """2 hours 30 minutes."""
    parts = zip(divmod(minutes, 60), ("hour", "minute"), strict=True)
    words = (f"{number} {name}{'' if number == 1 else 's'}" for number, name in parts if number)
    return " ".join(words) or "0 minutes"
