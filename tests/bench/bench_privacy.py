"""One person with very many rows, and a night with very many: memory must not grow with them."""

import tracemalloc
from collections.abc import Callable

from django.db import connection
from django.utils import timezone

from courses.enums import InvoiceState
from courses.models import Booking, OutboxMessage, Place
from courses.services import Attendee
from privacy.erasing import erase_person
from privacy.exporting import as_json, export_person
from privacy.retention import keep_no_longer
from tests.bench.frame import at_most, benchmark
from tests.factories import make_home
from tests.privacy.factories import ADA, NAME, book, past_cohort

FEW, MANY = 1_000, 10_000
LETTERS = "x" * 6_000  # a mail with headings has about as many


def make_mails(number: int, *, months_ago: int = 1) -> None:
    make_home()
    booking = book(past_cohort(months_ago=months_ago, capacity=None), Attendee(NAME, ADA))
    Booking.objects.update(invoice_state=InvoiceState.NOTHING)
    for start in range(0, number, 200):
        OutboxMessage.objects.bulk_create(
            OutboxMessage(
                kind="place",
                cohort=booking.cohort,
                booking=booking,
                to=ADA if place % 2 else f"somebody-{place}@school.example",
                subject="News",
                text=f"Hello {NAME},\n{ADA}",
                html=f"{LETTERS}{NAME}, {ADA}",
                state="sent",
                sent_at=timezone.now(),
            )
            for place in range(start, min(start + 200, number))
        )


def peak(work: Callable[[], object]) -> int:
    connection.queries_log.clear()
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def memory_ratio(work: Callable[[], object], *, months_ago: int = 1) -> float:
    """Ten times as many rows; the first of three times fills caches."""
    figures = []
    for number in (FEW // 10, FEW, MANY):
        make_mails(number, months_ago=months_ago)
        figures.append(peak(work))
        OutboxMessage.objects.all().delete()
        Place.objects.all().delete()
    return figures[2] / figures[1]


def erase() -> None:
    erase_person(address=ADA)


def export() -> None:
    for _ in as_json(ADA, export_person(address=ADA)):
        pass


@benchmark(at_most(1.5, "times the memory for ten times the rows"), databases=True)
def memory_of_erasing_10000_mails() -> float:
    return memory_ratio(erase)


@benchmark(at_most(2, "times the memory for ten times the rows"), databases=True)
def memory_of_exporting_10000_mails() -> float:
    return memory_ratio(export)


@benchmark(at_most(1.5, "times the memory for ten times the rows"), databases=True)
def memory_of_a_night_with_10000_mails() -> float:
    return memory_ratio(keep_no_longer, months_ago=14)
