"""A place on a cohort: one named person of a booking."""

import hashlib

from django.db import models
from django.urls import reverse

from courses.enums import PlaceState
from courses.models.bookings import make_token


class Place(models.Model):
    """Its cohort is the booking's until its person moves to another.

    A place that is moved keeps its row, and so its private address. A place whose name is swapped
    gets a new address: the person before must not open the page of the person after.
    """

    booking = models.ForeignKey("courses.Booking", on_delete=models.PROTECT, related_name="places")
    cohort = models.ForeignKey("courses.Cohort", on_delete=models.PROTECT, related_name="places")
    name = models.CharField(max_length=120)
    email = models.EmailField(help_text="Kept in small letters.")
    state = models.CharField(max_length=12, choices=PlaceState.choices, default=PlaceState.BOOKED)
    token = models.CharField(max_length=64, unique=True, default=make_token, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=PlaceState.CANCELLED, cancelled_at__isnull=False)
                | ~models.Q(state=PlaceState.CANCELLED) & models.Q(cancelled_at__isnull=True),
                name="a_cancelled_place_says_since_when",
            ),
            models.UniqueConstraint(
                fields=["cohort", "email"],
                condition=models.Q(state=PlaceState.BOOKED),
                name="a_person_has_one_place_on_a_cohort",
            ),
        ]

    def __str__(self) -> str:
        return f"Place {self.pk}"

    @property
    def url(self) -> str:
        return reverse("courses:booking", args=[self.token])

    @property
    def holder(self) -> str:
        """Whose place it is and where, in a few letters. A form that was open meanwhile sends back
        what it showed: so it never changes the place of somebody else."""
        shown = f"{self.name} {self.email} {self.cohort_id}"
        return hashlib.sha256(shown.encode()).hexdigest()[:12]
