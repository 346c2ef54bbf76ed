"""What the clients of bench_seats.py do (tests/courses/crowd.py), in processes of their own."""

from collections.abc import Callable
from uuid import uuid4

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from courses.models import Cohort
from courses.services import CohortFull, register
from courses.services.registration import register_alone
from tests.courses.factories import make_cohort, make_order

ONE_SEAT = """
    UPDATE courses_cohort SET seats_taken = seats_taken + 1
    WHERE id = %s AND seats_taken + 1 <= capacity
"""


def prepare() -> None:
    call_command("migrate", verbosity=0)


def open_cohort(capacity: int) -> int:
    return make_cohort(capacity=capacity).pk


def take_by_statement(cohort_id: int) -> int:
    """Until none is left; how many this client took. Each statement is committed by itself."""

    def take() -> bool:
        with connection.cursor() as cursor:
            cursor.execute(ONE_SEAT, [cohort_id])
            return cursor.rowcount == 1

    return count(take)


def take_by_booking(cohort_id: int) -> int:
    def take() -> bool:
        key = uuid4().hex
        try:
            register(cohort_id=cohort_id, order=make_order(f"{key}@school.example"), key=key)
        except CohortFull:
            return False
        return True

    return count(take)


def take_under_a_lock(cohort_id: int) -> int:
    """The same booking, as one would write it first: the cohort's row is locked to begin with."""

    def take() -> bool:
        key = uuid4().hex
        order = make_order(f"{key}@school.example").cleaned()
        try:
            register_alone(cohort_id, order, key=key, now=timezone.now())
        except CohortFull:
            return False
        return True

    return count(take)


def count(take: Callable[[], bool]) -> int:
    taken = 0
    while take():
        taken += 1
    return taken


def left_in_the_database(cohort_id: int) -> tuple[int, int]:
    """The counter, and the places."""
    cohort = Cohort.objects.get(pk=cohort_id)
    return cohort.seats_taken, cohort.places.count()
