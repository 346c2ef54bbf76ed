"""What organisers do with the waiting list."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from courses.enums import WaitingKind, WaitingState
from courses.models import WaitingEntry
from courses.services.again import again
from courses.services.errors import NothingToChange
from courses.services.history import note
from courses.services.offers import leave_list, pass_on
from courses.services.seats import lock_cohort


@again
def give_next_place(*, entry: WaitingEntry, by: Any, now: datetime | None = None) -> None:
    """The next place that comes free is offered to this person, whoever came before.

    Of several who were given it, the first goes first. Raises NothingToChange.
    """
    now = now or timezone.now()
    with transaction.atomic():
        cohort = lock_cohort(entry.cohort_id)
        rows = WaitingEntry.objects.filter(pk=entry.pk, turn_given_at=None)
        rows = rows.filter(kind=WaitingKind.PLACE, state=WaitingState.WAITING)
        if not rows.update(turn_given_at=now):
            raise NothingToChange
        note("turn_given", cohort=cohort, by=by, entry=entry.pk)
        pass_on(cohort, now=now)


def take_off_list(*, entry: WaitingEntry, by: Any, now: datetime | None = None) -> None:
    """As if the person had left; an offer goes on to the next. Raises NothingToChange."""
    with transaction.atomic():
        if not leave_list(entry=entry, now=now):
            raise NothingToChange
        note("waiting_removed", cohort=entry.cohort, by=by, entry=entry.pk)
