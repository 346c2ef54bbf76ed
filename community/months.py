"""A month as weeks of days, with what happens on each. Pure."""

import calendar
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from community.recurrence import LONDON

MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
YEARS_AROUND = 2


@dataclass(frozen=True, slots=True)
class Day:
    date: date
    is_here: bool
    is_today: bool
    items: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Month:
    first: date

    @property
    def value(self) -> str:
        return f"{self.first:%Y-%m}"

    @property
    def name(self) -> str:
        return f"{self.first:%B %Y}"

    @property
    def days(self) -> list[date]:
        weeks = calendar.Calendar().monthdatescalendar(self.first.year, self.first.month)
        return [day for week in weeks for day in week]

    @property
    def starts(self) -> datetime:
        return datetime.combine(self.days[0], time.min, LONDON)

    @property
    def ends(self) -> datetime:
        return datetime.combine(self.days[-1], time.max, LONDON)

    def moved(self, months: int) -> "Month":
        at = self.first.year * 12 + self.first.month - 1 + months
        return Month(date(at // 12, at % 12 + 1, 1))


def read_month(text: str, today: date) -> Month | None:
    """The month of `2026-11`, two years around today; None for anything else."""
    match = MONTH.fullmatch(text)
    if not match:
        return None
    year, month = int(match[1]), int(match[2])
    if not 1 <= month <= 12 or abs(year - today.year) > YEARS_AROUND:
        return None
    return Month(date(year, month, 1))


def month_of(day: date) -> Month:
    return Month(day.replace(day=1))


def laid_out(month: Month, items: Mapping[date, Iterable[Any]], today: date) -> list[Day]:
    return [
        Day(day, day.month == month.first.month, day == today, tuple(items.get(day, ())))
        for day in month.days
    ]
