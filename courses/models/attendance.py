"""Who came to a session, and the certificate of what they attended."""

import secrets

from django.conf import settings
from django.db import models
from django.urls import reverse

from courses.enums import AttendanceState
from courses.models.bookings import REFERENCE_LETTERS


class Attendance(models.Model):
    """No row: nobody has said yet whether they came."""

    session = models.ForeignKey(
        "courses.Session", on_delete=models.CASCADE, related_name="attendance"
    )
    place = models.ForeignKey("courses.Place", on_delete=models.CASCADE, related_name="attendance")
    state = models.CharField(max_length=12, choices=AttendanceState.choices)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    noted_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "place"], name="one_person_attends_a_session_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()}, place {self.place_id}"


def make_code() -> str:
    """100 bits, in letters that can be read out and typed: it opens the certificate's page."""
    letters = "".join(secrets.choice(REFERENCE_LETTERS) for _ in range(20))
    return "-".join(letters[at : at + 5] for at in range(0, 20, 5))


class Certificate(models.Model):
    """What was certified stays as it was written, whatever is corrected afterwards."""

    place = models.OneToOneField(
        "courses.Place", null=True, on_delete=models.SET_NULL, related_name="certificate"
    )
    code = models.CharField(max_length=32, unique=True, default=make_code, editable=False)
    name = models.CharField(max_length=120, help_text="Empty when its person was erased.")
    programme = models.CharField(max_length=160)
    cohort = models.CharField(max_length=160)
    minutes = models.PositiveIntegerField()
    sessions = models.JSONField(default=list, help_text="Each with `day`, `title` and `minutes`.")
    issued_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(minutes__gt=0), name="a_certificate_certifies_something"
            )
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def url(self) -> str:
        return reverse("courses:certificate", args=[self.code])
