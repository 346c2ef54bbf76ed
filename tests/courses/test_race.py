"""Many processes and threads want the last places. First the race itself, then its absence."""

import sqlite3
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import pytest
from django.db import connection

from courses.models import Cohort
from tests.courses.factories import make_cohort, make_registration
from tests.courses.race import contend
from tests.factories import make_home

PROCESSES, CAPACITY = 2, 10
TABLES_THEN_INDEXES = """
    SELECT type, name, sql FROM sqlite_master
    WHERE (tbl_name LIKE 'courses_%' OR tbl_name = 'wagtailcore_page') AND sql IS NOT NULL
    ORDER BY type = 'trigger', type DESC
"""
ROWS, PUT = "SELECT * FROM {}", "INSERT INTO {} VALUES ({})"

pytestmark = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="copies tables of the SQLite test database"
)


@pytest.fixture
def hot(db: None) -> Cohort:
    make_home()
    cohort = make_cohort(capacity=CAPACITY)
    make_registration(cohort, "first@school.example")
    return cohort


def race(database: Path, cohort: Cohort, way: str) -> Counter[str]:
    """Run the processes on a copy of the test database in a file; what each try came to."""
    copy_tables(database)
    total: Counter[str] = Counter()
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        for results in pool.map(partial(contend, str(database), cohort.pk, way), range(PROCESSES)):
            total.update(results)
    return total


def copy_tables(database: Path) -> None:
    """What registering reads and writes, with its constraints, as a file of its own."""
    copy = sqlite3.connect(database)
    with connection.cursor() as cursor:
        cursor.execute(TABLES_THEN_INDEXES)
        for kind, name, sql in cursor.fetchall():
            copy.execute(sql)
            if kind == "table":
                copy_rows(copy, name)
    copy.commit()
    copy.close()


def copy_rows(copy: sqlite3.Connection, table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA table_info({table})")
        marks = ", ".join("?" for _ in cursor.fetchall())
        cursor.execute(ROWS.format(table))
        copy.executemany(PUT.format(table, marks), cursor.fetchall())


def places(database: Path) -> int:
    copy = sqlite3.connect(database)
    found = copy.execute("SELECT COUNT(*) FROM courses_place WHERE state = 'booked'").fetchone()
    copy.close()
    return int(found[0])


def test_check_then_add_sells_seats_twice(hot: Cohort, tmp_path: Path) -> None:
    race(tmp_path / "race.sqlite3", hot, "unguarded")
    assert places(tmp_path / "race.sqlite3") > CAPACITY


def test_no_seat_is_sold_twice_and_none_stays_unsold(hot: Cohort, tmp_path: Path) -> None:
    results = race(tmp_path / "race.sqlite3", hot, "guarded")
    assert places(tmp_path / "race.sqlite3") == CAPACITY
    assert results == {"booked": CAPACITY - 1, "CohortFull": 60 - CAPACITY + 1}
