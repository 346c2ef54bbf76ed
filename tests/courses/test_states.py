from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from courses.enums import CohortState
from courses.states import CohortFacts, seats_left, state_of

NOW = datetime(2027, 1, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
FACTS = CohortFacts(
    opens_at=NOW - DAY,
    closes_at=None,
    starts=NOW + 10 * DAY,
    ends=NOW + 40 * DAY,
    capacity=24,
    seats_taken=0,
    has_waiting_list=True,
)


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ({}, CohortState.OPEN),
        ({"capacity": None, "seats_taken": 500}, CohortState.OPEN),
        ({"opens_at": NOW}, CohortState.OPEN),
        ({"opens_at": NOW + DAY}, CohortState.SOON),
        ({"seats_taken": 20}, CohortState.OPEN),
        ({"seats_taken": 21}, CohortState.FEW),
        ({"seats_taken": 24}, CohortState.WAITING),
        ({"seats_taken": 24, "has_waiting_list": False}, CohortState.FULL),
        ({"closes_at": NOW}, CohortState.CLOSED),
        ({"closes_at": NOW + DAY}, CohortState.OPEN),
        ({"starts": NOW}, CohortState.UNDER_WAY),
        ({"starts": NOW - 9 * DAY, "ends": NOW}, CohortState.PAST),
        ({"starts": None, "ends": None}, CohortState.CLOSED),
        ({"capacity": 80, "seats_taken": 70}, CohortState.FEW),
    ],
)
def test_the_state_follows_from_the_clock_and_the_seats(
    change: dict[str, Any], state: CohortState
) -> None:
    assert state_of(replace(FACTS, **change), NOW) == state


def test_seats_left_are_never_below_nothing_and_unknown_without_a_limit() -> None:
    assert seats_left(replace(FACTS, seats_taken=30)) == 0
    assert seats_left(replace(FACTS, capacity=None)) is None


def test_only_open_cohorts_take_bookings_and_only_others_take_names() -> None:
    assert {state for state in CohortState if state.is_bookable} == {"open", "few"}
    assert {state for state in CohortState if state.takes_names} == {"soon", "waiting"}
    assert {state for state in CohortState if state.is_full} == {"full", "waiting"}
