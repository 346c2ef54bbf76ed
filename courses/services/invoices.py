"""Money: the invoice of a booking and its states, credit notes, corrected prices."""

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Sum

from courses.enums import BookingState, InvoiceState
from courses.models import Booking, Cohort, CreditNote, Organisation
from courses.money import NOTHING
from courses.services.confirmations import write_booking_changed
from courses.services.errors import CreditTooHigh, NothingToChange
from courses.services.history import note
from courses.services.outbox import wake
from courses.services.steps import step
from courses.text import one_line
from courses.transitions import INVOICE

NOT_SENT = (InvoiceState.NOTHING, InvoiceState.REQUESTED)
CREDITABLE = (InvoiceState.SENT, InvoiceState.PAID)


def set_invoice_state(*, booking: Booking, state: InvoiceState, number: str = "", by: Any) -> None:
    """Sent, with its number, or paid. The rest follows from prices and credit notes.

    Raises NothingToChange: it is there already, or cannot come there.
    """
    number = one_line(number)
    if state not in CREDITABLE or (state == InvoiceState.SENT and not number):
        raise NothingToChange
    fields = {"invoice_number": number} if number else {}
    with transaction.atomic():
        if not step(INVOICE, booking, state, **fields):
            raise NothingToChange
        note("invoice_changed", cohort=booking.cohort, by=by, booking=booking.pk, state=str(state))


def credited(booking: Booking) -> Decimal:
    total: Decimal | None = booking.credits.aggregate(total=Sum("amount"))["total"]
    return total or NOTHING


def add_credit(*, booking: Booking, amount: Decimal, reason: str, by: Any) -> CreditNote:
    """Give back part of what was invoiced, or all of it: then the invoice is credited in full.

    The booking's row is locked: of two at once the second sees the first. Raises CreditTooHigh,
    or NothingToChange where no invoice was sent: there the price itself is corrected.
    """
    with transaction.atomic():
        booking = locked(booking)
        if booking.invoice_state not in CREDITABLE:
            raise NothingToChange
        left = booking.amount - credited(booking)
        if not NOTHING < amount <= left:
            raise CreditTooHigh(left)
        made = CreditNote.objects.create(
            booking=booking, amount=amount, reason=one_line(reason), made_by=by
        )
        if amount == left:
            step(INVOICE, booking, InvoiceState.CREDITED)
        note("credit_made", cohort=booking.cohort, by=by, booking=booking.pk, amount=str(amount))
    return made


def correct_price(*, booking: Booking, amount: Decimal, by: Any) -> None:
    """Another price, as long as no invoice was sent; the booker gets a mail with it.

    Raises NothingToChange.
    """
    with transaction.atomic():
        booking = locked(booking)
        before = booking.amount
        is_open = booking.state == BookingState.BOOKED and booking.invoice_state in NOT_SENT
        if not is_open or amount == before or amount < NOTHING:
            raise NothingToChange
        Booking.objects.filter(pk=booking.pk).update(amount=amount)
        booking.amount = amount
        step(INVOICE, booking, InvoiceState.REQUESTED if amount else InvoiceState.NOTHING)
        words = {"before": str(before), "after": str(amount)}
        note("price_corrected", cohort=booking.cohort, by=by, booking=booking.pk, **words)
        write_booking_changed(cohort=booking.cohort, booking=booking)
        transaction.on_commit(wake)


def check_membership(*, booking: Booking, is_member: bool, by: Any) -> bool:
    """An organiser has looked whether the organisation pays dues.

    The price of this booking follows while no invoice was sent; of other bookings it stays.
    Returns whether the price has changed.
    """
    with transaction.atomic():
        Organisation.objects.filter(pk=booking.organisation_id).update(is_member=is_member)
        words = {"is_member": is_member}
        note("membership_checked", cohort=booking.cohort, by=by, booking=booking.pk, **words)
        try:
            correct_price(
                booking=booking, amount=booking.cohort.price.due_from(is_member=is_member), by=by
            )
        except NothingToChange:
            return False
    return True


def locked(booking: Booking) -> Booking:
    """As it is now, and as it stays until this transaction ends."""
    row = Booking.objects.select_for_update(of=("self",)).select_related("organisation")
    found = row.get(pk=booking.pk)
    related = Cohort.objects.select_related("price", "version", "programme").with_sessions()
    found.cohort = related.get(pk=found.cohort_id)
    return found
