"""The words of a confirmation, written when it is first sent (docs/adr/0008).

Other mails are finished when they are laid into the outbox. Not so those of a booking: while it is
made, others wait for the same cohort. What they say follows from the booking as it is by then.
"""

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.db import transaction

from courses.enums import BookingState, MessageKind, PlaceState
from courses.models import Booking, Cohort, OutboxMessage, Place
from courses.services.confirmations import attached, render, words_for_booker
from courses.services.people import other_places
from courses.services.seats import read_cohort
from courses.services.sessions import mail_lines

CONFIRMS = {MessageKind.PLACE: PlaceState.BOOKED, MessageKind.REPEATED: PlaceState.REPEATED}


def put_into_words(mail: OutboxMessage) -> None:
    """Write and keep what it says, so that every try says the same."""
    words, has_calendar = WORDS[MessageKind(mail.kind)]
    with transaction.atomic():  # whoever is erased meanwhile waits, and is then found in it
        cohort = read_cohort(cast("int", mail.cohort_id))
        mail.attachments = [attached(cohort)] if has_calendar else []
        render(mail, cohort, words(mail, cohort))
        mail.save(update_fields=["reply_to", "text", "html", "attachments"])


def nothing_to_confirm(mail: OutboxMessage) -> str:
    """Why there is nothing left to say; empty if there is. What came instead has its own mail."""
    if mail.kind == MessageKind.BOOKING:
        is_booked = mail.booking and mail.booking.state == BookingState.BOOKED
        return "" if is_booked else "The booking was cancelled."
    place = mail.place
    if place is None or (place.email, place.cohort_id) != (mail.to, mail.cohort_id):
        return "The place was moved, or given to somebody else."
    return "" if place.state == CONFIRMS[MessageKind(mail.kind)] else "The place was given up."


def words_of_booking(mail: OutboxMessage, cohort: Cohort) -> dict[str, Any]:
    booking = cast("Booking", mail.booking)
    places = list(booking.places.filter(state__in=PlaceState.with_seat()).select_for_update())
    return words_for_booker(cohort, booking, places)


def words_of_place(mail: OutboxMessage, cohort: Cohort) -> dict[str, Any]:
    """You have a place, with everything that it needs. Or: you have one already, and the second
    keeps a seat from others; then the link leads to the first.
    """
    place, is_second = cast("Place", mail.place), mail.kind == MessageKind.REPEATED
    first = other_places(cohort.pk, [mail.to]).get(mail.to, place) if is_second else place
    return {
        "name": place.name,
        "booking": place.booking,
        "lines": mail_lines(cohort, with_links=not is_second),
        "url": settings.SITE_URL + first.url,
    }


Words = Callable[[OutboxMessage, Cohort], dict[str, Any]]
WORDS: dict[MessageKind, tuple[Words, bool]] = {
    MessageKind.BOOKING: (words_of_booking, True),
    MessageKind.PLACE: (words_of_place, True),
    MessageKind.REPEATED: (words_of_place, False),
}
