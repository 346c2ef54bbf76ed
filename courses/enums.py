"""Every state in the training part of the site, with the words readers see. Pure."""

from django.db.models import TextChoices


class CohortState(TextChoices):
    """Derived from the clock and the seats; never stored (courses/states.py)."""

    SOON = "soon", "Opens soon"
    OPEN = "open", "Open"
    FEW = "few", "Few places"
    WAITING = "waiting", "Full, waiting list open"
    FULL = "full", "Full"
    CLOSED = "closed", "Closed"
    UNDER_WAY = "under_way", "Under way"
    PAST = "past", "Past"

    @property
    def is_bookable(self) -> bool:
        return self in (CohortState.OPEN, CohortState.FEW)

    @property
    def is_full(self) -> bool:
        return self in (CohortState.WAITING, CohortState.FULL)

    @property
    def takes_names(self) -> bool:
        """Whether somebody may leave an address: to wait for a place, or for the opening."""
        return self in (CohortState.SOON, CohortState.WAITING)


class BookingState(TextChoices):
    BOOKED = "booked", "Booked"
    CANCELLED = "cancelled", "Cancelled"


class PlaceState(TextChoices):
    BOOKED = "booked", "Booked"
    CANCELLED = "cancelled", "Cancelled"


class WaitingKind(TextChoices):
    PLACE = "place", "Waits for a place"
    OPENING = "opening", "Wants to know when it opens"


class WaitingState(TextChoices):
    WAITING = "waiting", "Waiting"
    LEFT = "left", "Left the list"
    PLACED = "placed", "Has a place"


class MessageKind(TextChoices):
    PLACE = "place", "Place confirmed"
    BOOKING = "booking", "Booking confirmed"
    WAITING = "waiting", "On the waiting list"
    OPENING_NOTED = "opening_noted", "Will be told of the opening"
    OPENING = "opening", "Registration has opened"


class MessageState(TextChoices):
    QUEUED = "queued", "Waiting to be sent"
    RETRYING = "retrying", "Failed, will be tried again"
    SENT = "sent", "Sent"
    FAILED = "failed", "Failed, needs a person"
    DROPPED = "dropped", "Not needed any more"
