"""Who has a place on a cohort already. Nobody but themselves and the organisers may learn it."""

from collections.abc import Iterable
from functools import lru_cache, reduce
from operator import or_
from typing import Any

from django.db.models import CharField, IntegerField, Q, QuerySet

from core.prepared import Prepared
from courses.enums import PlaceState
from courses.models import Cohort, Place
from courses.services.steps import step
from courses.transitions import PLACE

Rows = QuerySet[Place]


def other_places(
    cohort_id: int, emails: Iterable[str], *, but: Place | None = None
) -> dict[str, Place]:
    """The booked place of each of these addresses that has one, but for the place in question."""
    asked = sorted(set(emails))
    found = booked_places(len(asked))(cohort_id, *asked) if asked else []
    return {place.email: place for place in found if but is None or place.pk != but.pk}


@lru_cache(maxsize=64)
def booked_places(people: int) -> Prepared:
    """Those of so many addresses on a cohort."""

    def rows(cohort: Any, *emails: Any) -> Rows:
        theirs = reduce(or_, (Q(email=email) for email in emails))
        return Place.objects.filter(theirs, cohort=cohort, state=PlaceState.BOOKED).order_by()

    return Prepared(rows, IntegerField(), *[CharField()] * people)


def state_for(email: str, known: dict[str, Place]) -> PlaceState:
    return PlaceState.REPEATED if email in known else PlaceState.BOOKED


def raise_repeated(cohort: Cohort, email: str) -> Place | None:
    """The booked place of this person is gone: a repeated one, if there is any, takes its part."""
    repeated = Place.objects.filter(cohort=cohort, email=email, state=PlaceState.REPEATED)
    place = repeated.select_related("booking__organisation").order_by("pk").first()
    return place if place and step(PLACE, place, PlaceState.BOOKED) else None
