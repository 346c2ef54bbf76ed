"""Rows that a site has already are brought along by the migrations."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.courses import earlier
from tests.courses.copies import copy_of_the_database
from tests.courses.crowd import Crowd, crowd

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def process(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Crowd]:
    folder: Path = tmp_path_factory.mktemp("migrations")
    with (
        django_db_blocker.unblock(),
        copy_of_the_database(folder) as database,
        crowd(database=database, processes=1, threads=1) as one,
    ):
        yield one


def test_bookings_places_and_entries_made_before_there_were_all_states_are_kept(
    process: Crowd,
) -> None:
    assert process.one(earlier.migrated) == {
        "invoices": ["requested", "nothing", "nothing"],
        "cancelled": [[True], [True]],
        "tokens": {43},
        "own tokens": 3,
        "a cancelled place is booked again": False,
    }
