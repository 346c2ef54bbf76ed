"""Confirmations: laid into the outbox bare, put into words when they are first sent."""

from typing import Any
from uuid import uuid4

import pytest
from django.core import mail

from courses.enums import MessageState
from courses.models import Booking, Cohort, OutboxMessage
from courses.services import (
    Attendee,
    cancel_booking,
    cancel_session,
    register,
    resend,
    send_due,
    swap_person,
)
from tests.courses.factories import make_order

pytestmark = pytest.mark.django_db


def book(cohort: Cohort, *emails: str) -> Booking:
    return register(cohort_id=cohort.pk, order=make_order(*emails), key=str(uuid4())).booking


def sent() -> list[tuple[str, str]]:
    return [(message.to[0], message.subject.partition(":")[0]) for message in mail.outbox]


def test_a_booking_is_made_without_writing_its_mails(cohort: Cohort) -> None:
    book(cohort)
    assert {each.text for each in OutboxMessage.objects.all()} == {""}
    send_due()
    assert len(mail.outbox) == 2
    for each, message in zip(OutboxMessage.objects.order_by("pk"), mail.outbox, strict=True):
        assert each.text == message.body != ""
        assert each.reply_to == cohort.programme.contact_email
        assert [part["name"] for part in each.attachments] == ["sessions.ics"]


def test_what_was_written_once_is_said_at_every_try(cohort: Cohort, settings: Any) -> None:
    book(cohort)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nobody listens there
    send_due()
    before = list(OutboxMessage.objects.order_by("pk").values_list("text", "state"))
    assert before[0][1] == MessageState.RETRYING
    Cohort.objects.filter(pk=cohort.pk).update(term="Another term")
    for each in OutboxMessage.objects.all():
        resend(message=each)
    send_due()
    assert [text for text, _ in before] == [
        each.text for each in OutboxMessage.objects.order_by("pk")
    ]


def test_it_says_what_is_true_when_it_is_sent(cohort: Cohort) -> None:
    book(cohort)
    cancel_session(session=cohort.dated[1], by=None)
    send_due()
    (place,) = OutboxMessage.objects.filter(kind="place")
    assert "CANCELLED" in place.text
    assert place.attachments[0]["content"].count("BEGIN:VEVENT") == 4


def test_a_booking_that_was_cancelled_meanwhile_is_not_confirmed(cohort: Cohort) -> None:
    booking = book(cohort)
    cancel_booking(booking=booking)
    send_due()
    assert sent() == [
        ("one@school.example", "Your place is cancelled"),
        (booking.booker_email, f"Your booking {booking.reference} is cancelled"),
    ]
    reasons = OutboxMessage.objects.filter(state=MessageState.DROPPED).order_by("pk")
    assert [each.last_error for each in reasons] == [
        "The booking was cancelled.",
        "The place was given up.",
    ]


def test_a_place_given_to_a_colleague_meanwhile_is_confirmed_to_the_colleague(
    cohort: Cohort,
) -> None:
    place = book(cohort).places.get()
    swap_person(place=place, person=Attendee("Colleague", "two@school.example"))
    send_due()
    assert sorted(sent()[1:]) == [
        ("one@school.example", "Your place is cancelled"),
        ("two@school.example", "Your place"),
    ]
    booker = mail.outbox[0].body
    assert "two@school.example" in booker
    assert "one@school.example" not in booker


def test_words_that_cannot_be_written_are_an_error_on_the_row_and_can_be_tried_again(
    cohort: Cohort, settings: Any
) -> None:
    book(cohort)
    whole = settings.TEMPLATES
    settings.TEMPLATES = [{**each, "DIRS": [], "APP_DIRS": False} for each in whole]
    assert send_due().failed == 2
    row = OutboxMessage.objects.get(kind="place")
    assert (row.state, row.text) == (MessageState.RETRYING, "")
    assert "TemplateDoesNotExist" in row.last_error
    OutboxMessage.objects.update(state=MessageState.FAILED)
    settings.TEMPLATES = whole
    for each in OutboxMessage.objects.all():
        assert resend(message=each)
    assert send_due().sent == 2
