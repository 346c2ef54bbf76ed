"""The only place that moves `seats_taken` (docs/adr/0009).

A seat is taken by a booked place or by an open offer. Whatever frees a seat, adds somebody to the
list or raises the capacity ends with `offers.pass_on` under the same lock, so that no seat is free
while somebody waits, and nobody who comes later gets in between.
"""

from typing import cast

from django.db import IntegrityError, connection, transaction
from django.db.models import F, IntegerField

from core.prepared import Prepared, remember
from courses.models import Cohort, Session
from courses.services.errors import CohortFull

# While it runs nobody else can book this cohort: written out, so that no time goes into making it.
TAKE = """
    UPDATE courses_cohort SET seats_taken = seats_taken + %s
    WHERE id = %s AND (capacity IS NULL OR seats_taken <= capacity - %s)
      AND timetable = coalesce(%s, timetable)
"""


def take_seats(*, cohort_id: int, seats: int, timetable: int | None = None) -> None:
    """Take `seats` in one conditional statement, or raise CohortFull and take none.

    The statement checks and counts at once, so nobody can come between. It belongs into the
    transaction that writes the places: if that fails, the seats come back by themselves.

    `timetable`: the one that was read, without a lock, for the mails. If a session moved since, or
    the cohort was called off, the database refuses (IntegrityError), and the verb reads again.
    """
    need_transaction()
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [seats, cohort_id, seats, timetable])
        is_taken = cursor.rowcount == 1
    if not is_taken:
        columns = ("capacity", "seats_taken", "timetable")
        capacity, sold, current = Cohort.objects.values_list(*columns).get(pk=cohort_id)
        if timetable not in (None, current):
            raise IntegrityError("The sessions have changed since they were read.")
        raise CohortFull(left=max(0, (capacity or 0) - sold))


def read_cohort(cohort_id: int) -> Cohort:
    """With its price, version and sessions, as they are without a lock."""
    found = cohort_row(cohort_id)
    if not found:
        raise Cohort.DoesNotExist
    (cohort,) = found
    remember(cohort, "sessions", sessions_of(cohort_id))
    return cast("Cohort", cohort)


cohort_row = Prepared(
    lambda pk: Cohort.objects.filter(pk=pk).select_related("price", "version"),
    IntegerField(),
)
sessions_of = Prepared(
    lambda cohort: Session.objects.filter(cohort=cohort).select_related("part"), IntegerField()
)


def lock_cohort(cohort_id: int) -> Cohort:
    """The cohort as it is now, and as it stays until this transaction ends."""
    return lock_cohorts(cohort_id)[0]


def lock_cohorts(*cohort_ids: int) -> list[Cohort]:
    """Always in the order of their keys, so that two moves in opposite directions never wait for
    each other. SQLite has no row locks: there the whole transaction is the lock (docs/adr/0003).
    `no_key`: what only refers to a locked cohort, such as a new booking, need not wait for it.
    Returns them in the order asked for.
    """
    need_transaction()
    rows = Cohort.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    related = rows.select_related("price", "version", "programme").with_sessions()
    found = {cohort.pk: cohort for cohort in related.filter(pk__in=cohort_ids)}
    return [found[pk] for pk in cohort_ids]


def count_seats(cohort: Cohort, change: int) -> None:
    """Move the counter of a locked cohort, and what the object says."""
    need_transaction()
    Cohort.objects.filter(pk=cohort.pk).update(seats_taken=F("seats_taken") + change)
    cohort.seats_taken += change


def need_transaction() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("Seats move only inside the transaction that writes what they are for.")
