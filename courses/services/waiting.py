"""Leaving an address: to wait for a place, or to be told when registration opens."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from courses.enums import CohortState, MessageKind, WaitingKind, WaitingState
from courses.models import Cohort, OutboxMessage, WaitingEntry
from courses.services.again import again
from courses.services.confirmations import write_listed, write_offer, write_opening
from courses.services.errors import ListClosed
from courses.services.orders import Attendee
from courses.services.outbox import DUE_STATES, wake
from courses.services.seats import lock_cohort

ONE_MAIL_IN = timedelta(days=1)  # to who joins again, or is joined again by a stranger
ABOUT_IT = (MessageKind.WAITING, MessageKind.OPENING_NOTED, MessageKind.OFFER)
KINDS = {CohortState.WAITING: WaitingKind.PLACE, CohortState.SOON: WaitingKind.OPENING}


@again
def join_waiting_list(
    *,
    cohort_id: int,
    person: Attendee,
    organisation: str = "",
    consent_version: str,
    now: datetime | None = None,
) -> WaitingEntry:
    """Put a person at the end of the list, with a mail that says so. Raises ListClosed.

    Whoever is on it already keeps their turn: the new entry is `REPEATED`, and the mail leads to
    the first. The view answers both alike, and so do all numbers that readers see, so that nobody
    who joins others learns who is on the list (docs/adr/0016). Where registration opens only later
    there are no numbers, and the first entry is returned.
    """
    person, now = person.cleaned(), now or timezone.now()
    with transaction.atomic():
        cohort = lock_cohort(cohort_id)
        state = cohort.state(now)
        if not state.takes_names:
            raise ListClosed(state)
        entry = WaitingEntry(
            cohort=cohort,
            kind=KINDS[state],
            name=person.name,
            email=person.email,
            organisation=organisation,
            consent_version=consent_version,
        )
        first = WaitingEntry.objects.same_as(entry).first()
        transaction.on_commit(wake)
        if first is None:
            entry.save()
            write_mails(cohort, entry)
            return entry
        remind(cohort, first, now=now)
        if entry.kind == WaitingKind.OPENING:
            return first
        entry.state = WaitingState.REPEATED
        entry.save()
    return entry


def write_mails(cohort: Cohort, entry: WaitingEntry) -> None:
    """Say it now; and for an opening, lay the mail of that moment ready in the outbox."""
    write_listed(cohort=cohort, entry=entry)
    if entry.kind == WaitingKind.OPENING:
        write_opening(cohort=cohort, entry=entry)


def remind(cohort: Cohort, entry: WaitingEntry, *, now: datetime) -> None:
    """Say once more how it stands, to who has not heard it today."""
    heard = entry.messages.filter(kind__in=ABOUT_IT, created_at__gt=now - ONE_MAIL_IN)
    if heard.exists():
        return
    if entry.state == WaitingState.OFFERED:
        write_offer(cohort=cohort, entry=entry)
    else:
        write_listed(cohort=cohort, entry=entry, again=True)


def reschedule_openings(*, cohort: Cohort) -> None:
    """Registration opens at another time: the mails that announce it move along."""
    OutboxMessage.objects.filter(
        cohort=cohort, kind=MessageKind.OPENING, state__in=DUE_STATES, attempts=0
    ).update(next_try=cohort.opens_at)
