"""Sessions move or are cancelled, cohorts are called off: in one action, and everybody is told."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar
from wagtail.models import ModelLogEntry

from courses.enums import InvoiceState, PlaceState, SessionState, WaitingState
from courses.models import Booking, Cohort, OutboxMessage, Place, Session, WaitingEntry
from courses.services import (
    Attendee,
    NothingToChange,
    TooLate,
    UnfitTimes,
    call_off_cohort,
    cancel_place,
    cancel_session,
    join_waiting_list,
    move_session,
    register,
)
from courses.services.errors import RegistrationClosed
from courses.services.registration import write_order
from tests.courses.factories import make_cohort, make_order, make_organiser, make_registration

DAY = timedelta(days=1)


def first(cohort: Cohort) -> Session:
    return cohort.dated[0]


def move(session: Session, by: timedelta = DAY, **fields: Any) -> None:
    starts, ends = session.starts_at + by, session.ends_at + by
    move_session(session=session, starts_at=starts, ends_at=ends, **{"by": None, **fields})


def mails(kind: str) -> dict[str, OutboxMessage]:
    return {mail.to: mail for mail in OutboxMessage.objects.filter(kind=kind)}


def wait(cohort: Cohort, email: str = "waits@school.example") -> WaitingEntry:
    entry = join_waiting_list(
        cohort_id=cohort.pk, person=Attendee("Waiter", email), consent_version="2026-11"
    )
    assert entry
    return entry


def events(attachment: dict[str, str]) -> list[Any]:
    return list(Calendar.from_ical(attachment["content"]).walk("VEVENT"))


def assert_seats(cohort: Cohort) -> None:
    cohort.refresh_from_db()
    seated = Place.objects.filter(cohort=cohort, state__in=PlaceState.with_seat()).count()
    offers = WaitingEntry.objects.filter(cohort=cohort, state=WaitingState.OFFERED).count()
    assert cohort.seats_taken == seated + offers


def test_everybody_with_a_place_and_who_booked_for_them_is_told_of_a_move(cohort: Cohort) -> None:
    make_registration(cohort, "one@school.example", "two@school.example")
    session = first(cohort)
    move(session, reason="The speaker is ill.")
    told = mails("session_moved")
    assert set(told) == {"one@school.example", "two@school.example", "office@school.example"}
    for mail in told.values():
        assert f"{timezone.localtime(session.starts_at):%A %-d %B %Y}" in mail.text
        assert "The speaker is ill." in mail.text
        assert "The speaker is ill." in mail.html
    assert session.joining_link in told["one@school.example"].text
    assert session.joining_link not in told["office@school.example"].text
    assert "Person 1 and Person 2" in told["office@school.example"].text


def test_a_moved_session_keeps_its_identity_and_raises_its_sequence(cohort: Cohort) -> None:
    make_registration(cohort)
    session = first(cohort)
    uid, before = session.uid, session.changed_at
    move(session)
    (attachment,) = mails("session_moved")["one@school.example"].attachments
    found = {str(event["UID"]): event for event in events(attachment)}
    assert len(found) == 5
    assert found[str(uid)]["SEQUENCE"] == 1
    assert found[str(uid)]["DTSTART"].dt == session.starts_at
    session.refresh_from_db()
    assert session.sequence == 1
    assert session.changed_at > before


def test_who_booked_for_themselves_gets_one_mail(cohort: Cohort) -> None:
    make_registration(cohort, booker=Attendee("Person 1", "one@school.example"))
    move(first(cohort))
    assert OutboxMessage.objects.filter(kind="session_moved").count() == 1


def test_who_is_booked_twice_gets_one_mail_and_each_booker_theirs(cohort: Cohort) -> None:
    make_registration(cohort, "one@school.example")
    make_registration(
        cohort, "one@school.example", booker=Attendee("Other", "other@school.example")
    )
    move(first(cohort))
    told = OutboxMessage.objects.filter(kind="session_moved").values_list("to", flat=True)
    assert sorted(told) == ["office@school.example", "one@school.example", "other@school.example"]


def test_who_gave_their_place_up_hears_nothing(cohort: Cohort) -> None:
    make_registration(cohort, "one@school.example", "two@school.example")
    cancel_place(place=Place.objects.get(email="two@school.example"))
    move(first(cohort))
    assert "two@school.example" not in mails("session_moved")


def test_a_cancelled_session_is_taken_out_of_calendars_and_keeps_its_line(cohort: Cohort) -> None:
    make_registration(cohort)
    session = first(cohort)
    cancel_session(session=session, by=None)
    mail = mails("session_cancelled")["one@school.example"]
    (attachment,) = mail.attachments
    assert attachment["method"] == "CANCEL"
    calendar = Calendar.from_ical(attachment["content"])
    (event,) = calendar.walk("VEVENT")
    assert calendar["METHOD"] == "CANCEL"
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)
    assert event["UID"] == str(session.uid)
    assert "CANCELLED: this session will not take place" in mail.text
    assert session.joining_link not in mail.text
    assert Session.objects.get(pk=session.pk).state == SessionState.CANCELLED


def test_history_says_who_did_it_without_names(cohort: Cohort) -> None:
    make_registration(cohort)
    organiser = make_organiser()
    move(first(cohort), by=DAY, reason="Ask Person 1")
    cancel_session(session=first(cohort), by=organiser)
    call_off_cohort(cohort=cohort, by=organiser)
    entries = ModelLogEntry.objects.filter(action__startswith="courses.").order_by("pk")
    actions = [entry.action for entry in entries]
    assert actions == ["courses.session_moved", "courses.session_cancelled", "courses.called_off"]
    assert entries[1].user == organiser
    assert "Person" not in str([entry.data for entry in entries])


@pytest.mark.parametrize("by", [timedelta(0), -timedelta(days=60)])
def test_a_move_to_the_same_time_or_into_the_past_is_refused(cohort: Cohort, by: timedelta) -> None:
    make_registration(cohort)
    with pytest.raises((NothingToChange, UnfitTimes)):
        move(first(cohort), by=by)
    assert not mails("session_moved")


def test_a_session_that_would_end_before_it_starts_is_refused(cohort: Cohort) -> None:
    session = first(cohort)
    with pytest.raises(UnfitTimes, match="ends after it starts"):
        move_session(session=session, starts_at=session.ends_at, ends_at=session.starts_at, by=None)


def test_what_is_over_or_cancelled_cannot_change_again(cohort: Cohort) -> None:
    session = first(cohort)
    with pytest.raises(TooLate):
        cancel_session(session=session, by=None, now=session.ends_at)
    cancel_session(session=session, by=None)
    with pytest.raises(NothingToChange):
        cancel_session(session=session, by=None)
    with pytest.raises(NothingToChange):
        move(session)


def test_an_offer_ends_when_the_first_session_begins_also_after_a_move(cohort: Cohort) -> None:
    make_registration(cohort)
    Cohort.objects.filter(pk=cohort.pk).update(capacity=1)
    entry = wait(cohort)
    cancel_place(place=Place.objects.get())
    now = timezone.now()
    session = first(cohort)
    move_session(
        session=session, starts_at=now + timedelta(hours=5), ends_at=now + DAY / 4, by=None
    )
    entry.refresh_from_db()
    assert entry.offer_ends_at == session.starts_at
    assert "waits@school.example" in mails("session_moved")
    assert_seats(cohort)


def test_the_mail_of_an_opening_that_lies_ready_says_the_new_dates(cohort: Cohort) -> None:
    Cohort.objects.filter(pk=cohort.pk).update(opens_at=timezone.now() + DAY)
    wait(cohort)
    before = mails("opening")["waits@school.example"]
    session = first(cohort)
    move(session)
    after = mails("opening")["waits@school.example"]
    assert f"{timezone.localtime(session.starts_at):%A %-d %B %Y}" in after.text
    assert after.message_id == before.message_id
    assert after.pk == before.pk


def test_a_cohort_is_called_off_for_everybody_at_once(cohort: Cohort) -> None:
    Cohort.objects.filter(pk=cohort.pk).update(capacity=2)
    make_registration(cohort, "one@school.example", "two@school.example")
    entry = wait(cohort)
    call_off_cohort(cohort=cohort, by=None, reason="Too few schools.")
    told = mails("cohort_cancelled")
    assert set(told) == {
        "one@school.example",
        "two@school.example",
        "office@school.example",
        "waits@school.example",
    }
    assert [each["method"] for each in told["one@school.example"].attachments] == ["CANCEL"] * 5
    assert not told["waits@school.example"].attachments
    assert "There is nothing to pay." in told["office@school.example"].text
    entry.refresh_from_db()
    assert entry.state == WaitingState.CLOSED
    assert set(Session.objects.values_list("state", flat=True)) == {SessionState.CANCELLED}
    assert set(Place.objects.values_list("state", flat=True)) == {PlaceState.CANCELLED}
    booking = Booking.objects.get()
    assert (booking.state, booking.invoice_state) == ("cancelled", InvoiceState.NOTHING)
    assert_seats(cohort)
    assert cohort.called_off_at == booking.cancelled_at
    assert cohort.state() == "called_off"


def test_what_was_not_sent_before_a_cohort_was_called_off_is_dropped(cohort: Cohort) -> None:
    make_registration(cohort)
    call_off_cohort(cohort=cohort, by=None)
    dropped = OutboxMessage.objects.filter(~Q(kind="cohort_cancelled"))
    assert set(dropped.values_list("state", "last_error")) == {
        ("dropped", "The cohort was called off.")
    }


def test_nobody_is_booked_or_called_off_twice_after_that(cohort: Cohort) -> None:
    call_off_cohort(cohort=cohort, by=None)
    with pytest.raises(NothingToChange):
        call_off_cohort(cohort=cohort, by=None)
    with pytest.raises(RegistrationClosed):
        register(cohort_id=cohort.pk, order=make_order(), key="k")


def test_an_invoice_that_was_sent_is_left_to_a_person(cohort: Cohort) -> None:
    make_registration(cohort)
    Booking.objects.update(invoice_state=InvoiceState.SENT)
    call_off_cohort(cohort=cohort, by=None)
    assert Booking.objects.get().invoice_state == InvoiceState.SENT
    assert (
        "About the invoice we write to you"
        in mails("cohort_cancelled")["office@school.example"].text
    )


def test_who_has_been_to_a_session_keeps_place_and_page_when_the_rest_is_called_off(
    cohort: Cohort,
) -> None:
    make_registration(cohort)
    call_off_cohort(cohort=cohort, by=None, now=first(cohort).ends_at + DAY)
    assert Place.objects.get().state == PlaceState.BOOKED
    states = list(Session.objects.order_by("starts_at").values_list("state", flat=True))
    assert states == ["planned", "cancelled", "cancelled", "cancelled", "cancelled"]
    assert (
        "still to come will not take place" in mails("cohort_cancelled")["one@school.example"].text
    )
    assert_seats(cohort)


def test_as_many_queries_for_many_people_as_for_few(cohort: Cohort) -> None:
    counts = []
    for number in (0, 1, 20):  # the first also fills what the process keeps
        other = make_cohort(starts=first(cohort).starts_at + number * DAY, term=f"Term {number}")
        for each in range(number):
            make_registration(other, f"{each}@school.example")
        with CaptureQueriesContext(connection) as queries:
            move(first(other))
        counts.append(len(queries))
    assert counts[1] == counts[2]


def test_a_hostile_reason_does_not_break_the_mail(cohort: Cohort) -> None:
    make_registration(cohort)
    cancel_session(session=first(cohort), by=None, reason="x\r\nBcc: eve@evil.example<script>")
    mail = mails("session_cancelled")["one@school.example"]
    assert "x Bcc: eve@evil.example" in mail.text
    assert "<script>" not in mail.html


def test_whoever_registers_while_a_session_moves_is_told_the_new_time(
    cohort: Cohort, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The dates are read before the seats are taken; the move comes right in between."""
    session, moves = first(cohort), [move]

    def meanwhile(*args: Any, **kwargs: Any) -> Any:
        for verb in moves[:]:
            moves.clear()
            verb(session)
        return write_order(*args, **kwargs)

    monkeypatch.setattr("courses.services.registration.write_order", meanwhile)
    make_registration(cohort)
    assert (
        f"{timezone.localtime(session.starts_at):%A %-d %B %Y}"
        in mails("place")["one@school.example"].text
    )
    assert not mails("session_moved")
    assert_seats(cohort)


def test_whoever_registers_while_a_cohort_is_called_off_is_refused(
    cohort: Cohort, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(*args: Any, **kwargs: Any) -> Any:
        call_off_cohort(cohort=cohort, by=None)
        return write_order(*args, **kwargs)

    monkeypatch.setattr("courses.services.registration.write_order", meanwhile)
    with pytest.raises(RegistrationClosed):
        make_registration(cohort)
    assert not Booking.objects.exists()
    assert_seats(cohort)
