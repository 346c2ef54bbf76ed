"""Who has a place on a cohort already. Nobody but themselves and the organisers may learn it."""

from collections.abc import Iterable

from courses.enums import PlaceState
from courses.models import Cohort, Place
from courses.services.steps import step
from courses.transitions import PLACE


def other_places(
    cohort_id: int, emails: Iterable[str], *, but: Place | None = None
) -> dict[str, Place]:
    """The booked place of each of these addresses that has one, but for the place in question."""
    found = Place.objects.filter(
        cohort_id=cohort_id, email__in=list(emails), state=PlaceState.BOOKED
    )
    return {place.email: place for place in found if but is None or place.pk != but.pk}


def state_for(email: str, known: dict[str, Place]) -> PlaceState:
    return PlaceState.REPEATED if email in known else PlaceState.BOOKED


def raise_repeated(cohort: Cohort, email: str) -> Place | None:
    """The booked place of this person is gone: a repeated one, if there is any, takes its part."""
    repeated = Place.objects.filter(cohort=cohort, email=email, state=PlaceState.REPEATED)
    place = repeated.select_related("booking__organisation").order_by("pk").first()
    return place if place and step(PLACE, place, PlaceState.BOOKED) else None
