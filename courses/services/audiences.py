"""To whom an organiser can write: everybody, or those of whom something is so, each once."""

from collections.abc import Iterable
from dataclasses import dataclass

from courses.enums import AttendanceState, BookingState, PlaceState, WaitingKind, WaitingState
from courses.models import Attendance, Booking, Cohort, Place, Session, WaitingEntry
from courses.services.sessions import cohort_sessions

# Of the whole cohort; and of one of its sessions.
ALL = {
    "places": "everybody with a place",
    "bookers": "whoever booked",
    "waiting": "everybody on the waiting list",
    "unanswered": "everybody with an offer not yet answered",
    "opening": "everybody who waits for registration to open",
}
AT_SESSION = {
    "expected": "who is expected at session {}",
    "came": "who came to session {}",
    "absent": "who was absent at session {}",
}
WITHOUT = {
    "expected": (AttendanceState.EXCUSED,),
}
WITH = {
    "came": (AttendanceState.PRESENT,),
    "absent": (AttendanceState.ABSENT,),
}


@dataclass(frozen=True, slots=True)
class Audience:
    """`value` is what a form sends: `places`, or `absent-12` for a session."""

    value: str
    words: str
    session: Session | None = None


@dataclass(frozen=True, slots=True)
class Recipient:
    """One person, with what the mail belongs to; `url` is their own page."""

    name: str
    email: str
    url: str
    place: Place | None = None
    entry: WaitingEntry | None = None
    booking: Booking | None = None


def audiences(cohort: Cohort) -> list[Audience]:
    """What one can choose from."""
    found = [Audience(value, words) for value, words in ALL.items()]
    for number, session in enumerate(cohort_sessions(cohort), start=1):
        found += [
            Audience(f"{value}-{session.pk}", words.format(number), session)
            for value, words in AT_SESSION.items()
        ]
    return found


def recipients(audience: Audience, cohort: Cohort) -> list[Recipient]:
    """Each address once, in the order of booking or waiting."""
    kind = audience.value.partition("-")[0]
    if kind == "bookers":
        return once(map(of_booking, bookers(cohort)))
    if kind in ("waiting", "unanswered", "opening"):
        return once(map(of_entry, waiting(cohort, kind)))
    return once(map(of_place, people(cohort, kind, audience.session)))


def once(found: Iterable[Recipient]) -> list[Recipient]:
    by_address: dict[str, Recipient] = {}
    for recipient in found:
        by_address.setdefault(recipient.email.lower(), recipient)
    return list(by_address.values())


def people(cohort: Cohort, kind: str, session: Session | None) -> Iterable[Place]:
    rows = Place.objects.filter(cohort=cohort, state=PlaceState.BOOKED).select_related("booking")
    if session is None:
        return rows
    noted = Attendance.objects.filter(session=session)
    if kind in WITHOUT:
        return rows.exclude(pk__in=noted.filter(state__in=WITHOUT[kind]).values("place"))
    return rows.filter(pk__in=noted.filter(state__in=WITH[kind]).values("place"))


def bookers(cohort: Cohort) -> Iterable[Booking]:
    rows = Booking.objects.filter(places__cohort=cohort, state=BookingState.BOOKED)
    return rows.filter(places__state__in=PlaceState.with_seat()).order_by("pk").distinct()


def waiting(cohort: Cohort, kind: str) -> Iterable[WaitingEntry]:
    rows = WaitingEntry.objects.filter(
        cohort=cohort, kind=WaitingKind.OPENING if kind == "opening" else WaitingKind.PLACE
    )
    open_offer = [WaitingState.OFFERED]
    both = [WaitingState.WAITING, *open_offer]
    return rows.filter(state__in=open_offer if kind == "unanswered" else both).order_by("pk")


def of_place(place: Place) -> Recipient:
    return Recipient(place.name, place.email, place.url, place=place, booking=place.booking)


def of_booking(booking: Booking) -> Recipient:
    return Recipient(booking.booker_name, booking.booker_email, booking.url, booking=booking)


def of_entry(entry: WaitingEntry) -> Recipient:
    return Recipient(entry.name, entry.email, entry.url, entry=entry)
