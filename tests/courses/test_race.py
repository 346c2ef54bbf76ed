"""Many processes and threads want the last places. First the race itself, then its absence."""

import sqlite3
import subprocess
import sys
from ast import literal_eval
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection

from courses.models import Cohort
from tests.courses.factories import make_cohort, make_registration
from tests.factories import make_home

ROOT = Path(__file__).parents[2]
PROCESSES, CAPACITY = 2, 10
TABLES_THEN_INDEXES = """
    SELECT type, name, sql FROM sqlite_master
    WHERE (tbl_name LIKE 'courses_%' OR tbl_name = 'wagtailcore_page') AND sql IS NOT NULL
    ORDER BY type DESC
"""

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
    command = [sys.executable, "-m", "tests.courses.race", str(database), str(cohort.pk), way]
    runs = [
        subprocess.Popen(  # noqa: S603  (our own module)
            [*command, str(number)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        for number in range(PROCESSES)
    ]
    total: Counter[str] = Counter()
    for run in runs:
        out, _ = run.communicate(timeout=120)
        total.update(literal_eval(out.strip().splitlines()[-1]))
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
        cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  (a name out of the schema)
        marks = ", ".join("?" for _ in cursor.description)
        copy.executemany(f'INSERT INTO "{table}" VALUES ({marks})', cursor.fetchall())  # noqa: S608


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
