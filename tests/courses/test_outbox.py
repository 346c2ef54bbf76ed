import smtplib
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, transaction
from django.utils import timezone
from icalendar import Calendar

from courses.enums import MessageState
from courses.models import Cohort, OutboxMessage, Place
from courses.services import (
    Attendee,
    Sweep,
    cancel_place,
    join_waiting_list,
    leave_list,
    move_session,
    resend,
    send_due,
    swap_person,
)
from courses.services.outbox import LEASE, MOST_ATTEMPTS, begin, handle, lease
from courses.when import moment_words
from tests.courses.factories import make_registration


class Refusing(EmailBackend):
    """A mail server that answers with `error`, but for addresses it likes."""

    error: Exception = ConnectionRefusedError("nobody there")
    likes: tuple[str, ...] = ()

    def send_messages(self, messages: Any) -> int:
        if messages[0].to[0] not in self.likes:
            raise self.error
        return super().send_messages(messages)

    def close(self) -> None:
        raise OSError("already gone")


@pytest.fixture
def refusing(settings: Any) -> Iterator[type[Refusing]]:
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    yield Refusing
    Refusing.error, Refusing.likes = ConnectionRefusedError("nobody there"), ()


def test_nothing_is_sent_before_the_booking_is_committed(
    cohort: Cohort, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        make_registration(cohort)
        assert not mail.outbox
    assert [message.to for message in mail.outbox] == [
        ["office@school.example"],
        ["one@school.example"],
    ]


def test_a_mail_goes_out_once(cohort: Cohort) -> None:
    make_registration(cohort)
    assert send_due().sent == 2
    assert send_due().sent == 0
    assert set(OutboxMessage.objects.values_list("state", flat=True)) == {MessageState.SENT}


def test_a_mail_carries_its_own_message_id_and_says_that_a_machine_wrote_it(
    cohort: Cohort,
) -> None:
    make_registration(cohort)
    send_due()
    written = OutboxMessage.objects.get(kind="place")
    sent = mail.outbox[1].message()
    assert sent["Message-ID"] == written.message_id
    assert sent["Auto-Submitted"] == "auto-generated"


def test_a_persons_mail_holds_every_session_with_its_link_and_the_calendar(
    cohort: Cohort,
) -> None:
    make_registration(cohort)
    send_due()
    message = mail.outbox[1]
    assert isinstance(message, EmailMultiAlternatives)
    html = str(message.alternatives[0][0])
    for session in cohort.dated:
        assert session.joining_link in message.body
        assert session.joining_link in html
        assert f"{timezone.localtime(session.starts_at):%A %-d %B %Y}" in message.body
    part = [part for part in message.message().walk() if part.get_content_subtype() == "calendar"]
    assert part[0].get_param("method") == "PUBLISH"
    assert part[0].get_filename() == "sessions.ics"
    calendar = Calendar.from_ical(part[0].get_payload(decode=True))
    assert len(calendar.walk("VEVENT")) == 5


def test_neither_the_bookers_mail_nor_the_calendar_holds_a_joining_link(cohort: Cohort) -> None:
    make_registration(cohort)
    booker = OutboxMessage.objects.get(kind="booking")
    assert "zoom.example" not in f"{booker.text}{booker.html}{booker.attachments}"
    assert "zoom.example" not in str(OutboxMessage.objects.get(kind="place").attachments)


def test_a_bookers_mail_names_everybody_the_price_and_the_reference(cohort: Cohort) -> None:
    booking = make_registration(cohort, "one@school.example", "two@school.example").booking
    text = OutboxMessage.objects.get(kind="booking").text
    for words in ("one@school.example", "two@school.example", "£500", booking.reference, "PO 12"):
        assert words in text
    assert booking.token in text


def test_a_mail_loads_nothing_from_anywhere(cohort: Cohort) -> None:
    make_registration(cohort)
    for html in OutboxMessage.objects.values_list("html", flat=True):
        assert "<img" not in html
        assert "src=" not in html
        assert "url(" not in html


def test_a_refused_mail_stands_with_its_error_and_is_tried_again_later(
    cohort: Cohort, refusing: type[Refusing]
) -> None:
    make_registration(cohort)
    now = timezone.now()
    assert send_due(now=now).failed == 2
    message = OutboxMessage.objects.get(kind="place")
    assert message.state == MessageState.RETRYING
    assert "nobody there" in message.last_error
    assert message.next_try > now
    assert send_due(now=now).failed == 0
    refusing.likes = ("one@school.example", "office@school.example")
    assert send_due(now=now + timedelta(minutes=2)).sent == 2


def test_one_bad_address_does_not_stop_the_others(cohort: Cohort, refusing: type[Refusing]) -> None:
    refusing.likes = ("one@school.example",)
    make_registration(cohort)
    sweep = send_due()
    assert (sweep.sent, sweep.failed) == (1, 1)


def test_waiting_grows_with_each_try_and_ends_with_a_person(
    cohort: Cohort, refusing: type[Refusing]
) -> None:
    make_registration(cohort)
    OutboxMessage.objects.filter(kind="booking").delete()
    waits, now = [], timezone.now() + timedelta(minutes=1)
    for _ in range(MOST_ATTEMPTS):
        send_due(now=now)
        message = OutboxMessage.objects.get()
        waits.append(message.next_try - now)
        now = message.next_try
    assert waits[:3] == [timedelta(minutes=minutes) for minutes in (1, 2, 5)]
    assert max(waits) == timedelta(hours=6)
    assert message.state == MessageState.FAILED
    assert send_due(now=now + timedelta(days=9)).failed == 0


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (smtplib.SMTPRecipientsRefused({"x": (550, b"no such box")}), MessageState.FAILED),
        (smtplib.SMTPRecipientsRefused({"x": (450, b"come back")}), MessageState.RETRYING),
        (smtplib.SMTPDataError(554, b"spam"), MessageState.FAILED),
        (smtplib.SMTPDataError(451, b"busy"), MessageState.RETRYING),
        (smtplib.SMTPServerDisconnected("gone"), MessageState.RETRYING),
    ],
)
def test_an_answer_that_will_not_change_asks_for_a_person_at_once(
    cohort: Cohort, refusing: type[Refusing], error: Exception, state: MessageState
) -> None:
    refusing.error = error
    make_registration(cohort)
    send_due()
    assert OutboxMessage.objects.get(kind="place").state == state


