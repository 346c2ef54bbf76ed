"""Reminders: once each, in time, whatever happened to the worker, the session or the place."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from courses.enums import MessageState
from courses.models import Cohort, OutboxMessage, Place, Session
from courses.services import (
    Attendee,
    call_off_cohort,
    cancel_place,
    cancel_session,
    join_waiting_list,
    move_session,
    remind,
    send_due,
    swap_person,
)
from courses.services.reminders import LEADS
from tests.courses.factories import make_cohort, make_registration
from tests.factories import make_home

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
MINUTE = timedelta(minutes=1)
ALL = {f"reminds_{name}_before": True for name in ("week", "day", "hour")}


@pytest.fixture
def booked(cohort: Cohort) -> Cohort:
    make_registration(cohort)
    return cohort


def first(cohort: Cohort) -> Session:
    cohort.refresh_from_db()
    return cohort.dated[0]


def written() -> list[str]:
    """Which lead of which session, in the order they were written."""
    rows = OutboxMessage.objects.filter(kind="reminder").order_by("pk")
    return [key.split(":")[3] for key in rows.values_list("key", flat=True)]


def want(cohort: Cohort, **leads: bool) -> None:
    Cohort.objects.filter(pk=cohort.pk).update(**{**dict.fromkeys(ALL, False), **leads})


def test_a_reminder_is_written_when_it_is_due_and_not_before(booked: Cohort) -> None:
    starts = first(booked).starts_at
    assert remind(now=starts - DAY - MINUTE) == 0
    assert remind(now=starts - DAY) == 1
    assert remind(now=starts - DAY + MINUTE) == 0


def test_it_says_when_and_where_and_names_what_follows(booked: Cohort) -> None:
    session = first(booked)
    remind(now=session.starts_at - DAY)
    message = OutboxMessage.objects.get(kind="reminder")
    assert message.to == "one@school.example"
    assert "session 1" in message.subject
    for words in (message.text, message.html):
        assert session.joining_link in words
        assert f"{timezone.localtime(session.starts_at):%A %-d %B %Y}" in words
    assert message.not_after == session.starts_at


def test_each_lead_that_the_cohort_wants_is_told_in_its_turn(booked: Cohort) -> None:
    want(booked, **ALL)
    starts = first(booked).starts_at
    for before in (WEEK, DAY, HOUR):
        remind(now=starts - before)
        remind(now=starts - before + MINUTE)
    assert written() == ["week", "day", "hour"]


def test_no_reminder_is_written_where_the_cohort_wants_none(booked: Cohort) -> None:
    want(booked)
    assert remind(now=first(booked).starts_at - HOUR) == 0


def test_after_two_days_without_a_worker_only_the_nearest_is_told(booked: Cohort) -> None:
    want(booked, **ALL)
    starts = first(booked).starts_at
    remind(now=starts - MINUTE)
    remind(now=starts - MINUTE / 2)
    assert written() == ["hour"]


def test_no_reminder_is_written_or_sent_after_its_session_began(booked: Cohort) -> None:
    starts = first(booked).starts_at
    assert remind(now=starts) == 0
    remind(now=starts - MINUTE)
    send_due(now=starts - MINUTE)  # the confirmations too
    assert len(mail.outbox) == 3
    OutboxMessage.objects.filter(kind="reminder").update(state="queued")
    assert send_due(now=starts).dropped == 1
    assert len(mail.outbox) == 3


def test_who_was_booked_when_it_was_due_already_was_told_by_the_confirmation(
    booked: Cohort,
) -> None:
    starts = first(booked).starts_at
    Place.objects.update(created_at=starts - HOUR)
    assert remind(now=starts - HOUR + MINUTE) == 0


def test_a_moved_session_reminds_again(booked: Cohort) -> None:
    session = first(booked)
    remind(now=session.starts_at - DAY)
    starts = session.starts_at + 2 * DAY
    move_session(session=session, starts_at=starts, ends_at=starts + HOUR, by=None)
    assert remind(now=starts - DAY - MINUTE) == 0
    assert remind(now=starts - DAY) == 1
    assert written() == ["day", "day"]


def test_a_reminder_of_the_earlier_time_is_dropped(booked: Cohort) -> None:
    session = first(booked)
    remind(now=session.starts_at - DAY)
    starts = session.starts_at + 2 * DAY
    move_session(session=session, starts_at=starts, ends_at=starts + HOUR, by=None)
    send_due(now=starts - 3 * DAY)
    reminder = OutboxMessage.objects.get(kind="reminder")
    assert (reminder.state, reminder.last_error) == ("dropped", "The session has moved.")


def cancel(cohort: Cohort) -> None:
    cancel_place(place=Place.objects.get())


def swap(cohort: Cohort) -> None:
    swap_person(place=Place.objects.get(), person=Attendee("Other", "other@school.example"))


def cancel_first(cohort: Cohort) -> None:
    cancel_session(session=first(cohort), by=None)


def call_off(cohort: Cohort) -> None:
    call_off_cohort(cohort=cohort, by=None)


@pytest.mark.parametrize("happens", [cancel, swap, cancel_first, call_off])
def test_a_reminder_that_waits_is_dropped_when_it_is_not_true_any_more(
    booked: Cohort, happens: Any
) -> None:
    starts = first(booked).starts_at
    remind(now=starts - DAY)
    happens(booked)
    send_due(now=starts - HOUR)
    reminder = OutboxMessage.objects.get(kind="reminder")
    assert reminder.state == MessageState.DROPPED
    assert reminder.last_error
    assert remind(now=starts - HOUR) == 0
    assert not any("session 1" in sent.subject for sent in mail.outbox)


def test_two_workers_in_one_minute_remind_once(booked: Cohort) -> None:
    """The second has looked before the first wrote: the database refuses the same key."""
    starts = first(booked).starts_at
    remind(now=starts - DAY)
    OutboxMessage.objects.filter(kind="reminder").update(session=None)  # so that it sees none
    remind(now=starts - DAY)
    assert written() == ["day"]


def test_as_many_queries_for_many_people_as_for_few(programme: Any) -> None:
    counts = []
    for number in (1, 20):
        cohort = make_cohort(programme, term=f"Term {number}")
        make_registration(cohort)
        for each in range(number):
            make_registration(cohort, f"{each}@school.example")
        with CaptureQueriesContext(connection) as queries:
            assert remind(now=first(cohort).starts_at - HOUR) == number + 1
        counts.append(len(queries))
        Session.objects.update(state="cancelled")
    assert counts[0] == counts[1]


def test_an_opening_is_announced_after_two_days_without_a_worker(cohort: Cohort) -> None:
    opens = timezone.now() + DAY
    Cohort.objects.filter(pk=cohort.pk).update(opens_at=opens)
    person = Attendee("Waiter", "waits@school.example")
    assert join_waiting_list(cohort_id=cohort.pk, person=person, consent_version="2026-11")
    send_due(now=opens - MINUTE)
    assert len(mail.outbox) == 1
    send_due(now=opens + 2 * DAY)
    assert [sent.subject.split(":")[0] for sent in mail.outbox][1:] == ["Registration has opened"]


class AWorkerThatIsAwayForDays(TestCase):
    """However long it is away, and whenever: nobody misses the last reminder that is still of use,
    nobody gets one twice, and none goes out after its session began."""

    @settings(max_examples=25, deadline=None)
    @given(
        st.lists(st.integers(1, 49), min_size=3, max_size=12),
        st.tuples(st.booleans(), st.booleans(), st.booleans()),
    )
    def test_whatever_its_hours_are(self, pauses: list[int], wanted: tuple[bool, ...]) -> None:
        make_home()
        leads: dict[str, Any] = dict(zip(ALL, wanted, strict=True))
        cohort = make_cohort(weeks=2, **leads)
        make_registration(cohort)
        now = first(cohort).starts_at - 8 * DAY
        runs = []
        for pause in pauses:
            now += pause * HOUR
            remind(now=now)
            send_due(now=now)
            runs.append(now)
        sent = list(OutboxMessage.objects.filter(kind="reminder"))
        assert all(
            each.sent_at and each.sent_at < each.not_after for each in sent if each.not_after
        )
        assert {each.key for each in sent} == set(expected(cohort, runs))


def expected(cohort: Cohort, runs: list[datetime]) -> list[str]:
    """Of each session: whatever lead was the nearest one due at a moment when a worker ran."""
    place = Place.objects.get()
    keys = []
    for session in cohort.sessions.all():
        for now in (run for run in runs if run < session.starts_at):
            leads = [lead for lead in LEADS if getattr(cohort, lead.wanted_by)]
            due = [lead.name for lead in leads if lead.due_at(session) <= now]
            keys += [f"reminder:{session.pk}:{place.pk}:{due[0]}:0"] if due else []
    return keys
