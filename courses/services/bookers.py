"""Who booked for others hears of each change that they did not make themselves."""

from collections.abc import Sequence
from dataclasses import dataclass

from courses.enums import PlaceState
from courses.models import Booking, Cohort, Place
from courses.services.confirmations import write_booking_changed
from courses.services.seats import read_cohort


@dataclass(frozen=True, slots=True)
class Attends:
    """`elsewhere` names the cohort where it is not the one that the mail is about."""

    name: str
    email: str
    elsewhere: str = ""


def tell_booker(*, booking: Booking, news: Sequence[str]) -> None:
    """Lay one mail ready with a sentence for each change, and who has a place now.

    A sentence names the address of its person: by it they are found if they are erased later.
    """
    booking.refresh_from_db(fields=["invoice_state"])
    places = list(booking.places.filter(state__in=PlaceState.with_seat()))
    at = {place.cohort_id: read_cohort(place.cohort_id) for place in places}
    own = booking.cohort_id
    cohort = at.get(own) or next(iter(at.values()), None) or read_cohort(own)
    people = seated(places, at, cohort)
    write_booking_changed(cohort=cohort, booking=booking, people=people, news=news)


def seated(places: list[Place], at: dict[int, Cohort], cohort: Cohort) -> list[Attends]:
    return [
        Attends(
            place.name,
            place.email,
            "" if place.cohort_id == cohort.pk else at[place.cohort_id].dated_title,
        )
        for place in places
    ]
