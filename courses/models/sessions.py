"""A dated session of a cohort, with the link that only its people may see."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils import timezone
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from courses.enums import SessionState

TOLD = ("starts_at", "ends_at", "part_id", "state")  # what stands in people's calendars


class Session(models.Model):
    cohort = ParentalKey("courses.Cohort", on_delete=models.CASCADE, related_name="sessions")
    part = models.ForeignKey(
        "courses.ProgrammePart", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    starts_at = models.DateTimeField("starts")
    ends_at = models.DateTimeField("ends")
    zone = models.CharField(
        max_length=40, default="Europe/London", choices=[("Europe/London", "London time")]
    )
    joining_link = models.CharField(
        max_length=500,
        blank=True,
        validators=[URLValidator(schemes=["https", "http"])],
        help_text="Only people with a place see it: in their mail, and on their own page from"
        " 24 hours before.",
    )
    facilitator = models.CharField(max_length=160, blank=True)
    state = models.CharField(
        max_length=12,
        choices=SessionState.choices,
        default=SessionState.PLANNED,
        editable=False,
    )
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    panels = [
        FieldPanel("state", read_only=True),
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
        FieldPanel("part"),
        FieldPanel("joining_link"),
        FieldPanel("facilitator"),
    ]

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="a_session_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A change of what calendars hold raises the sequence, so that calendars take it over."""
        stored = Session.objects.filter(pk=self.pk).values(*TOLD, "sequence", "changed_at").first()
        if stored:
            changed = any(stored[name] != getattr(self, name) for name in TOLD)
            self.sequence = stored["sequence"] + changed
            self.changed_at = timezone.now() if changed else stored["changed_at"]
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": "A session ends after it starts."})
