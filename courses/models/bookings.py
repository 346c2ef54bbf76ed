"""A booking: what an organisation ordered, by whom, at what price, with which consent."""

import secrets
from decimal import Decimal

from django.db import models
from django.urls import reverse

from courses.enums import BookingState
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
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount__gte=0), name="no_booking_costs_less_than_nothing"
            )
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def price_words(self) -> str:
        return money_words(self.amount, self.currency)

    @property
    def url(self) -> str:
        return reverse("courses:booking", args=[self.token])
