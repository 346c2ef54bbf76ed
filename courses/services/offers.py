"""Seats that came free go to those who wait, in order, each for a time (docs/adr/0016)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from courses.enums import WaitingKind, WaitingState
from courses.models import Cohort, WaitingEntry
from courses.services.again import again
from courses.services.confirmations import write_offer, write_offer_over
from courses.services.outbox import wake
from courses.services.seats import count_seats, lock_cohort
from courses.services.steps import step
from courses.transitions import WAITING


def give_back(cohort: Cohort, seats: int, *, now: datetime) -> None:
    """Seats of a locked cohort come free: to those who wait, else to everybody."""
    count_seats(cohort, -seats)
    pass_on(cohort, now=now)


def pass_on(cohort: Cohort, *, now: datetime) -> list[WaitingEntry]:
    """Offer every free seat of a locked cohort to the next who waits; returns who got an offer."""
    ends_at = end_of_offer(cohort, now)
    free = cohort.left
    if ends_at is None or not free:
        return []
    waiting = cohort.waiting.filter(kind=WaitingKind.PLACE, state=WaitingState.WAITING)
    offered = list(waiting.in_turn()[:free])
    for entry in offered:
        step(WAITING, entry, WaitingState.OFFERED, offered_at=now, offer_ends_at=ends_at)
        write_offer(cohort=cohort, entry=entry)
    count_seats(cohort, len(offered))
    pass_over_repeated(cohort, offered, is_last=len(offered) < free)
    if offered:
        transaction.on_commit(wake)
    return offered


def pass_over_repeated(cohort: Cohort, offered: list[WaitingEntry], *, is_last: bool) -> None:
    """Who joined twice stands in line twice, and leaves it when the second turn comes."""
    rows = cohort.waiting.filter(kind=WaitingKind.PLACE, state=WaitingState.REPEATED)
    if not is_last:
        rows = rows.filter(
            pk__lt=max((each.pk for each in offered if not each.turn_given_at), default=0)
        )
    rows.update(state=WaitingState.LEFT)


def end_of_offer(cohort: Cohort, now: datetime) -> datetime | None:
    """An offer ends when the first session begins, at the latest; None: too late for one."""
    starts = cohort.facts.starts
    if starts is None or now >= starts or cohort.called_off_at:
        return None
    return min(now + timedelta(hours=cohort.offer_hours), starts)


def expire_offers(*, now: datetime | None = None) -> int:
    """Offers whose time is over go to the next. Returns how many ran out."""
    now, count = now or timezone.now(), 0
    over = WaitingEntry.objects.filter(state=WaitingState.OFFERED, offer_ends_at__lte=now)
    for cohort_id in sorted(set(over.values_list("cohort_id", flat=True))):
        count += expire_offers_of(cohort_id, now=now)
    return count


@again
def expire_offers_of(cohort_id: int, *, now: datetime) -> int:
    with transaction.atomic():
        return expire_locked(lock_cohort(cohort_id), now=now)


def expire_locked(cohort: Cohort, *, now: datetime) -> int:
    over = cohort.waiting.filter(state=WaitingState.OFFERED, offer_ends_at__lte=now)
    expired = [entry for entry in over if step(WAITING, entry, WaitingState.EXPIRED)]
    for entry in expired:
        write_offer_over(cohort=cohort, entry=entry)
    give_back(cohort, len(expired), now=now)
    transaction.on_commit(wake)
    return len(expired)


@again
def leave_list(*, entry: WaitingEntry, now: datetime | None = None) -> bool:
    """Leave the list, or decline an offer, whose seat goes on. False: nothing to leave."""
    now = now or timezone.now()
    with transaction.atomic():
        cohort = lock_cohort(entry.cohort_id)
        if step(WAITING, entry, WaitingState.LEFT):
            return True
        if step(WAITING, entry, WaitingState.DECLINED):
            give_back(cohort, 1, now=now)
            return True
    return False
