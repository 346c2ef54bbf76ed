"""Enquiries: what readers ask for, with a state that staff can see."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.utils import timezone

MAX_MESSAGE = 4000
KEPT_AFTER_CLOSING = timedelta(days=365)
KEPT_OPEN = timedelta(days=730)


class EnquiryKind(models.TextChoices):
    VISIT = "visit", "Visit a school"
    PARTNERSHIP = "partnership", "Partnership support"
    INVOLVEMENT = "involvement", "Get involved in the community"
    OTHER = "other", "Something else"


class Enquiry(models.Model):
    class State(models.TextChoices):
        NEW = "new", "New"
        ANSWERED = "answered", "Answered"
        CLOSED = "closed", "Closed"

    kind = models.CharField("about", max_length=20, choices=EnquiryKind)
    name = models.CharField(max_length=120)
    email = models.EmailField("e-mail", max_length=200)
    school = models.CharField("school or organisation", max_length=160, blank=True)
    message = models.TextField(max_length=MAX_MESSAGE)
    about = models.ForeignKey(
        "wagtailcore.Page",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="page it came from",
    )
    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    note = models.TextField(blank=True, help_text="For colleagues only; the sender never sees it.")
    form_token = models.UUIDField(unique=True, editable=False)
    created_at = models.DateTimeField("received", default=timezone.now, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    told_at = models.DateTimeField("colleagues told", null=True, blank=True, editable=False)
    telling_failed = models.CharField(
        "why it was not sent", max_length=300, blank=True, editable=False
    )

    class Meta:
        verbose_name = "enquiry"
        verbose_name_plural = "enquiries"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "-created_at"], name="enquiries_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="closed", closed_at__isnull=False)
                | (~models.Q(state="closed") & models.Q(closed_at__isnull=True)),
                name="closed_means_closed_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The time of closing follows the state, so that old enquiries can be forgotten."""
        if self.state == self.State.CLOSED:
            self.closed_at = self.closed_at or timezone.now()
        else:
            self.closed_at = None
        super().save(*args, **kwargs)

    @property
    def kept_until(self) -> datetime:
        """Then it is deleted by itself; closing it, or opening it again, moves the day."""
        if self.closed_at:
            return self.closed_at + KEPT_AFTER_CLOSING
        return self.created_at + KEPT_OPEN

    @property
    def mail_state(self) -> str:
        if self.telling_failed:
            return f"Not sent: {self.telling_failed}"
        if self.told_at is None:
            return "Not sent yet"
        return f"Sent {timezone.localtime(self.told_at):%-d %b, %H:%M}"
