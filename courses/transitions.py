"""Which state may follow which. The database refuses every other step (courses/triggers.py). Pure.

A state from which nothing follows is an end. Drawn for people in docs/operating/states.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from courses.enums import (
    BookingState,
    InvoiceState,
    MessageState,
    PlaceState,
    SessionState,
    WaitingState,
)

Steps = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Machine:
    """`table` and `column` hold the state; `steps` has every state, also the ends."""

    name: str
    table: str
    column: str
    steps: Steps

    def allows(self, before: str, after: str) -> bool:
        return before == after or after in self.steps[before]

    def before(self, after: str) -> list[str]:
        """The states from which one comes to `after`."""
        return [state for state, following in self.steps.items() if after in following]


BOOKING = Machine(
    "A booking",
    "courses_booking",
    "state",
    {BookingState.BOOKED: (BookingState.CANCELLED,), BookingState.CANCELLED: ()},
)
PLACE = Machine(
    "A place",
    "courses_place",
    "state",
    {
        PlaceState.BOOKED: (PlaceState.REPEATED, PlaceState.CANCELLED),
        PlaceState.REPEATED: (PlaceState.BOOKED, PlaceState.CANCELLED),
        PlaceState.CANCELLED: (),
    },
)
SESSION = Machine(
    "A session",
    "courses_session",
    "state",
    {SessionState.PLANNED: (SessionState.CANCELLED,), SessionState.CANCELLED: ()},
)
WAITING = Machine(
    "An entry on a list",
    "courses_waitingentry",
    "state",
    {
        WaitingState.WAITING: (WaitingState.OFFERED, WaitingState.LEFT, WaitingState.CLOSED),
        WaitingState.OFFERED: (
            WaitingState.PLACED,
            WaitingState.DECLINED,
            WaitingState.EXPIRED,
            WaitingState.CLOSED,
        ),
        WaitingState.PLACED: (),
        WaitingState.DECLINED: (),
        WaitingState.EXPIRED: (),
        WaitingState.LEFT: (),
        WaitingState.CLOSED: (),
        WaitingState.REPEATED: (WaitingState.LEFT, WaitingState.CLOSED),
    },
)
INVOICE = Machine(
    "An invoice",
    "courses_booking",
    "invoice_state",
    {
        InvoiceState.NOTHING: (InvoiceState.REQUESTED,),
        InvoiceState.REQUESTED: (InvoiceState.SENT, InvoiceState.NOTHING),
        InvoiceState.SENT: (InvoiceState.PAID, InvoiceState.CREDITED),
        InvoiceState.PAID: (InvoiceState.CREDITED,),
        InvoiceState.CREDITED: (),
    },
)
MESSAGE = Machine(
    "A mail",
    "courses_outboxmessage",
    "state",
    {
        MessageState.QUEUED: (
            MessageState.RETRYING,
            MessageState.SENT,
            MessageState.FAILED,
            MessageState.DROPPED,
        ),
        MessageState.RETRYING: (
            MessageState.QUEUED,
            MessageState.SENT,
            MessageState.FAILED,
            MessageState.DROPPED,
        ),
        MessageState.SENT: (MessageState.QUEUED,),
        MessageState.FAILED: (MessageState.QUEUED, MessageState.DROPPED),
        MessageState.DROPPED: (),
    },
)
MACHINES = (BOOKING, PLACE, SESSION, WAITING, INVOICE, MESSAGE)
