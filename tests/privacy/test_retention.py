"""What is kept no longer goes every night; figures stay; nothing goes too early."""

import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as some
from wagtail.models import ModelLogEntry

from core.models import Enquiry
from courses.enums import InvoiceState, MessageState
from courses.models import Booking, Certificate, Cohort, OutboxMessage, Place, WaitingEntry
from courses.services import Attendee, resend, send_due
from courses.when import months_after
from privacy.declared import ERASED, NOBODY
from privacy.models import Run
from privacy.registry import RULES, Rule
from privacy.retention import apply, keep_no_longer, nightly, what_is_due
from search.models import AskedQuestion
from tests.courses.factories import make_cohort
from tests.privacy.factories import (
    ADA,
    NAME,
    book,
    came,
    everything,
    make_ada,
    make_enquiry,
    past_cohort,
    standing,
)

pytestmark = pytest.mark.usefixtures("home")


def settled(cohort: Cohort, *people: Attendee) -> Booking:
    """A booking on which nobody owes anything."""
    booking = book(cohort, *people)
    Booking.objects.update(invoice_state=InvoiceState.NOTHING)
    return booking


def old_cohort() -> Booking:
    booking = settled(past_cohort(months_ago=13), Attendee(NAME, ADA))
    came(booking.places.get())
    WaitingEntry.objects.create(
        cohort=booking.cohort, kind="place", name=NAME, email=ADA, consent_version="2026-11"
    )
    return booking


def test_the_names_of_a_cohort_go_when_its_months_are_over() -> None:
    old_cohort()
    keep_no_longer()
    assert standing(ADA, NAME) == []
    assert Place.objects.get().name == ERASED
    assert Certificate.objects.get().name == ""


def test_a_cohort_within_its_months_keeps_its_names() -> None:
    settled(past_cohort(months_ago=11), Attendee(NAME, ADA))
    settled(past_cohort(months_ago=4, kept_months=6), Attendee(NAME, ADA))
    settled(make_cohort(), Attendee(NAME, ADA))
    keep_no_longer()
    assert Place.objects.filter(email=ADA, name=NAME).count() == 3


def test_figures_stay_when_names_go() -> None:
    booking = old_cohort()
    before = Cohort.objects.values("seats_taken", "capacity").get(pk=booking.cohort_id)
    keep_no_longer()
    place = Place.objects.get()
    assert place.state == "booked"
    assert place.attendance.get().state == "present"
    assert Certificate.objects.get().minutes == 120
    assert Cohort.objects.values("seats_taken", "capacity").get(pk=booking.cohort_id) == before


def test_the_booker_stays_while_an_invoice_is_open() -> None:
    booking = book(past_cohort(months_ago=13), Attendee(NAME, ADA))
    keep_no_longer()
    booking.refresh_from_db()
    assert booking.booker_email == "office@school.example"
    assert Place.objects.get().name == ERASED


def test_the_booker_stays_while_one_of_the_people_is_on_a_later_cohort() -> None:
    booking = settled(
        past_cohort(months_ago=13), Attendee(NAME, ADA), Attendee("Bo", "bo@x.example")
    )
    Place.objects.filter(email=ADA).update(cohort=make_cohort())
    keep_no_longer()
    booking.refresh_from_db()
    assert booking.booker_email == "office@school.example"
    assert Place.objects.get(cohort=booking.cohort).name == ERASED
    assert Place.objects.exclude(cohort=booking.cohort).get().name == NAME


def test_the_history_of_the_cohort_counts_what_went() -> None:
    old_cohort()
    keep_no_longer()
    noted = ModelLogEntry.objects.get(action="courses.kept_no_longer")
    assert noted.data == {"places": 1}


def test_mails_lose_their_words_after_ninety_days_and_cannot_be_sent_again() -> None:
    settled(make_cohort(), Attendee(NAME, ADA))
    send_due()
    OutboxMessage.objects.update(
        sent_at=timezone.now() - timedelta(days=91),
        created_at=timezone.now() - timedelta(days=91),
    )
    keep_no_longer()
    message = OutboxMessage.objects.filter(to=ADA).get()
    assert (message.text, message.html, message.attachments) == ("", "", [])
    resend(message=message)
    message.refresh_from_db()
    assert message.state == MessageState.SENT


def test_the_words_of_fresh_and_of_waiting_mails_stay() -> None:
    settled(make_cohort(), Attendee(NAME, ADA))
    send_due()
    waiting = OutboxMessage.objects.filter(to=ADA)
    waiting.update(state=MessageState.QUEUED, created_at=timezone.now() - timedelta(days=91))
    keep_no_longer()
    assert not OutboxMessage.objects.filter(text="").exists()


