from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from courses.calendars import CalendarEvent, calendar_file
from courses.when import LONDON

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def event(starts: datetime, **fields: Any) -> CalendarEvent:
    values: dict[str, Any] = {
        "uid": uuid4(),
        "sequence": 0,
        "changed_at": NOW,
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=2),
        "title": "Community Organising 1/5",
        "description": "The joining link is in your confirmation mail.",
        "location": "Online",
    }
    return CalendarEvent(**{**values, **fields})


def written(*events: CalendarEvent, name: str = "Community Organising") -> str:
    return calendar_file(
        events, name=name, organiser="Dixons OpenSource", organiser_email="library@dixons.example"
    )


def london(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 16, tzinfo=LONDON)


@pytest.mark.parametrize(
    "days",
    [
        [london(2027, 3, 24), london(2027, 3, 31)],  # the clocks go forward on 28 March
        [london(2027, 10, 27), london(2027, 11, 3)],  # and back on 31 October
    ],
)
def test_sessions_stay_at_four_in_london_over_both_clock_changes(days: list[datetime]) -> None:
    text = written(*(event(day) for day in days))
    calendar = Calendar.from_ical(text)
    starts = [component["DTSTART"].dt for component in calendar.walk("VEVENT")]
    assert [start.astimezone(UTC) for start in starts] == [day.astimezone(UTC) for day in days]
    assert {start.astimezone(UTC).hour for start in starts} == {15, 16}
    assert text.count("TZID=Europe/London:") == 2 * len(days)


@settings(max_examples=300, deadline=None)
@given(st.datetimes(datetime(2021, 1, 1), datetime(2036, 12, 31), timezones=st.just(UTC)))
def test_any_moment_comes_back_from_the_file_as_it_went_in(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    folded = moment.astimezone(LONDON).fold
    if folded:  # the hour that the clocks repeat cannot be told apart in iCalendar
        return
    (component,) = Calendar.from_ical(written(event(moment))).walk("VEVENT")
    assert component["DTSTART"].dt.astimezone(UTC) == moment


@given(st.integers(2021, 2036), st.sampled_from([(3, "+0000"), (10, "+0100")]))
def test_the_zone_rule_changes_on_the_last_sunday(year: int, change: tuple[int, str]) -> None:
    """The VTIMEZONE itself, read without any table of zones, agrees with London."""
    zone = Calendar.from_ical(written(event(london(year, 1, 5)))).walk("VTIMEZONE")[0].to_tz()
    for day in (1, 15, 24, 31):
        naive = datetime(year, change[0], day, 12)
        assert naive.replace(tzinfo=zone).utcoffset() == naive.replace(tzinfo=LONDON).utcoffset()


def test_identity_and_sequence_let_a_calendar_replace_what_it_has() -> None:
    uid = uuid4()
    first = written(event(london(2027, 1, 13), uid=uid))
    moved = written(event(london(2027, 1, 14), uid=uid, sequence=1))
    (before,) = Calendar.from_ical(first).walk("VEVENT")
    (after,) = Calendar.from_ical(moved).walk("VEVENT")
    assert before["UID"] == after["UID"] == str(uid)
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert after["DTEND"].dt - after["DTSTART"].dt == timedelta(hours=2)


def test_the_file_publishes_and_names_its_organiser() -> None:
    calendar = Calendar.from_ical(written(event(london(2027, 1, 13))))
    assert calendar["METHOD"] == "PUBLISH"
    assert len(calendar.walk("VTIMEZONE")) == 1
    assert calendar.walk("VEVENT")[0]["ORGANIZER"] == "mailto:library@dixons.example"


@pytest.mark.parametrize("field", ["title", "description", "location"])
@pytest.mark.parametrize(
    "hostile",
    [
        "x\r\nATTENDEE:mailto:eve@evil.example",
        "x\nBEGIN:VALARM",
        "x\u2028END:VEVENT",
        "x\x85DTSTART:20270101",
        "x\x0bMETHOD:CANCEL",
        "\\n;,:\"'",
    ],
)
def test_no_text_can_add_a_line_to_the_file(field: str, hostile: str) -> None:
    text = written(event(london(2027, 1, 13), **{field: hostile}), name=hostile)
    names = [line.partition(":")[0].partition(";")[0] for line in unfolded(text)]
    assert names == [
        line.partition(":")[0].partition(";")[0]
        for line in unfolded(written(event(london(2027, 1, 13))))
    ]


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").rstrip("\r\n").split("\r\n")
