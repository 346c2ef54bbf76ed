"""Taking the place that is kept for somebody from the waiting list."""

from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from courses.enums import WaitingState
from courses.models import WaitingEntry
from courses.services.again import again
from courses.services.errors import OfferOver
from courses.services.orders import Attendee, Order
from courses.services.outbox import wake
from courses.services.registration import Registration, booked_before, write_order
from courses.services.seats import lock_cohort
from courses.services.steps import step
from courses.transitions import WAITING


@again
def accept_offer(
    *, entry: WaitingEntry, order: Order, key: str, now: datetime | None = None
) -> Registration:
    """Book the seat that the offer holds, for the person who waited; the counter does not move.

    `order` says for which organisation and who pays; its people are replaced by the one who waited.
    Raises OfferOver, or KeyUsedBefore.
    """
    now = now or timezone.now()
    person = Attendee(entry.name, entry.email)
    order = replace(order, people=(person,)).cleaned()
    earlier = booked_before(entry.cohort_id, key=key, order=order)
    if earlier:
        return earlier
    try:
        with transaction.atomic():
            return take_up(entry, order, key=key, now=now)
    except (IntegrityError, OfferOver):
        earlier = booked_before(entry.cohort_id, key=key, order=order)
        if earlier:
            return earlier
        raise


def take_up(entry: WaitingEntry, order: Order, *, key: str, now: datetime) -> Registration:
    cohort = lock_cohort(entry.cohort_id)
    entry.refresh_from_db()
    if entry.offer_ends_at is None or now >= entry.offer_ends_at:
        raise OfferOver
    if not step(WAITING, entry, WaitingState.PLACED):
        raise OfferOver
    written = write_order(cohort, order, key=key)
    written.save()
    entry.place = written.places[0]
    entry.save(update_fields=["place"])
    transaction.on_commit(wake)
    return Registration(written.booking, is_new=True)
