"""The only place that moves `seats_taken` (docs/adr/0009)."""

from django.db import transaction
from django.db.models import F, Q

from courses.models import Cohort
from courses.services.errors import CohortFull


def take_seats(*, cohort_id: int, seats: int) -> None:
    """Take `seats` in one conditional statement, or raise CohortFull and take none.

    The statement checks and counts at once, so nobody can come between. It belongs into the
    transaction that writes the places: if that fails, the seats come back by themselves.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("Seats are taken only inside the transaction that writes the places.")
    free = Q(capacity__isnull=True) | Q(seats_taken__lte=F("capacity") - seats)
    taken = Cohort.objects.filter(free, pk=cohort_id).update(seats_taken=F("seats_taken") + seats)
    if not taken:
        capacity, sold = Cohort.objects.values_list("capacity", "seats_taken").get(pk=cohort_id)
        raise CohortFull(left=max(0, (capacity or 0) - sold))
