"""What a deed will do, said before it is done: to whom, and which mails go out."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from courses.enums import InvoiceState, PlaceState
from courses.models import Cohort, Place
from courses.office.deeds import Deed
from courses.text import counted, upper_first

KEEPS = "keeps the place that was booked a second time, and gets a mail that confirms it"
BOOKERS = "Whoever booked these places gets one mail about all of theirs, too."
INVOICED = {
    InvoiceState.REQUESTED: "; nothing is invoiced then",
    InvoiceState.SENT: "; its invoice was sent: make a credit note if money goes back",
    InvoiceState.PAID: "; its invoice was paid: make a credit note if money goes back",
}


@dataclass(frozen=True, slots=True)
class Effect:
    place: Place
    words: str


@dataclass(frozen=True, slots=True)
class Plan:
    """`effects`, one a person; `also`, what follows from all of them together."""

    effects: list[Effect]
    also: list[str]


def plan(deed: Deed, cohort: Cohort, places: Sequence[Place]) -> Plan:
    make = {Deed.CANCEL: plan_cancel, Deed.MOVE: plan_move, Deed.CONFIRM: plan_confirm}[deed]
    return make(cohort, places)


def plan_cancel(cohort: Cohort, places: Sequence[Place]) -> Plan:
    twice = booked_twice(cohort, places)
    chosen = {place.pk for place in places}
    effects = [Effect(place, cancel_words(place, twice, chosen)) for place in places]
    with_seat = [place for place in places if has_seat(place)]
    also = [*seats_words(cohort, len(with_seat)), *booking_words(with_seat)]
    return Plan(effects, [*also, BOOKERS] if with_seat else also)


def cancel_words(place: Place, twice: dict[str, set[int]], chosen: set[int]) -> str:
    if not has_seat(place):
        return "is cancelled already: nothing happens"
    if place.state == PlaceState.REPEATED:
        return "loses the second place, of which only they and you know; no mail to them"
    if twice.get(place.email, set()) - chosen:
        return KEEPS
    return f"loses the place; a mail to {place.email} says so"


def seats_words(cohort: Cohort, seats: int) -> list[str]:
    """Read before it is done: who waits may change until then, the order does not."""
    if not seats:
        return []
    waiting = getattr(cohort, "waiting_count", 0)
    free = upper_first(counted(seats, "place comes", "places come"))
    if waiting and cohort.facts.starts:
        offers = counted(min(seats, waiting), "person who waits", "people who wait")
        return [f"{free} free and pass on at once: {offers} will be offered one by mail."]
    return [f"{free} free for everybody."]


def booking_words(places: Sequence[Place]) -> list[str]:
    """Bookings of which nobody is left end with their last place."""
    leaving = Counter(place.booking_id for place in places)
    bookings = {place.booking_id: place.booking for place in places}
    rows = Place.objects.filter(booking__in=leaving, state__in=PlaceState.with_seat())
    seats = Counter(rows.values_list("booking_id", flat=True))
    return [
        f"Booking {booking.reference} of {booking.organisation.name} is cancelled with its last"
        f" place{INVOICED.get(InvoiceState(booking.invoice_state), '')}."
        for pk, booking in bookings.items()
        if leaving[pk] >= seats[pk]
    ]


def plan_move(cohort: Cohort, places: Sequence[Place]) -> Plan:
    twice, chosen = booked_twice(cohort, places), {place.pk for place in places}
    effects = [Effect(place, move_words(place, twice, chosen)) for place in places]
    seats = sum(has_seat(place) for place in places)
    also = [
        "Who no longer fits on the other cohort keeps the place here; you will see who.",
        "A booking and its price stay as they are.",
        *([BOOKERS] if seats else []),
    ]
    return Plan(effects, [*seats_words(cohort, seats), *also])


def move_words(place: Place, twice: dict[str, set[int]], chosen: set[int]) -> str:
    if not has_seat(place):
        return "is cancelled: nothing happens"
    words = f"moves; a mail to {place.email} has the new dates and links"
    if place.state == PlaceState.BOOKED and twice.get(place.email, set()) - chosen:
        return f"{words}; the second place stays here and becomes an ordinary one"
    return words


def plan_confirm(cohort: Cohort, places: Sequence[Place]) -> Plan:
    return Plan([Effect(place, confirm_words(place)) for place in places], [])


def confirm_words(place: Place) -> str:
    if not has_seat(place):
        return "is cancelled: nothing happens"
    if place.state == PlaceState.REPEATED:
        return f"a mail to {place.email} says again that there are two places"
    return f"a mail to {place.email} with all dates and links as they are now"


def has_seat(place: Place) -> bool:
    return place.state in PlaceState.with_seat()


def booked_twice(cohort: Cohort, places: Sequence[Place]) -> dict[str, set[int]]:
    """The second places of these people on this cohort."""
    emails = [place.email for place in places]
    rows = Place.objects.filter(cohort=cohort, email__in=emails, state=PlaceState.REPEATED)
    found: dict[str, set[int]] = {}
    for email, pk in rows.values_list("email", "pk"):
        found.setdefault(email, set()).add(pk)
    return found
