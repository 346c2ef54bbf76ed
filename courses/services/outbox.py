"""Sending what lies in the outbox: leased, tried again, never lost (docs/adr/0008)."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.mime.text import MIMEText
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from typing import Any

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from courses.enums import MessageKind, MessageState
from courses.models import OutboxMessage
from courses.text import one_line

logger = logging.getLogger(__name__)

DUE_STATES = (MessageState.QUEUED, MessageState.RETRYING)
LEASE = timedelta(minutes=3)  # longer than one mail can take, so that none is sent by two workers
BACK_OFF = [timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 20, 40, 80, 160, 360)]
STALE_WHEN_CALLED_OFF = (
    MessageKind.PLACE,
    MessageKind.BOOKING,
    MessageKind.REPEATED,
    MessageKind.WAITING,
    MessageKind.OFFER,
    MessageKind.OPENING_NOTED,
    MessageKind.OPENING,
    MessageKind.REMINDER,
    MessageKind.SESSION_MOVED,
    MessageKind.SESSION_CANCELLED,
)
MOST_ATTEMPTS = 30  # six days of trying; then a person must look
PERMANENT = 500  # SMTP answers from here on say: do not try again


@dataclass(frozen=True, slots=True)
class Sweep:
    sent: int
    failed: int


def wake() -> None:
    """Have the worker send what is due now; what is due later goes with the clock's minute."""
    from courses.tasks import send_outbox  # the task calls this module

    send_outbox.enqueue()


def send_due(*, now: datetime | None = None, limit: int = 500) -> Sweep:
    """Send every mail whose time has come. Safe to run in several workers at once."""
    now = now or timezone.now()
    due = due_messages(now).order_by("next_try", "pk").values_list("pk", flat=True)
    sent = failed = 0
    connection: Any = None
    for pk in list(due[:limit]):
        message = lease(pk, now)
        if message is None:
            continue
        connection = connection or get_connection()
        ok = deliver(message, connection, now)
        sent, failed = sent + ok, failed + (not ok)
    close_quietly(connection)
    return Sweep(sent, failed)


def due_messages(now: datetime) -> Any:
    free = Q(leased_until__isnull=True) | Q(leased_until__lte=now)
    return OutboxMessage.objects.filter(free, state__in=DUE_STATES, next_try__lte=now)


def lease(pk: int, now: datetime) -> OutboxMessage | None:
    """Take one mail for this worker in one conditional statement; None if another has it."""
    until = timezone.now() + LEASE
    taken = due_messages(now).filter(pk=pk).update(leased_until=until, attempts=F("attempts") + 1)
    return OutboxMessage.objects.get(pk=pk) if taken else None


def deliver(message: OutboxMessage, connection: BaseEmailBackend, now: datetime) -> bool:
    """Send one leased mail and write down how it went; nothing that goes wrong stops the rest."""
    try:
        email_for(message, connection).send()
    except Exception as error:
        close_quietly(connection)
        note_failure(message, error, now)
        return False
    OutboxMessage.objects.filter(pk=message.pk).update(
        state=MessageState.SENT, sent_at=timezone.now(), leased_until=None, last_error=""
    )
    return True


def email_for(message: OutboxMessage, connection: BaseEmailBackend) -> EmailMultiAlternatives:
    email = EmailMultiAlternatives(
        subject=one_line(message.subject),
        body=message.text,
        to=[message.to],
        reply_to=[message.reply_to] if message.reply_to else None,
        headers={"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"},
        connection=connection,
    )
    email.attach_alternative(message.html, "text/html")
    for attachment in message.attachments:
        part = MIMEText(attachment["content"], attachment["subtype"], "utf-8")
        part.set_param("method", attachment["method"])
        part.add_header("Content-Disposition", "attachment", filename=attachment["name"])
        email.attach(part)
    return email


def note_failure(message: OutboxMessage, error: Exception, now: datetime) -> None:
    """Back off, or give up and ask for a person; the log names the row, never the address."""
    give_up = is_permanent(error) or message.attempts >= MOST_ATTEMPTS
    wait = BACK_OFF[min(message.attempts, len(BACK_OFF)) - 1]
    OutboxMessage.objects.filter(pk=message.pk).update(
        state=MessageState.FAILED if give_up else MessageState.RETRYING,
        last_error=one_line(f"{type(error).__name__}: {error}")[:300],
        next_try=now + wait,
        leased_until=None,
    )
    logger.warning("mail %s not sent: %s", message.pk, type(error).__name__)


def is_permanent(error: Exception) -> bool:
    """Whether the server said that it will never take this mail."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= PERMANENT for code, _ in error.recipients.values())
    return isinstance(error, SMTPResponseException) and error.smtp_code in (550, 552, 553, 554)


def close_quietly(connection: Any) -> None:
    """A broken connection must not be used for the next mail, nor break the sweep."""
    if connection is None:
        return
    try:
        connection.close()
    except OSError as error:
        logger.info("mail connection did not close: %s", type(error).__name__)


def unsent(cohort_id: int) -> Any:
    """Mails of a cohort that nobody has begun to send."""
    rows = OutboxMessage.objects.filter(cohort=cohort_id, state__in=DUE_STATES)
    return rows.filter(leased_until__isnull=True)


def drop_unsent(*, cohort_id: int, reason: str) -> int:
    """What told of a cohort that is called off now would be wrong. Returns how many go."""
    stale = unsent(cohort_id).filter(kind__in=STALE_WHEN_CALLED_OFF)
    return int(stale.update(state=MessageState.DROPPED, last_error=reason))


def resend(*, message: OutboxMessage) -> None:
    """Send a mail again because a person asked for it: same words, same Message-ID."""
    OutboxMessage.objects.filter(pk=message.pk).update(
        state=MessageState.QUEUED, attempts=0, next_try=timezone.now(), leased_until=None
    )
    transaction.on_commit(wake)
