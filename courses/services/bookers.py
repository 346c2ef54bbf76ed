"""Who booked for others hears of each change that they did not make themselves."""

from dataclasses import dataclass

from django.conf import settings

from courses.enums import MessageKind, PlaceState
from courses.models import Booking, Cohort, Place
from courses.services.confirmations import write
from courses.services.seats import read_cohort
from courses.services.sessions import mail_lines
from courses.text import counted


@dataclass(frozen=True, slots=True)
class Attends:
    """`elsewhere` names the cohort where it is not the one that the mail is about."""

    name: str
    email: str
    elsewhere: str = ""


def tell_booker(*, booking: Booking, person: Place, what: str) -> None:
    """`person` has changed something by their own private link; `what` says it in a sentence.

    It names the address: by it they are found if they are erased later. Nobody hears of what they
    did themselves.
    """
    if booking.booker_email == person.email:
        return
    places = list(booking.places.filter(state__in=PlaceState.with_seat()))
    at = {place.cohort_id: read_cohort(place.cohort_id) for place in places}
    own = booking.cohort_id
    cohort = at.get(own) or next(iter(at.values()), None) or read_cohort(own)
    write_who_attends(cohort, booking, seated(places, at, cohort), what)


def seated(places: list[Place], at: dict[int, Cohort], cohort: Cohort) -> list[Attends]:
    return [
        Attends(
            place.name,
            place.email,
            "" if place.cohort_id == cohort.pk else at[place.cohort_id].dated_title,
        )
        for place in places
    ]


def write_who_attends(cohort: Cohort, booking: Booking, people: list[Attends], what: str) -> None:
    """Who has a place now; if nobody is left, the booking is cancelled."""
    state = "has changed" if people else "is cancelled"
    write(
        MessageKind.BOOKING_CHANGED,
        cohort=cohort,
        booking=booking,
        to=booking.booker_email,
        subject=f"Your booking {booking.reference} {state}: {cohort.version.name}",
        context={
            "name": booking.booker_name,
            "booking": booking,
            "what": what,
            "places": people,
            "people": counted(len(people), "person", "people"),
            "lines": mail_lines(cohort, with_links=False),
            "url": settings.SITE_URL + booking.url,
        },
    )
