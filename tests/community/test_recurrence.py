"""Rules in London wall-clock time, checked against the calendar file that readers get."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from community.calendars import CalendarEntry, calendar_file
from community.months import laid_out, month_of, read_month
from community.recurrence import (
    LONDON,
    Repeat,
    Schedule,
    aware,
    in_words,
    next_occurrence,
    occurrences,
)
from community.times import day_words, span_words

SPRING, AUTUMN = date(2027, 3, 28), date(2026, 10, 25)  # the nights when the clocks change
START = datetime(2020, 1, 1, tzinfo=UTC)


def schedule(starts: datetime, repeat: Repeat = Repeat.ONCE, **more: Any) -> Schedule:
    return Schedule(starts=starts, ends=starts + timedelta(hours=2), repeat=repeat, **more)


def starts_of(plan: Schedule, after: datetime, before: datetime) -> list[datetime]:
    return [found.starts for found in occurrences(plan, after=after, before=before)]


def entry(plan: Schedule, **more: Any) -> CalendarEntry:
    parts: dict[str, Any] = {
        "uid": "event-1@school.example",
        "sequence": 3,
        "title": "Meeting; with, signs\\",
        "about": "Line one\nline two, " + "long " * 40,
        "place": "Hall, Bradford",
        "url": "https://school.example/e/",
        "schedule": plan,
        "changed_at": datetime(2026, 9, 1, 12, tzinfo=UTC),
    }
    return CalendarEntry(**{**parts, **more})


def parsed(plan: Schedule, **more: Any) -> Calendar:
    return Calendar.from_ical(calendar_file([entry(plan, **more)], name="Events"))


@pytest.mark.parametrize("change", [SPRING, AUTUMN])
def test_a_weekly_meeting_at_six_stays_at_six_when_the_clocks_change(change: date) -> None:
    first = datetime(change.year, change.month, change.day, 18) - timedelta(days=5)
    found = starts_of(schedule(first, Repeat.WEEKLY), aware(first), aware(first + timedelta(21)))
    assert [start.hour for start in found] == [18, 18, 18]
    assert found[0].utcoffset() != found[1].utcoffset()


@pytest.mark.parametrize("change", [SPRING, AUTUMN])
def test_the_calendar_file_says_the_same_over_the_change(change: date) -> None:
    first = datetime(change.year, change.month, change.day, 18) - timedelta(days=5)
    plan = schedule(first, Repeat.WEEKLY, until=change + timedelta(days=20))
    event = parsed(plan).walk("VEVENT")[0]
    assert event["DTSTART"].params["TZID"] == "Europe/London"
    rule = rrulestr(event["RRULE"].to_ical().decode(), dtstart=event["DTSTART"].dt)
    ours = starts_of(plan, START, datetime(2030, 1, 1, tzinfo=UTC))
    assert [when.astimezone(UTC) for when in rule] == [when.astimezone(UTC) for when in ours]


@pytest.mark.parametrize("change", [SPRING, AUTUMN])
def test_the_file_carries_the_rules_of_the_zone(change: date) -> None:
    calendar = parsed(schedule(datetime(change.year, change.month, change.day, 18)))
    zone = calendar.walk("VTIMEZONE")[0]
    assert zone["TZID"] == "Europe/London"
    assert zone.walk("DAYLIGHT")
    assert zone.walk("STANDARD")
    start = calendar.walk("VEVENT")[0]["DTSTART"].dt
    assert start.utcoffset() == aware(start.replace(tzinfo=None)).utcoffset()


def test_the_file_keeps_words_as_they_were_written() -> None:
    plan = schedule(
        datetime(2026, 11, 3, 18), Repeat.WEEKLY, without=frozenset({date(2026, 11, 10)})
    )
    calendar = parsed(plan, is_cancelled=True)
    event = calendar.walk("VEVENT")[0]
    assert str(event["SUMMARY"]) == "Meeting; with, signs\\"
    assert str(event["DESCRIPTION"]).startswith("Line one\nline two, long")
    assert str(event["LOCATION"]) == "Hall, Bradford"
    assert (event["SEQUENCE"], str(event["STATUS"])) == (3, "CANCELLED")
    assert event["EXDATE"].dts[0].dt == aware(datetime(2026, 11, 10, 18))
    assert event["DTEND"].dt == aware(datetime(2026, 11, 3, 20))


def test_an_empty_calendar_is_still_one() -> None:
    assert Calendar.from_ical(calendar_file([], name="Events")).walk("VEVENT") == []


@pytest.mark.parametrize(
    ("repeat", "days"),
    [
        (Repeat.ONCE, ["2027-01-31"]),
        (Repeat.WEEKLY, ["2027-01-31", "2027-02-07", "2027-02-14", "2027-02-21", "2027-02-28"]),
        (Repeat.FORTNIGHTLY, ["2027-01-31", "2027-02-14", "2027-02-28"]),
        (Repeat.MONTHLY_DATE, ["2027-01-31", "2027-03-31"]),
        (Repeat.MONTHLY_WEEKDAY, ["2027-01-31", "2027-02-28", "2027-03-28"]),
    ],
)
def test_each_rule_gives_its_days(repeat: Repeat, days: list[str]) -> None:
    plan = schedule(datetime(2027, 1, 31, 18), repeat)
    before = {Repeat.WEEKLY: date(2027, 3, 1), Repeat.FORTNIGHTLY: date(2027, 3, 1)}
    last = before.get(repeat, date(2027, 4, 1))
    found = starts_of(plan, START, datetime(last.year, last.month, 1, tzinfo=UTC))
    assert [f"{start:%Y-%m-%d}" for start in found] == days


@given(
    start=st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)),
    repeat=st.sampled_from(Repeat),
    weeks=st.integers(0, 60),
)
def test_our_days_are_those_that_calendars_work_out(
    start: datetime, repeat: Repeat, weeks: int
) -> None:
    start = start.replace(minute=0, second=0, microsecond=0, hour=max(start.hour, 3))
    plan = schedule(start, repeat, until=start.date() + timedelta(weeks=weeks))
    event = parsed(plan).walk("VEVENT")[0]
    ours = starts_of(plan, START, datetime(2032, 1, 1, tzinfo=UTC))
    if repeat is Repeat.ONCE:
        assert ours == [event["DTSTART"].dt]
        return
    rule = rrulestr(event["RRULE"].to_ical().decode(), dtstart=event["DTSTART"].dt)
    assert [when.astimezone(UTC) for when in rule] == [when.astimezone(UTC) for when in ours]


def test_what_is_on_now_is_the_next_one() -> None:
    plan = schedule(datetime(2026, 11, 3, 18), Repeat.WEEKLY)
    during = aware(datetime(2026, 11, 10, 19))
    found = next_occurrence(plan, after=during)
    assert found is not None
    assert found.starts == aware(datetime(2026, 11, 10, 18))


def test_what_is_over_has_no_next_one() -> None:
    plan = schedule(datetime(2026, 11, 3, 18), Repeat.WEEKLY, until=date(2026, 11, 20))
    assert next_occurrence(plan, after=aware(datetime(2026, 11, 17, 20))) is None


def test_a_day_that_is_left_out_is_left_out() -> None:
    plan = schedule(
        datetime(2026, 11, 3, 18), Repeat.WEEKLY, without=frozenset({date(2026, 11, 10)})
    )
    found = next_occurrence(plan, after=aware(datetime(2026, 11, 4)))
    assert found is not None
    assert found.starts.date() == date(2026, 11, 17)


@pytest.mark.parametrize(
    ("repeat", "words"),
    [
        (Repeat.ONCE, ""),
        (Repeat.WEEKLY, "Every Tuesday"),
        (Repeat.FORTNIGHTLY, "Every second Tuesday"),
        (Repeat.MONTHLY_DATE, "On day 10 of the month"),
        (Repeat.MONTHLY_WEEKDAY, "On the second Tuesday of the month"),
    ],
)
def test_rules_in_words(repeat: Repeat, words: str) -> None:
    assert in_words(schedule(datetime(2026, 11, 10, 18), repeat)) == words


def test_the_end_of_a_rule_in_words() -> None:
    plan = schedule(datetime(2026, 11, 10, 18), Repeat.WEEKLY, until=date(2027, 1, 5))
    assert in_words(plan) == "Every Tuesday, until 5 January 2027"


def test_the_fifth_weekday_is_the_last() -> None:
    plan = schedule(datetime(2026, 9, 29, 18), Repeat.MONTHLY_WEEKDAY)
    assert in_words(plan) == "On the last Tuesday of the month"


def test_days_and_times_in_words() -> None:
    start = datetime(2026, 11, 3, 12, 5, tzinfo=LONDON)
    assert day_words(start, start) == "Tuesday 3 November 2026"
    assert day_words(start, start + timedelta(days=1)).endswith("to Wednesday 4 November 2026")
    assert span_words(start, start + timedelta(hours=12)) == "12.05 pm to Wed 4 Nov 12.05 am"
    assert span_words(start, start + timedelta(hours=1)) == "12.05 pm to 1.05 pm"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026",
        "2026-13",
        "2026-00",
        "1999-01",
        "9999-12",
        "\u0662\u0660\u0662\u0666-\u0661\u0661",
        "2026-1",
        "x",
    ],
)
def test_what_is_no_month_of_the_calendar_is_refused(text: str) -> None:
    assert read_month(text, date(2026, 11, 22)) is None


def test_a_month_is_laid_out_in_whole_weeks_over_the_turn_of_the_year() -> None:
    month = month_of(date(2026, 12, 24))
    assert (month.moved(1).value, month.moved(-12).value) == ("2027-01", "2025-12")
    days = laid_out(month, {date(2026, 12, 24): ["party"]}, date(2026, 12, 24))
    assert len(days) % 7 == 0
    assert [day.items for day in days if day.is_today] == [("party",)]
    assert not days[0].is_here
