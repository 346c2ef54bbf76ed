"""However much there is about somebody: questions to the database by the batch, not by the row."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses.enums import InvoiceState
from courses.models import Booking, OutboxMessage, Place
from courses.services import Attendee
from privacy.erasing import erase_person, what_is_held
from privacy.exporting import as_json, as_page, export_person
from privacy.finding import BATCH
from privacy.retention import keep_no_longer
from tests.privacy.factories import ADA, BO, NAME, book, past_cohort

pytestmark = pytest.mark.usefixtures("home")
QUESTIONS = 12  # at most for a batch: read, lock, change in each way, note
MANY = 4 * BATCH
BATCHES = 5 + 9  # of the places, and of the mails to two people


def asked_for(work: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as asked:
        work()
    return len(asked)


def make_many(number: int, *, months_ago: int = 1) -> None:
    """Places that were given up, mails to the person, and mails to others that name them."""
    booking = book(past_cohort(months_ago=months_ago, capacity=None), Attendee(NAME, ADA))
    Booking.objects.update(invoice_state=InvoiceState.NOTHING)
    now = timezone.now()
    Place.objects.bulk_create(
        Place(
            booking=booking,
            cohort=booking.cohort,
            name=NAME,
            email=ADA,
            state="cancelled",
            cancelled_at=now,
        )
        for _ in range(number)
    )
    OutboxMessage.objects.bulk_create(
        OutboxMessage(
            kind="place",
            cohort=booking.cohort,
            booking=booking,
            to=to,
            subject="News",
            text=f"Hello {NAME},\n{ADA}",
            html=f"<p>{NAME}, {ADA}</p>",
            state="sent",
            sent_at=now,
        )
        for to in (ADA, BO)
        for _ in range(number)
    )


@pytest.mark.parametrize(
    "work",
    [
        lambda: erase_person(address=ADA),
        lambda: what_is_held(ADA),
        lambda: list(as_json(ADA, export_person(address=ADA))),
        lambda: list(as_page(ADA, export_person(address=ADA))),
    ],
    ids=["erasing", "looking", "exporting as JSON", "exporting as a page"],
)
def test_what_is_done_with_a_person_asks_by_the_batch(work: Callable[[], object]) -> None:
    make_many(2)
    few = asked_for(work)
    Place.objects.all().delete()
    OutboxMessage.objects.all().delete()
    make_many(MANY)
    assert asked_for(work) - few <= QUESTIONS * BATCHES


def test_the_nightly_run_asks_by_the_batch() -> None:
    make_many(2, months_ago=14)
    few = asked_for(keep_no_longer)
    make_many(MANY, months_ago=14)
    assert asked_for(keep_no_longer) - few <= QUESTIONS * BATCHES
