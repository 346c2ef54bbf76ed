"""Processes that credit one invoice at once. First the race itself, then its absence."""

import sqlite3
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import pytest
from django.db import connection

from courses.enums import InvoiceState
from courses.models import Booking
from courses.services.invoices import set_invoice_state
from tests.courses.factories import make_cohort, make_registration
from tests.courses.race_credits import AMOUNT, TRIES, contend
from tests.factories import make_home

TABLES = """
    SELECT type, name, sql FROM sqlite_master
    WHERE sql IS NOT NULL AND (tbl_name LIKE 'courses_%' OR tbl_name IN (
        'wagtailcore_page', 'wagtailcore_modellogentry', 'django_content_type', 'auth_user'
    ))
"""
PROCESSES, FIT = 3, 8  # eight times 60 pounds of 500

pytestmark = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="copies the SQLite test database"
)


@pytest.fixture
def invoiced(db: None) -> Booking:
    make_home()
    booking = make_registration(make_cohort()).booking
    set_invoice_state(booking=booking, state=InvoiceState.SENT, number="1", by=None)
    return booking


def race(database: Path, booking: Booking, way: str) -> Counter[str]:
    copy_database(database)
    total: Counter[str] = Counter()
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        work = partial(contend, str(database), booking.pk, way)
        for results in pool.map(work, range(PROCESSES)):
            total.update(results)
    return total


def copy_database(path: Path) -> None:
    """As this test sees it, with what it has not committed."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        found = cursor.fetchall()
        copy = sqlite3.connect(path)
        for kind in ("table", "index", "trigger"):
            for each, name, sql in found:
                if each == kind:
                    copy.execute(sql)
                    if kind == "table":
                        copy_rows(copy, name)
        copy.commit()
        copy.close()


def copy_rows(copy: sqlite3.Connection, name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{name}"')  # noqa: S608 (names of our own tables)
        rows = cursor.fetchall()
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        copy.executemany(f'INSERT INTO "{name}" VALUES ({marks})', rows)  # noqa: S608 (as above)


def test_looking_before_crediting_gives_back_more_than_was_paid(
    invoiced: Booking, tmp_path: Path
) -> None:
    assert race(tmp_path / "race.db", invoiced, "unguarded")["credited"] > FIT


def test_no_race_credits_more_than_the_invoice(invoiced: Booking, tmp_path: Path) -> None:
    results = race(tmp_path / "race.db", invoiced, "guarded")
    assert results == {"credited": FIT, "CreditTooHigh": PROCESSES * TRIES - FIT}
    assert invoiced.amount >= AMOUNT * FIT
