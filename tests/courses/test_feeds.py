"""Calendars stay true through moves, cancellations and changed places, by mail and as a feed."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from courses.models import Cohort, OutboxMessage, Place
from courses.services import (
    Attendee,
    call_off_cohort,
    cancel_booking,
    cancel_place,
    cancel_session,
    move_place,
    move_session,
    register,
    swap_person,
)
from courses.services.sessions import cohort_calendar
from courses.when import LONDON
from tests.courses.calendar_program import CalendarProgram
from tests.courses.factories import make_cohort, make_order, make_registration, write_mails

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def next_change(month: int) -> datetime:
    """Four in the afternoon, ten days before the clocks next change in this month."""
    now = timezone.now()
    for year in (now.year, now.year + 1, now.year + 2):
        last = datetime(year, month, 31, 16, tzinfo=LONDON)
        sunday = last - timedelta(days=(last.weekday() + 1) % 7)
        if sunday - timedelta(days=20) > now:
            return sunday - timedelta(days=11)
    raise AssertionError("There is one every year.")


@pytest.fixture(params=[3, 10], ids=["spring", "autumn"])
def over_the_change(request: Any, programme: Any) -> Cohort:
    """Weekly sessions before and after a change of the clocks, with one person booked."""
    cohort = make_cohort(programme, starts=next_change(request.param))
    make_registration(cohort)
    assert len({timezone.localtime(each.starts_at).tzname() for each in cohort.dated}) == 2
    return cohort


def read(program: CalendarProgram, email: str = "one@school.example") -> None:
    """Open the calendar files of all mails to a person, in the order they came."""
    write_mails()
    for mail in OutboxMessage.objects.filter(to=email).order_by("pk"):
        for attachment in mail.attachments:
            program.take(attachment["content"])


def should(cohort: Cohort) -> dict[str, tuple[datetime, datetime]]:
    cohort.refresh_from_db()
    return {
        str(each.uid): (each.starts_at.astimezone(UTC), each.ends_at.astimezone(UTC))
        for each in cohort.dated
    }


def mailed(email: str = "one@school.example") -> dict[str, tuple[datetime, datetime]]:
    program = CalendarProgram()
    read(program, email)
    return program.shown


def test_a_second_library_reads_all_sessions_at_their_moments(over_the_change: Cohort) -> None:
    assert mailed() == should(over_the_change)
    assert len(mailed()) == 5


def test_a_move_over_the_change_of_clocks_arrives(over_the_change: Cohort) -> None:
    before = should(over_the_change)
    for session in (over_the_change.dated[0], over_the_change.dated[-1]):
        starts = timezone.localtime(session.starts_at) + timedelta(days=14)
        move_session(session=session, starts_at=starts, ends_at=starts + 3 * HOUR, by=None)
    assert mailed() == should(over_the_change) != before


def test_a_cancelled_session_goes_and_the_others_stay(over_the_change: Cohort) -> None:
    for session in over_the_change.dated[1:3]:
        cancel_session(session=session, by=None)
    assert mailed() == should(over_the_change)
    assert len(mailed()) == 3


def test_files_that_are_opened_in_another_order_come_to_the_same(over_the_change: Cohort) -> None:
    session = over_the_change.dated[1]
    starts = session.starts_at + DAY
    move_session(session=session, starts_at=starts, ends_at=starts + HOUR, by=None)
    cancel_session(session=session, by=None)
    program = CalendarProgram()
    for mail in OutboxMessage.objects.filter(to="one@school.example").order_by("-pk"):
        for attachment in mail.attachments:
            program.take(attachment["content"])
    assert program.shown == should(over_the_change)


def test_a_cohort_that_is_called_off_leaves_an_empty_calendar(over_the_change: Cohort) -> None:
    call_off_cohort(cohort=over_the_change, by=None)
    assert mailed() == {}
    assert mailed("office@school.example") == {}


def test_a_place_that_is_cancelled_leaves_an_empty_calendar_and_a_new_one_fills_it(
    over_the_change: Cohort,
) -> None:
    cancel_place(place=Place.objects.get())
    assert mailed() == {}
    register(cohort_id=over_the_change.pk, order=make_order(), key="again")
    assert mailed() == should(over_the_change)


def test_a_place_that_moves_changes_the_dates(over_the_change: Cohort) -> None:
    other = make_cohort(starts=over_the_change.dated[0].starts_at + DAY, term="Other term")
    move_place(place=Place.objects.get(), to_cohort_id=other.pk)
    assert mailed() == should(other)


def test_a_swapped_place_changes_calendars_with_its_person(over_the_change: Cohort) -> None:
    swap_person(place=Place.objects.get(), person=Attendee("Two", "two@school.example"))
    assert mailed() == {}
    assert mailed("two@school.example") == should(over_the_change)


def test_a_cancellation_is_a_message_of_its_own_for_each_session(over_the_change: Cohort) -> None:
    """RFC 5546, 3.2.5: all entries of a CANCEL have one UID; organiser and sequence are there."""
    move_session(
        session=over_the_change.dated[0],
        starts_at=over_the_change.dated[0].starts_at + HOUR,
        ends_at=over_the_change.dated[0].ends_at + HOUR,
        by=None,
    )
    cancel_place(place=Place.objects.get())
    mail = OutboxMessage.objects.get(kind="place_cancelled")
    assert len(mail.attachments) == 5
    for attachment in mail.attachments:
        calendar = Calendar.from_ical(attachment["content"])
        (event,) = calendar.walk("VEVENT")
        assert calendar["METHOD"] == attachment["method"] == "CANCEL"
        assert event["STATUS"] == "CANCELLED"
        assert event["ORGANIZER"]
        assert "SEQUENCE" in event


# The feed -----------------------------------------------------------------------------------------


def feed_url() -> str:
    return f"{Place.objects.order_by('pk')[0].url}feed.ics"


def subscribed(client: Client) -> CalendarProgram:
    program = CalendarProgram()
    program.subscribe(client.get(feed_url()).content.decode())
    return program


def test_a_feed_always_has_the_sessions_as_they_are(
    client: Client, over_the_change: Cohort
) -> None:
    session = over_the_change.dated[0]
    assert subscribed(client).shown == should(over_the_change)
    move_session(
        session=session, starts_at=session.starts_at + DAY, ends_at=session.ends_at + DAY, by=None
    )
    cancel_session(session=over_the_change.dated[3], by=None)
    program = subscribed(client)
    assert program.shown == should(over_the_change)
    assert len(program.entries) == 5


def test_a_feed_without_a_change_is_the_same_and_not_sent_again(
    client: Client, cohort: Cohort
) -> None:
    make_registration(cohort)
    first = client.get(feed_url())
    assert client.get(feed_url()).content == first.content
    again = client.get(feed_url(), headers={"If-None-Match": f'W/{first["ETag"]}, "other"'})
    assert (again.status_code, again.content) == (304, b"")
    session = cohort.dated[0]
    move_session(
        session=session, starts_at=session.starts_at + DAY, ends_at=session.ends_at + DAY, by=None
    )
    assert client.get(feed_url(), headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_a_feed_holds_no_joining_link_and_no_private_address(
    client: Client, cohort: Cohort
) -> None:
    make_registration(cohort)
    text = client.get(feed_url()).content.decode().replace("\r\n ", "")
    assert "zoom.example" not in text
    assert Place.objects.get().token not in text
    assert "one@school.example" not in text


def test_a_feed_of_a_place_that_was_given_up_takes_its_sessions_away(
    client: Client, cohort: Cohort
) -> None:
    make_registration(cohort)
    cancel_place(place=Place.objects.get())
    assert subscribed(client).shown == {}


def test_who_booked_has_a_feed_too_until_the_booking_is_cancelled(
    client: Client, cohort: Cohort
) -> None:
    booking = make_registration(cohort).booking
    program = CalendarProgram()
    program.subscribe(client.get(f"{booking.url}feed.ics").content.decode())
    assert program.shown == should(cohort)
    cancel_booking(booking=booking)
    program.subscribe(client.get(f"{booking.url}feed.ics").content.decode())
    assert program.shown == {}


def test_nobody_finds_a_feed_without_its_address(client: Client, cohort: Cohort) -> None:
    make_registration(cohort)
    assert client.get("/training/booking/none/feed.ics").status_code == 404
    answer = client.get(feed_url())
    assert "noindex" in answer["X-Robots-Tag"]
    assert "private" in answer["Cache-Control"]
    assert client.post(feed_url()).status_code == 405


def test_a_fetched_file_says_when_each_session_changed_and_not_when_it_was_fetched(
    cohort: Cohort,
) -> None:
    session = cohort.dated[0]
    cancel_session(session=session, by=None)
    session.refresh_from_db()
    cohort.refresh_from_db()
    events = Calendar.from_ical(cohort_calendar(cohort)).walk("VEVENT")
    (event,) = [each for each in events if each["UID"] == str(session.uid)]
    changed = session.changed_at.replace(microsecond=0)
    assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == changed
    assert event["SUMMARY"].startswith("Cancelled: ")