def test_a_mail_sent_again_by_hand_keeps_its_identity(
    cohort: Cohort, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    make_registration(cohort)
    send_due()
    message = OutboxMessage.objects.get(kind="place")
    with django_capture_on_commit_callbacks(execute=True):
        resend(message=message)
    assert [sent.message()["Message-ID"] for sent in mail.outbox].count(message.message_id) == 2


def test_two_workers_never_hold_the_same_mail(cohort: Cohort) -> None:
    make_registration(cohort)
    now = timezone.now()
    (held,) = lease(now, 1)
    (other,) = lease(now, 5)
    assert held.pk != other.pk
    assert lease(now, 5) == []
    assert send_due(now=now).sent == 0


def test_a_mail_whose_worker_died_is_sent_by_the_next(cohort: Cohort) -> None:
    make_registration(cohort)
    now = timezone.now()
    lease(now, 1)
    assert send_due(now=now).sent == 1
    assert send_due(now=now + LEASE + timedelta(minutes=1)).sent == 1


def test_a_worker_that_was_too_slow_leaves_the_mail_to_who_has_it_now(cohort: Cohort) -> None:
    make_registration(cohort)
    now = timezone.now()
    (slow,) = lease(now, 1)
    (quick,) = [each for each in lease(now + LEASE, 2) if each.pk == slow.pk]
    connection = mail.get_connection()
    assert handle(quick, connection, now) == Sweep(sent=1)
    assert handle(slow, connection, now) == Sweep()
    assert len(mail.outbox) == 1


def test_an_attempt_that_kills_the_worker_is_counted(cohort: Cohort) -> None:
    make_registration(cohort)
    (message,) = lease(timezone.now(), 1)
    assert begin(message, timezone.now())
    assert OutboxMessage.objects.get(pk=message.pk).attempts == 1


def test_what_is_of_no_use_any_more_is_dropped_with_the_reason(cohort: Cohort) -> None:
    make_registration(cohort)
    ends = timezone.now() + timedelta(hours=1)
    OutboxMessage.objects.update(not_after=ends)
    assert send_due(now=ends) == Sweep(dropped=2)
    assert not mail.outbox
    for message in OutboxMessage.objects.all():
        assert message.state == MessageState.DROPPED
        assert message.last_error == f"It was of use until {moment_words(ends)} only."


def test_a_dropped_mail_cannot_be_sent_again_by_hand(cohort: Cohort) -> None:
    make_registration(cohort)
    OutboxMessage.objects.update(not_after=timezone.now())
    send_due()
    assert not resend(message=OutboxMessage.objects.all()[0])
    assert send_due() == Sweep()


def test_an_offer_that_was_declined_before_its_mail_went_out_is_not_made(cohort: Cohort) -> None:
    Cohort.objects.filter(pk=cohort.pk).update(capacity=1)
    make_registration(cohort)
    person = Attendee("Waiter", "waits@school.example")
    entry = join_waiting_list(cohort_id=cohort.pk, person=person, consent_version="2026-11")
    assert entry
    cancel_place(place=Place.objects.get())
    leave_list(entry=entry)
    send_due()
    assert OutboxMessage.objects.get(kind="offer").state == MessageState.DROPPED


def test_a_mail_that_failed_before_a_session_moved_goes_out_before_the_one_that_says_so(
    cohort: Cohort, refusing: type[Refusing]
) -> None:
    make_registration(cohort)
    for hours in range(5):
        send_due(now=timezone.now() + timedelta(hours=hours))
    session = cohort.dated[0]
    starts = session.starts_at + timedelta(days=1)
    move_session(session=session, starts_at=starts, ends_at=starts + LEASE, by=None)
    send_due()  # both fail once more, in step
    refusing.likes = ("one@school.example", "office@school.example")
    for minutes in range(5):
        send_due(now=timezone.now() + timedelta(minutes=minutes))
    to_person = [sent.subject for sent in mail.outbox if sent.to == ["one@school.example"]]
    assert [subject.split(":")[0] for subject in to_person] == [
        "Your place",
        "A session has moved",
    ]


def test_what_may_be_told_once_is_refused_a_second_time(cohort: Cohort) -> None:
    make_registration(cohort)
    first, second = OutboxMessage.objects.all()
    OutboxMessage.objects.filter(pk=first.pk).update(key="reminder:1")
    with pytest.raises(IntegrityError), transaction.atomic():
        OutboxMessage.objects.filter(pk=second.pk).update(key="reminder:1")


def test_no_mail_about_training_offers_to_unsubscribe(cohort: Cohort) -> None:
    """They are no news: somebody with a place must be told of a moved session."""
    make_registration(cohort)
    send_due()
    assert mail.outbox
    assert not any("unsubscribe" in str(sent.message()).lower() for sent in mail.outbox)


def test_no_address_is_written_to_the_log(
    cohort: Cohort, refusing: type[Refusing], caplog: pytest.LogCaptureFixture
) -> None:
    refusing.error = smtplib.SMTPRecipientsRefused({"one@school.example": (550, b"no")})
    with caplog.at_level("DEBUG", logger="courses"):
        make_registration(cohort)
        send_due()
    assert "SMTPRecipientsRefused" in caplog.text
    assert "school.example" not in caplog.text


@pytest.mark.parametrize("how", ["cancelled", "swapped"])
def test_a_confirmation_that_failed_is_not_sent_once_the_place_is_not_theirs(
    cohort: Cohort, refusing: type[Refusing], how: str
) -> None:
    """After an hour without a mail server: who gave the place up gets no joining links, and does
    not hear of the place after hearing that it is gone."""
    place = make_registration(cohort).booking.places.get()
    now = timezone.now()
    assert send_due(now=now).failed == 2
    if how == "cancelled":
        cancel_place(place=place)
    else:
        swap_person(place=place, person=Attendee("Next", "next@school.example"))
    refusing.likes = ("one@school.example", "office@school.example", "next@school.example")
    send_due(now=now + timedelta(hours=1))
    told = [str(sent.body) for sent in mail.outbox if sent.to == ["one@school.example"]]
    assert len(told) == 1
    assert "zoom.example" not in told[0]
    assert not OutboxMessage.objects.filter(kind="place", to="one@school.example", state="sent")
