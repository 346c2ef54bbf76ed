"""What the clients of test_race.py do with one invoice (see crowd.py)."""

import time
from collections import Counter
from decimal import Decimal
from functools import partial

from courses.enums import InvoiceState
from courses.models import Booking, Cohort, CreditNote
from courses.services.errors import CreditTooHigh
from courses.services.invoices import add_credit, credited, set_invoice_state
from tests.courses.factories import make_registration
from tests.courses.race import open_cohorts, outcome

AMOUNT = Decimal("60.00")


def open_invoice() -> int:
    """The booking of an invoice that was sent."""
    (cohort_id,) = open_cohorts(1)
    booking = make_registration(Cohort.objects.get(pk=cohort_id)).booking
    set_invoice_state(booking=booking, state=InvoiceState.SENT, number="1", by=None)
    return booking.pk


def how_often_it_fits(booking_id: int) -> int:
    return int(Booking.objects.get(pk=booking_id).amount // AMOUNT)


def contend(booking_id: int, way: str) -> Counter[str]:
    credit = check_then_add if way == "check, then add" else guarded
    return Counter([outcome(partial(credit, booking_id))])


def guarded(booking_id: int) -> None:
    booking = Booking.objects.get(pk=booking_id)
    add_credit(booking=booking, amount=AMOUNT, reason="Race", by=None)


def check_then_add(booking_id: int) -> None:
    """The fault this app must not have: look what is left, then credit it."""
    booking = Booking.objects.get(pk=booking_id)
    left = booking.amount - credited(booking)
    if left < AMOUNT:
        raise CreditTooHigh(left)
    time.sleep(0.05)
    CreditNote.objects.create(booking=booking, amount=AMOUNT, reason="Race")
