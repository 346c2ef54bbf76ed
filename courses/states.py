"""The state of a cohort, from the clock and the seats. Pure."""

from dataclasses import dataclass
from datetime import datetime

from courses.enums import CohortState

FEW_AT_MOST = 3
FEW_SHARE = 8  # or an eighth of the capacity, whichever is more


@dataclass(frozen=True, slots=True)
class CohortFacts:
    """`capacity` None: no limit was published. `starts` None: no session has a date yet."""

    opens_at: datetime
    closes_at: datetime | None
    starts: datetime | None
    ends: datetime | None
    capacity: int | None
    seats_taken: int
    has_waiting_list: bool
    is_called_off: bool = False


def seats_left(facts: CohortFacts) -> int | None:
    return None if facts.capacity is None else max(0, facts.capacity - facts.seats_taken)


def state_of(facts: CohortFacts, now: datetime) -> CohortState:
    """Called off, then time, then seats."""
    return CohortState.CALLED_OFF if facts.is_called_off else state_by_time(facts, now)


def state_by_time(facts: CohortFacts, now: datetime) -> CohortState:
    """Without a date there is nothing to book: closed."""
    if facts.starts is None or facts.ends is None:
        return CohortState.CLOSED
    if now >= facts.ends:
        return CohortState.PAST
    if now >= facts.starts:
        return CohortState.UNDER_WAY
    if facts.closes_at and now >= facts.closes_at:
        return CohortState.CLOSED
    if now < facts.opens_at:
        return CohortState.SOON
    return state_by_seats(facts)


def state_by_seats(facts: CohortFacts) -> CohortState:
    left = seats_left(facts)
    if left is None or facts.capacity is None:
        return CohortState.OPEN
    if left == 0:
        return CohortState.WAITING if facts.has_waiting_list else CohortState.FULL
    few = left <= max(FEW_AT_MOST, facts.capacity // FEW_SHARE)
    return CohortState.FEW if few else CohortState.OPEN
