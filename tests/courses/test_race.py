"""Sixty-four clients want the last places, or a credit: first the race itself, then its absence.

On SQLite in a file, or on the server in DATABASE_URL; a copy of the tests' own database, migrated
and empty, with all its constraints and triggers.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from tests.courses import race, race_credits
from tests.courses.copies import copy_of_the_database
from tests.courses.crowd import Crowd, crowd
from tests.courses.race import Seats

PROCESSES, THREADS = 4, 16
CLIENTS = PROCESSES * THREADS
COHORTS, CAPACITY = 100, 4

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("race")]


@pytest.fixture
def clients(many: Crowd) -> Crowd:
    """The processes outlive a test; a fault that one put in must not."""
    many.run(race.look_for_seats, "as it is")
    return many


@pytest.fixture(scope="module")
def many(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Crowd]:
    with (
        django_db_blocker.unblock(),
        copy_of_the_database(tmp_path_factory.mktemp("race")) as database,
        crowd(database=database, processes=PROCESSES, threads=THREADS) as clients,
    ):
        yield clients


def total(results: list[Counter[str]]) -> Counter[str]:
    return sum(results, Counter())


def test_check_then_add_sells_seats_twice(clients: Crowd) -> None:
    cohorts = clients.one(race.open_cohorts, 3, capacity=CAPACITY)
    clients.run(race.look_for_seats, "check, then add")
    clients.run(race.want_places, cohorts)
    sold = sum(each.places for each in clients.one(race.seats, cohorts))
    assert sold > 3 * CAPACITY


def test_the_database_refuses_a_seat_sold_twice_by_itself(clients: Crowd) -> None:
    cohorts = clients.one(race.open_cohorts, 2, capacity=CAPACITY)
    clients.run(race.look_for_seats, "count without asking")
    tries = total(clients.run(race.want_places, cohorts))
    assert tries == {"done": 2 * CAPACITY, "IntegrityError": 2 * (CLIENTS - CAPACITY)}


def test_no_seat_is_sold_twice_and_none_stays_unsold_in_6400_tries(clients: Crowd) -> None:
    cohorts = clients.one(race.open_cohorts, COHORTS, capacity=CAPACITY)
    tries = total(clients.run(race.want_places, cohorts))
    assert clients.one(race.seats, cohorts) == [Seats(CAPACITY, CAPACITY, CAPACITY, 0, 0)] * COHORTS
    assert tries == {"done": COHORTS * CAPACITY, "CohortFull": COHORTS * (CLIENTS - CAPACITY)}
    assert tries.total() >= 6_400


def test_one_form_sent_eight_times_at_once_makes_one_booking(clients: Crowd) -> None:
    cohorts = clients.one(race.open_cohorts, 3, capacity=CLIENTS // 8)
    sent = [each for client in clients.run(race.send_one_form, cohorts, 8) for each in client]
    assert len(sent) == 3 * CLIENTS
    assert len({booking for _, booking, _ in sent}) == 3 * CLIENTS // 8
    assert sum(is_new for _, _, is_new in sent) == 3 * CLIENTS // 8
    assert all(each.is_well and each.places == CLIENTS // 8 for each in seats_of(clients, cohorts))


def test_moves_in_opposite_directions_never_wait_for_each_other(clients: Crowd) -> None:
    cohorts = clients.one(race.open_cohorts, 2, capacity=CLIENTS)
    clients.one(race.have_places, cohorts, each=CLIENTS // 2)
    tries = total(clients.run(race.move_back_and_forth, cohorts, times=2))
    assert tries == {"done": 2 * CLIENTS}
    here, there = seats_of(clients, cohorts)
    assert (here.places, there.places) == (CLIENTS // 2, CLIENTS // 2)
    assert here.is_well
    assert there.is_well


def test_whatever_happens_at_once_no_seat_is_lost_or_free_while_somebody_waits(
    clients: Crowd,
) -> None:
    cohorts = clients.one(race.open_cohorts, 3, capacity=6)
    tries = total(clients.run(race.do_anything, cohorts, times=12))
    found = seats_of(clients, cohorts)
    assert not race.surprises(tries)
    assert all(each.is_well for each in found), found
    assert {f"{verb.__name__}: done" for verb in race.VERBS} <= set(tries)


def seats_of(clients: Crowd, cohorts: list[int]) -> list[Seats]:
    return clients.one(race.seats, cohorts)


# One invoice ------------------------------------------------------------------------------------


def test_looking_before_crediting_gives_back_more_than_was_paid(clients: Crowd) -> None:
    invoice = clients.one(race_credits.open_invoice)
    tries = total(clients.run(race_credits.contend, invoice, "check, then add"))
    assert tries["done"] > clients.one(race_credits.how_often_it_fits, invoice)


def test_no_race_credits_more_than_the_invoice(clients: Crowd) -> None:
    invoice = clients.one(race_credits.open_invoice)
    fit = clients.one(race_credits.how_often_it_fits, invoice)
    tries = total(clients.run(race_credits.contend, invoice, "guarded"))
    assert fit == 8
    assert tries == {"done": fit, "CreditTooHigh": CLIENTS - fit}
