"""Mails to be sent: written with what they tell of, sent by the worker (ADR 0008)."""

from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.utils import timezone

from courses.enums import MessageKind, MessageState


def make_message_id() -> str:
    """Made once and kept, so that a mail sent again after a crash is seen to be the same."""
    return make_msgid(domain=urlsplit(settings.SITE_URL).hostname or "localhost")


class OutboxMessage(models.Model):
    kind = models.CharField(max_length=20, choices=MessageKind.choices)
    cohort = models.ForeignKey(
        "courses.Cohort", null=True, on_delete=models.SET_NULL, related_name="messages"
    )
    booking = models.ForeignKey(
        "courses.Booking", null=True, on_delete=models.SET_NULL, related_name="messages"
    )
    place = models.ForeignKey(
        "courses.Place", null=True, on_delete=models.SET_NULL, related_name="messages"
    )
    session = models.ForeignKey(
        "courses.Session", null=True, on_delete=models.SET_NULL, related_name="messages"
    )
    entry = models.ForeignKey(
        "courses.WaitingEntry", null=True, on_delete=models.SET_NULL, related_name="messages"
    )
    announcement = models.ForeignKey(
        "courses.Announcement", null=True, on_delete=models.SET_NULL, related_name="messages"
    )
    to = models.EmailField()
    reply_to = models.EmailField(blank=True)
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField()
    attachments = models.JSONField(
        default=list, help_text="Each with `name`, `subtype`, `method` and `content`."
    )
    key = models.CharField(
        max_length=120,
        blank=True,
        help_text="What may be told once only, such as a reminder; empty for the rest.",
    )
    message_id = models.CharField(max_length=200, unique=True, default=make_message_id)
    state = models.CharField(
        max_length=12, choices=MessageState.choices, default=MessageState.QUEUED
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    next_try = models.DateTimeField(default=timezone.now)
    not_after = models.DateTimeField(
        null=True, help_text="Told later than this it would be wrong: then it is dropped."
    )
    leased_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = "mail"
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=~models.Q(key=""), name="what_is_told_once_is_told_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["next_try"],
                condition=models.Q(state__in=[MessageState.QUEUED, MessageState.RETRYING]),
                name="outbox_due",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.pk}"

    @property
    def is_unwritten(self) -> bool:
        """Its words are written when it is first sent: courses/services/wording.py."""
        return not self.text and self.state not in MessageState.settled()

    @property
    def can_be_resent(self) -> bool:
        return self.state != MessageState.DROPPED and bool(self.text or self.is_unwritten)

    @property
    def words(self) -> str:
        return self.text or ("Written when it is sent." if self.is_unwritten else "Kept no longer.")
