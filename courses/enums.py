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
    CALLED_OFF = "called_off", "Called off"

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


class OrganisationType(TextChoices):
    PRIMARY = "primary", "Primary school"
    SECONDARY = "secondary", "Secondary school"
    ALL_THROUGH = "all_through", "All-through school"
    SPECIAL = "special", "Special school or alternative provision"
    COLLEGE = "college", "College or sixth form"
    TRUST = "trust", "School trust"
    OTHER = "other", "Council, charity or other"


class BookingState(TextChoices):
    BOOKED = "booked", "Booked"
    CANCELLED = "cancelled", "Cancelled"


class PlaceState(TextChoices):
    """`REPEATED` has a seat, but its person has a place on the cohort already.

    It looks booked to its booker, who may not learn of the other place; its person and the
    organisers know. It becomes a booked one when the other goes, or when its name is swapped.
    """

    BOOKED = "booked", "Booked"
    REPEATED = "repeated", "Booked a second time"
    CANCELLED = "cancelled", "Cancelled"

    @classmethod
    def with_seat(cls) -> tuple["PlaceState", "PlaceState"]:
        return cls.BOOKED, cls.REPEATED


class SessionState(TextChoices):
    PLANNED = "planned", "Planned"
    CANCELLED = "cancelled", "Cancelled"


class InvoiceState(TextChoices):
    NOTHING = "nothing", "Nothing to pay"
    REQUESTED = "requested", "To be invoiced"
    SENT = "sent", "Invoice sent"
    PAID = "paid", "Paid"
    CREDITED = "credited", "Credited in full"


class WaitingKind(TextChoices):
    PLACE = "place", "Waits for a place"
    OPENING = "opening", "Wants to know when it opens"


class WaitingState(TextChoices):
    """`OFFERED` holds a seat until its offer is taken, declined or runs out.

    `REPEATED`: its person was on the list already. It gets no offer, but stands in line until its
    turn: else the number of those before one would tell who is on the list.
    """

    WAITING = "waiting", "Waiting"
    OFFERED = "offered", "Has an offer"
    PLACED = "placed", "Has a place"
    DECLINED = "declined", "Declined the offer"
    EXPIRED = "expired", "Let the offer run out"
    LEFT = "left", "Left the list"
    CLOSED = "closed", "The list was closed"
    REPEATED = "repeated", "Joined a second time"


class AttendanceState(TextChoices):
    PRESENT = "present", "Came"
    ABSENT = "absent", "Did not come"
    EXCUSED = "excused", "Sent apologies"


class MessageKind(TextChoices):
    PLACE = "place", "Place confirmed"
    BOOKING = "booking", "Booking confirmed"
    REPEATED = "repeated", "Booked a second time"
    PLACE_CHANGED = "place_changed", "Place changed"
    PLACE_CANCELLED = "place_cancelled", "Place cancelled"
    BOOKING_CHANGED = "booking_changed", "Booking changed"
    WAITING = "waiting", "On the waiting list"
    OFFER = "offer", "Place offered"
    OFFER_OVER = "offer_over", "Offer ran out"
    OPENING_NOTED = "opening_noted", "Will be told of the opening"
    OPENING = "opening", "Registration has opened"
    REMINDER = "reminder", "Reminder"
    SESSION_MOVED = "session_moved", "Session changed"
    SESSION_CANCELLED = "session_cancelled", "Session cancelled"
    COHORT_CANCELLED = "cohort_cancelled", "Cohort called off"
    NOTE = "note", "Message from the organisers"
    CERTIFICATE = "certificate", "Certificate"


class MessageState(TextChoices):
    QUEUED = "queued", "Waiting to be sent"
    RETRYING = "retrying", "Failed, will be tried again"
    SENT = "sent", "Sent"
    FAILED = "failed", "Failed, needs a person"
    DROPPED = "dropped", "Not needed any more"

    @classmethod
    def settled(cls) -> tuple["MessageState", "MessageState"]:
        """Nothing more happens to it by itself or by the clock."""
        return cls.SENT, cls.DROPPED