def test_other_things_go_by_their_rules() -> None:
    closed = make_enquiry(name=NAME, email=ADA, state="closed")
    Enquiry.objects.filter(pk=closed.pk).update(closed_at=timezone.now() - timedelta(days=366))
    make_enquiry(name="Bo", email="bo@x.example", state="closed")
    AskedQuestion.objects.create(day="2020-01-01", text="old", asked=1)
    AskedQuestion.objects.create(day=timezone.localdate(), text="new", asked=1)
    keep_no_longer()
    assert [each.name for each in Enquiry.objects.all()] == ["Bo"]
    assert [each.text for each in AskedQuestion.objects.all()] == ["new"]


def test_the_log_forgets_the_name_of_an_enquiry_that_went() -> None:
    make_ada()
    Enquiry.objects.update(state="closed", closed_at=timezone.now() - timedelta(days=366))
    keep_no_longer()
    assert [
        text for text in standing(NAME) if text.startswith("wagtailcore.ModelLogEntry.label")
    ] == []


def test_a_second_run_changes_nothing() -> None:
    old_cohort()
    make_enquiry(name=NAME, email=ADA, state="closed")
    Enquiry.objects.update(closed_at=timezone.now() - timedelta(days=366))
    first = keep_no_longer()
    assert first.total > 0
    before = [text for text in everything() if not text.startswith("privacy.Run")]
    assert keep_no_longer().total == 0
    assert [text for text in everything() if not text.startswith("privacy.Run")] == before


def test_a_dry_run_counts_and_changes_nothing(capsys: Any) -> None:
    old_cohort()
    before = list(everything())
    call_command("retention", "--dry-run")
    assert "      1  Who attended" in capsys.readouterr().out
    assert list(everything()) == before


def test_a_dry_run_counts_what_a_run_then_does() -> None:
    old_cohort()
    due = what_is_due()
    assert keep_no_longer().counts == due


def test_a_rule_that_fails_is_noted_and_stops_no_other(
    monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    old_cohort()

    def break_down(rows: object) -> None:
        raise DatabaseError(f"Key (email)=({ADA}) is wrong.")

    mails = RULES["mails"]
    broken = Rule(mails.name, mails.words, mails.due, break_down)
    monkeypatch.setitem(RULES, "mails", broken)
    with pytest.raises(CommandError, match="DatabaseError"):
        call_command("retention")
    assert Place.objects.get().name == ERASED
    run = Run.objects.get()
    assert (run.outcome, run.problems) == ("Part of it failed", {mails.words: "DatabaseError"})


AT_FOUR = datetime(2026, 12, 1, 4, tzinfo=UTC)


def test_it_runs_once_a_night() -> None:
    assert nightly(AT_FOUR) is not None
    assert nightly(AT_FOUR + timedelta(hours=1)) is None
    assert nightly(AT_FOUR + timedelta(days=1)) is not None
    assert nightly(AT_FOUR + timedelta(days=2, hours=-2)) is None
    assert Run.objects.count() == 2


def test_it_goes_through_thousands_of_rows_some_hundreds_at_a_time() -> None:
    booking = settled(past_cohort(months_ago=13, capacity=None), Attendee(NAME, ADA))
    made = [
        Place(booking=booking, cohort=booking.cohort, name="N", email=f"n{n}@x.example")
        for n in range(1_001)
    ]
    Place.objects.bulk_create(made)
    sizes: list[int] = []
    rule = RULES["places"]

    def forget(rows: Any) -> None:
        sizes.append(rows.count())
        rule.forget(rows)

    assert apply(Rule(rule.name, rule.words, rule.due, forget), timezone.now()) == 1_002
    assert max(sizes) <= 200
    assert not Place.objects.exclude(email__endswith=NOBODY).exists()


def test_neither_running_nor_failing_writes_a_name_into_the_log(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG, logger="")
    caplog.set_level(logging.INFO, logger="django.db")
    old_cohort()

    def break_down(rows: object) -> None:
        raise DatabaseError(f"Key (email)=({ADA}) is wrong.")

    mails = RULES["mails"]
    monkeypatch.setitem(RULES, "mails", Rule(mails.name, mails.words, mails.due, break_down))
    keep_no_longer()
    assert "failed" in caplog.text
    assert ADA not in caplog.text
    assert NAME not in caplog.text


@given(
    some.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2040, 1, 1)),
    some.integers(min_value=1, max_value=84),
)
def test_months_end_on_the_same_day_or_the_last_of_a_shorter_month(
    moment: datetime, months: int
) -> None:
    later = months_after(moment, months)
    assert (later.year - moment.year) * 12 + later.month - moment.month == months
    assert later.day == moment.day or (later + timedelta(days=1)).day == 1
    assert later.time() == moment.time()
