"""Verbs that are done again when somebody else was in the way for a moment."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import DatabaseError, IntegrityError

P = ParamSpec("P")
R = TypeVar("R")
TRIES = 3
DEADLOCK = "40P01"  # PostgreSQL's word for it; SQLite, which queues writers, has none


def again(verb: Callable[P, R]) -> Callable[P, R]:
    """Try again if the same person was booked in the same moment; then it is known. And if two
    waited for each other, of whom PostgreSQL sent this one back: registering writes its people
    before it takes the seats, and whoever locks a cohort does it the other way round.
    """

    @wraps(verb)
    def tried(*args: P.args, **kwargs: P.kwargs) -> R:
        for _ in range(1, TRIES):
            try:
                return verb(*args, **kwargs)
            except DatabaseError as error:
                if not was_in_the_way(error):
                    raise
        return verb(*args, **kwargs)

    return tried


def was_in_the_way(error: DatabaseError) -> bool:
    return isinstance(error, IntegrityError) or getattr(error.__cause__, "sqlstate", "") == DEADLOCK
