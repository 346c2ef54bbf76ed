"""A booking: what an organisation ordered, by whom, at what price, with which consent."""

import secrets
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.urls import reverse

from courses.enums import BookingState, InvoiceState
from courses.money import money_words


def make_token() -> str:
    """256 bits: the address of a private page cannot be guessed."""
    return secrets.token_urlsafe(32)


REFERENCE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is read as another


def make_reference() -> str:
    return "OS-" + "".join(secrets.choice(REFERENCE_LETTERS) for _ in range(8))


class Booking(models.Model):
    reference = models.CharField(max_length=16, unique=True, default=make_reference)
    cohort = models.ForeignKey("courses.Cohort", on_delete=models.PROTECT, related_name="bookings")
    organisation = models.ForeignKey(
        "courses.Organisation", on_delete=models.PROTECT, related_name="bookings"
    )
    booker_name = models.CharField(max_length=120)
    booker_email = models.EmailField()
    claims_membership = models.BooleanField("says it pays dues", default=False)
    purchase_order = models.CharField(max_length=60, blank=True)
    amount = models.DecimalField(max_digits=8, decimal_places=2, default=Decimal("0.00"))
    currency = models.CharField(max_length=3, default="GBP")
    consent_version = models.CharField(max_length=20)
    state = models.CharField(
        max_length=12, choices=BookingState.choices, default=BookingState.BOOKED
    )
    token = models.CharField(max_length=64, unique=True, default=make_token, editable=False)
    idempotency_key = models.CharField(max_length=64, unique=True, editable=False)
    fingerprint = models.CharField(max_length=64, editable=False)
    invoice_state = models.CharField(
        max_length=12, choices=InvoiceState.choices, default=InvoiceState.NOTHING
    )
    invoice_number = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount__gte=0), name="no_booking_costs_less_than_nothing"
            ),
            models.CheckConstraint(
                condition=models.Q(state=BookingState.CANCELLED, cancelled_at__isnull=False)
                | models.Q(state=BookingState.BOOKED, cancelled_at__isnull=True),
                name="a_cancelled_booking_says_since_when",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def price_words(self) -> str:
        return money_words(self.amount, self.currency)

    @property
    def url(self) -> str:
        return reverse("courses:booking", args=[self.token])


class CreditNote(models.Model):
    """Money given back later: a place given up, or the price taken off the first year's dues.

    All notes of a booking together never exceed its amount: courses/services/invoices.py.
    """

    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="credits")
    amount = models.DecimalField(max_digits=8, decimal_places=2)
    reason = models.CharField(max_length=200)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount__gt=0), name="a_credit_note_gives_something_back"
            )
        ]

    def __str__(self) -> str:
        return f"{self.words} of {self.booking}"

    @property
    def words(self) -> str:
        return money_words(self.amount, self.booking.currency)
