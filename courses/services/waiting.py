"""Leaving an address: to wait for a place, or to be told when registration opens."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from courses.enums import CohortState, MessageKind, WaitingKind
from courses.models import Cohort, OutboxMessage, WaitingEntry
from courses.services.again import again
from courses.services.confirmations import write_listed, write_opening
from courses.services.errors import ListClosed
from courses.services.orders import Attendee
from courses.services.outbox import DUE_STATES, wake
from courses.services.seats import lock_cohort

KINDS = {CohortState.WAITING: WaitingKind.PLACE, CohortState.SOON: WaitingKind.OPENING}


@again
def join_waiting_list(
    *,
    cohort_id: int,
    person: Attendee,
    organisation: str = "",
    consent_version: str,
    now: datetime | None = None,
) -> WaitingEntry | None:
    """Put a person at the end of the list, with a mail that says so.

    None if the person is on it already: then nothing changes and nothing is sent, and the
    view must answer as if it had been new. Raises ListClosed.
    """
    person, now = person.cleaned(), now or timezone.now()
    try:
        with transaction.atomic():
            cohort = lock_cohort(cohort_id)
            state = cohort.state(now)
            if not state.takes_names:
                raise ListClosed(state)
            entry = WaitingEntry.objects.create(
                cohort=cohort,
                kind=KINDS[state],
                name=person.name,
                email=person.email,
                organisation=organisation,
                consent_version=consent_version,
            )
            write_mails(cohort, entry)
    except IntegrityError:
        return None
    return entry


def write_mails(cohort: Cohort, entry: WaitingEntry) -> None:
    """Say it now; and for an opening, lay the mail of that moment ready in the outbox."""
    write_listed(cohort=cohort, entry=entry)
    if entry.kind == WaitingKind.OPENING:
        write_opening(cohort=cohort, entry=entry)
    transaction.on_commit(wake)


def reschedule_openings(*, cohort: Cohort) -> None:
    """Registration opens at another time: the mails that announce it move along."""
    OutboxMessage.objects.filter(
        cohort=cohort, kind=MessageKind.OPENING, state__in=DUE_STATES, attempts=0
    ).update(next_try=cohort.opens_at)
