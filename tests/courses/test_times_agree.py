"""Page, mail and calendar file say the same moment: 5,000 sessions, most of them near a change of
the clocks, many in the hour that October repeats."""

import re
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from django.template.loader import render_to_string
from icalendar import Calendar

from courses.calendars import CalendarEvent, calendar_file
from courses.models import ProgrammePart, Session
from courses.services.sessions import SessionLine, line
from courses.when import LONDON
from tests.courses.calendar_program import CalendarProgram, moment

CASES, EACH = 5000, 50
LINE = re.compile(
    r"(?P<number>\d+)\. (?P<day>\w+ \d+ \w+ \d{4}), (?P<from>[\d.]+ [ap]m) to (?P<to>[\d.]+ [ap]m)"
    r" \((?P<zone>[A-Z]{3})(?:, then (?P<then>[A-Z]{3}))?\)"
)
OFFSETS = {"GMT": timedelta(0), "BST": timedelta(hours=1)}


def change(year: int, month: int) -> datetime:
    """The last Sunday of the month, 1.00 UTC: then the clocks change."""
    last = datetime(year, month, 31, 1, tzinfo=UTC)
    return last - timedelta(days=(last.weekday() + 1) % 7)


def moments(random: Random) -> tuple[datetime, datetime]:
    """In a night of the change, in a week around it, or anywhere; up to eight hours."""
    near = change(random.randint(2021, 2036), random.choice([3, 10]))
    minutes = random.choice([4 * 60, 4 * 60, 7 * 24 * 60, 200 * 24 * 60])
    starts = near + timedelta(minutes=random.randint(-minutes, minutes))
    return starts, starts + timedelta(minutes=random.choice([15, 30, 45, 60, 90, 120, 480]))


def sessions(seed: int) -> list[Session]:
    random = Random(seed)
    made = []
    for number in range(EACH):
        starts, ends = moments(random)
        part = ProgrammePart(title="Change; and, power", format="Online")
        made.append(Session(pk=number + 1, part=part, starts_at=starts, ends_at=ends))
    return made


def said(text: str) -> list[tuple[datetime, datetime]]:
    """The moments as a reader takes them from the words, with nothing but day, time and zone."""
    found = []
    for match in LINE.finditer(text):
        starts = read(match["day"], match["from"], match["zone"])
        ends = read(match["day"], match["to"], match["then"] or match["zone"])
        found.append((starts, ends if ends > starts else ends + timedelta(days=1)))
    return found


def read(day: str, clock: str, zone: str) -> datetime:
    naive = datetime.strptime(f"{day} {clock.upper()}", "%A %d %B %Y %I.%M %p")
    return (naive - OFFSETS[zone]).replace(tzinfo=UTC)


def calendar_of(made: list[Session]) -> str:
    events = [
        CalendarEvent(
            uid=each.uid,
            sequence=0,
            changed_at=each.changed_at,
            starts_at=each.starts_at,
            ends_at=each.ends_at,
            title="Session",
            description="",
            location="Online",
        )
        for each in made
    ]
    return calendar_file(events, name="Name", organiser="Us", organiser_email="us@dixons.example")


def lines_of(made: list[Session]) -> tuple[SessionLine, ...]:
    return tuple(line(number, each, link="") for number, each in enumerate(made, start=1))


def html_words(html: str) -> str:
    """What a phone shows of the mail's or the page's table, on one line."""
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))
    return re.sub(r"(\d+) (\w+ \d+ \w+ \d{4}) ([\d.]+ [ap]m to)", r"\1. \2, \3", words)


@pytest.mark.parametrize("seed", range(CASES // EACH))
def test_page_mail_and_calendar_agree(seed: int) -> None:
    made = sessions(seed)
    should = [(each.starts_at, each.ends_at) for each in made]
    lines = lines_of(made)
    page = [render_to_string("components/booking/session.html", {"line": each}) for each in lines]
    assert said(html_words("\n".join(page))) == should
    assert said(render_to_string("mails/courses/opening.txt", {"lines": lines})) == should
    html = render_to_string("mails/courses/opening.html", {"lines": lines})
    assert said(html_words(html)) == should
    text = calendar_of(made)
    ours = Calendar.from_ical(text).walk("VEVENT")
    assert [(moment(each["DTSTART"].dt), moment(each["DTEND"].dt)) for each in ours] == should
    theirs = CalendarProgram()
    theirs.take(text)
    assert [theirs.shown[str(each.uid)] for each in made] == should


def test_the_cases_hold_what_is_hard() -> None:
    """Enough nights of a change, and enough sessions that begin or end in the repeated hour."""
    made = [each for seed in range(CASES // EACH) for each in sessions(seed)]
    assert len(made) == CASES
    ends = [(each.starts_at.astimezone(LONDON), each.ends_at.astimezone(LONDON)) for each in made]
    assert sum(starts.fold or ends.fold for starts, ends in ends) > 200
    assert sum(starts.utcoffset() != ends.utcoffset() for starts, ends in ends) > 400


@pytest.mark.parametrize(
    ("starts", "words"),
    [
        (datetime(2026, 3, 29, 0, 30, tzinfo=UTC), "12.30 am to 2.30 am (GMT, then BST)"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "1.30 am to 1.30 am (BST, then GMT)"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "1.30 am to 2.30 am (GMT)"),
    ],
)
def test_an_hour_in_a_night_of_a_change_says_its_zones(starts: datetime, words: str) -> None:
    made = Session(starts_at=starts, ends_at=starts + timedelta(hours=1))
    found = line(1, made, link="")
    assert f"{found.times} ({found.zone})" == words
