"""Whether a mail that waits is still of use: asked right before it is sent, so that nothing that
happens meanwhile can be forgotten. The reasons are for organisers, on the roster."""

from datetime import datetime

from courses.enums import MessageKind, PlaceState, SessionState, WaitingState
from courses.models import OutboxMessage
from courses.services.wording import nothing_to_confirm
from courses.when import moment_words
from privacy.declared import NOBODY

ENTRY_MUST_BE = {
    MessageKind.OFFER: (WaitingState.OFFERED, "The offer was taken, declined or has run out."),
    MessageKind.OPENING: (WaitingState.WAITING, "They left the list, or it was closed."),
}

GIVEN_UP = "The place was given up, or to somebody else."
# They hold joining links, and say that one has a place.
OF_A_PLACE = (MessageKind.PLACE, MessageKind.PLACE_CHANGED, MessageKind.SESSION_MOVED)


def useless(message: OutboxMessage, now: datetime) -> str:
    """Why it must not be sent any more; empty if it may."""
    if message.not_after and now >= message.not_after:
        return f"It was of use until {moment_words(message.not_after)} only."
    if message.to.endswith(NOBODY):
        return "Its person was erased."
    if message.is_unwritten:
        return nothing_to_confirm(message)
    if not message.text:
        return "Its words are kept no longer."
    if message.kind == MessageKind.REMINDER:
        return useless_reminder(message)
    return useless_for_place(message) or useless_for_entry(message)


def useless_for_place(message: OutboxMessage) -> str:
    """To who cancelled, or gave the place to a colleague, while the mail waited."""
    place = message.place if message.kind in OF_A_PLACE else None
    if place is None or (place.state in PlaceState.with_seat() and place.email == message.to):
        return ""
    return GIVEN_UP


def useless_for_entry(message: OutboxMessage) -> str:
    wanted, reason = ENTRY_MUST_BE.get(MessageKind(message.kind), ("", ""))
    entry = message.entry if wanted else None
    return reason if wanted and (entry is None or entry.state != wanted) else ""


def useless_reminder(message: OutboxMessage) -> str:
    place, session = message.place, message.session
    if place is None or place.state != PlaceState.BOOKED or place.email != message.to:
        return GIVEN_UP
    if session is None or session.state != SessionState.PLANNED:
        return "The session was cancelled."
    if place.cohort_id != session.cohort_id:
        return "The place moved to another cohort."
    if message.not_after != session.starts_at:
        return "The session has moved."
    return ""
