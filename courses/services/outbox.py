"""Sending what lies in the outbox: leased, tried again, never lost (docs/adr/0008)."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.mime.text import MIMEText
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from typing import Any

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connections, transaction
from django.db.models import Q
from django.utils import timezone

from courses.enums import MessageKind, MessageState
from courses.models import OutboxMessage
from courses.services.staleness import useless
from courses.services.steps import step
from courses.services.wording import put_into_words
from courses.text import one_line
from courses.transitions import MESSAGE

logger = logging.getLogger(__name__)

DUE_STATES = (MessageState.QUEUED, MessageState.RETRYING)
LEASE = timedelta(minutes=3)  # longer than one mail can take, so that none is sent by two workers
BATCH = 20  # mails that one worker holds at a time
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
    sent: int = 0
    failed: int = 0
    dropped: int = 0

    def __add__(self, other: "Sweep") -> "Sweep":
        return Sweep(
            self.sent + other.sent, self.failed + other.failed, self.dropped + other.dropped
        )


SENT, FAILED, DROPPED, LEFT_ALONE = Sweep(sent=1), Sweep(failed=1), Sweep(dropped=1), Sweep()


def wake() -> None:
    """Have the worker send what is due now; what is due later goes with the clock's minute."""
    from courses.tasks import ask_for_sending  # the task calls this module

    ask_for_sending()


def send_due(*, now: datetime | None = None, limit: int = 500) -> Sweep:
    """Send every mail whose time has come. Safe to run in several workers at once."""
    sweep, connection = Sweep(), get_connection()
    while limit > 0:
        batch = lease(now or timezone.now(), min(BATCH, limit))
        for message in batch:
            sweep += handle(message, connection, now or timezone.now())
        limit -= len(batch)
        if not batch:
            break
    close_quietly(connection)
    return sweep


def due_messages(now: datetime) -> Any:
    free = Q(leased_until__isnull=True) | Q(leased_until__lte=now)
    return OutboxMessage.objects.filter(free, state__in=DUE_STATES, next_try__lte=now)


def lease(now: datetime, most: int) -> list[OutboxMessage]:
    """Take some mails for this worker; others pass over them until the lease ends.

    PostgreSQL passes over rows that another worker is just taking. SQLite lets one transaction
    write at a time, so that here nobody is between looking and taking either (docs/adr/0003).
    """
    skips = connections[OutboxMessage.objects.db].features.has_select_for_update_skip_locked
    with transaction.atomic():
        rows = due_messages(now).select_for_update(skip_locked=skips)
        batch = list(rows.order_by("next_try", "pk")[:most])
        until = now + LEASE
        OutboxMessage.objects.filter(pk__in=[each.pk for each in batch]).update(leased_until=until)
    for message in batch:
        message.leased_until = until
    return batch


def handle(message: OutboxMessage, connection: BaseEmailBackend, now: datetime) -> Sweep:
    """Send one leased mail, unless it was taken by another meanwhile or is of no use any more."""
    reason = useless(message, now)
    if reason:
        drop(message, reason)
        return DROPPED
    if not begin(message, now):
        return LEFT_ALONE
    return SENT if deliver(message, connection, now) else FAILED


def begin(message: OutboxMessage, now: datetime) -> bool:
    """Count the attempt before it is made, and hold on to the lease, in one conditional statement.

    False: a batch took so long that the lease ran out, and another worker has the mail.
    """
    held = OutboxMessage.objects.filter(
        pk=message.pk, state__in=DUE_STATES, leased_until=message.leased_until
    )
    message.leased_until, message.attempts = now + LEASE, message.attempts + 1
    return bool(held.update(leased_until=message.leased_until, attempts=message.attempts))


def deliver(message: OutboxMessage, connection: BaseEmailBackend, now: datetime) -> bool:
    """Send one mail and write down how it went; nothing that goes wrong stops the rest."""
    try:
        if message.is_unwritten:
            put_into_words(message)
        email_for(message, connection).send()
    except Exception as error:
        close_quietly(connection)
        note_failure(message, error, now)
        return False
    step(MESSAGE, message, MessageState.SENT, sent_at=now, leased_until=None, last_error="")
    return True


def drop(message: OutboxMessage, reason: str) -> None:
    step(MESSAGE, message, MessageState.DROPPED, leased_until=None, last_error=reason)


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
    changes = {
        "last_error": one_line(f"{type(error).__name__}: {error}")[:300],
        "next_try": now + wait,
        "leased_until": None,
    }
    if message.state == MessageState.RETRYING and not give_up:
        OutboxMessage.objects.filter(pk=message.pk, state=message.state).update(**changes)
    else:
        after = MessageState.FAILED if give_up else MessageState.RETRYING
        step(MESSAGE, message, after, **changes)
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


def keep_in_order(cohort_id: int) -> None:
    """Before a mail is written that corrects earlier ones: those that failed so far are tried in
    step with it, so that nobody hears the old after the new."""
    waiting = unsent(cohort_id).filter(state=MessageState.RETRYING)
    waiting.update(attempts=0, next_try=timezone.now())


def drop_unsent(*, cohort_id: int, reason: str) -> int:
    """What told of a cohort that is called off now would be wrong. Returns how many go."""
    stale = unsent(cohort_id).filter(kind__in=STALE_WHEN_CALLED_OFF)
    return int(stale.update(state=MessageState.DROPPED, last_error=reason))


def resend(*, message: OutboxMessage) -> bool:
    """Send a mail again because a person asked for it: same words, same Message-ID.

    False: it was dropped, because what it says is not true any more; or its words are kept no
    longer.
    """
    rows = OutboxMessage.objects.filter(pk=message.pk).exclude(state=MessageState.DROPPED)
    again = rows.exclude(text="", state=MessageState.SENT).update(
        state=MessageState.QUEUED, attempts=0, next_try=timezone.now(), leased_until=None
    )
    transaction.on_commit(wake)
    return bool(again)
