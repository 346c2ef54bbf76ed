"""The reference that an organisation wants on its invoice."""

from typing import Any

from django.db import transaction

from courses.enums import BookingState, InvoiceState
from courses.models import Booking
from courses.services.errors import NothingToChange, TooLate
from courses.services.history import note
from courses.text import one_line


def change_purchase_order(*, booking: Booking, reference: str, by: Any = None) -> None:
    """Put another reference on a booking, or none. Raises TooLate once the invoice is sent, and
    NothingToChange if there is none to send, or the reference is this one already."""
    reference = one_line(reference)
    open_bookings = Booking.objects.filter(
        pk=booking.pk, state=BookingState.BOOKED, invoice_state=InvoiceState.REQUESTED
    )
    with transaction.atomic():
        changed = open_bookings.exclude(purchase_order=reference).update(purchase_order=reference)
        booking.refresh_from_db(fields=["purchase_order", "invoice_state", "state"])
        if not changed:
            refuse(booking)
        note("booking_changed", cohort=booking.cohort, by=by, booking=booking.pk)


def refuse(booking: Booking) -> None:
    sent = (InvoiceState.SENT, InvoiceState.PAID, InvoiceState.CREDITED)
    raise TooLate if booking.invoice_state in sent else NothingToChange
