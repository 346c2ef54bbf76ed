"""The one guard of all public forms; the pages it stands on have tests of their own."""

import sqlite3
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from django.core import signing
from django.db import connection
from django.test import RequestFactory

from core import guard
from core.models import Tally
from tests.core.tallying import FORMS, KEYS, THREADS, in_a_process, in_threads

PROCESSES = 2
TABLE = "SELECT sql FROM sqlite_master WHERE tbl_name = 'core_tally' AND sql IS NOT NULL"


def over_limit(email: str, address: str = "192.0.2.7") -> bool:
    return guard.is_over_limit(RequestFactory().post("/", REMOTE_ADDR=address), email)


def an_hour_later(monkeypatch: pytest.MonkeyPatch) -> None:
    later = guard.this_hour() + 1
    monkeypatch.setattr(guard, "this_hour", lambda: later)


def is_stamp(value: str) -> bool:
    try:
        guard.age_of(value)
    except guard.CannotBeRead:
        return False
    return True


# Who sends ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, None, "10.0.0.1"),
        (0, "1.2.3.4", "10.0.0.1"),
        (1, None, "10.0.0.1"),
        (1, "", "10.0.0.1"),
        (1, "192.0.2.9", "192.0.2.9"),
        (1, "6.6.6.6, 192.0.2.9", "192.0.2.9"),
        (2, "6.6.6.6, 192.0.2.9, 10.0.0.2", "192.0.2.9"),
        (2, "192.0.2.9", "192.0.2.9"),
        (2, " , ,", "10.0.0.1"),
    ],
)
def test_a_sender_is_known_by_what_our_own_proxies_have_seen(
    settings: Any, proxies: int, forwarded: str | None, address: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1")
    if forwarded is not None:
        request.META["HTTP_X_FORWARDED_FOR"] = forwarded
    assert guard.client_address(request) == address


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.0/24"),
        ("192.0.2.200:4711", "192.0.2.0/24"),
        ("::ffff:192.0.2.7", "192.0.2.0/24"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2:bbbb::1]:4711", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", "unknown"),
        ("x" * 10_000, "unknown"),
        ("1.2.3.4\x00", "unknown"),
    ],
)
def test_the_addresses_of_one_network_count_as_one(address: str, network: str) -> None:
    assert guard.network_of(address) == network


# Limits ------------------------------------------------------------------------------------------


def test_an_e_mail_address_counts_however_it_is_written(db: None) -> None:
    written = ["Ann@school.example", "ann@SCHOOL.example ", "ann@school.example"]
    answers = [
        over_limit(written[number % 3], f"192.0.{number}.1")
        for number in range(guard.BY_EMAIL.most + 2)
    ]
    assert answers == [False] * guard.BY_EMAIL.most + [True, True]


def test_a_network_counts_whatever_names_it_sends(db: None) -> None:
    for number in range(guard.BY_NETWORK.most):
        assert not over_limit(f"{number}@school.example", f"192.0.2.{number}")
    assert over_limit("another@school.example", "192.0.2.250")
    assert not over_limit("another@school.example", "192.0.3.250")


def test_the_next_hour_counts_anew(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(guard.BY_EMAIL.most):
        over_limit("ann@school.example")
    assert over_limit("ann@school.example")
    an_hour_later(monkeypatch)
    assert not over_limit("ann@school.example")


def test_tallies_go_when_their_hour_is_over(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    over_limit("ann@school.example")
    guard.forget_tallies()
    assert Tally.objects.count() == 2
    an_hour_later(monkeypatch)
    guard.forget_tallies()
    assert not Tally.objects.exists()


def test_no_address_can_be_read_from_what_is_kept(db: None, settings: Any) -> None:
    over_limit("ann@school.example")
    kept = str(list(Tally.objects.values_list()))
    assert "ann" not in kept
    assert "192.0" not in kept
    settings.SECRET_KEY = "another key " * 5
    over_limit("ann@school.example")
    assert Tally.objects.count() == 4  # without the key nobody can make the same two hashes


def test_one_form_is_counted_by_one_statement(db: None, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        over_limit("ann@school.example")
    with django_assert_num_queries(1):
        over_limit("ann@school.example")


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="copies a table of SQLite's test database"
)
def test_processes_share_one_count(db: None, tmp_path: Path) -> None:
    path = tmp_path / "tally.sqlite3"
    copy = sqlite3.connect(path)
    with connection.cursor() as cursor:
        cursor.execute(TABLE)
        for (sql,) in cursor.fetchall():
            copy.execute(sql)
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        list(pool.map(in_a_process, [str(path)] * PROCESSES))
    counted = dict(copy.execute("SELECT who, sent FROM core_tally").fetchall())
    copy.close()
    assert counted == dict.fromkeys(KEYS, PROCESSES * THREADS * FORMS)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="in memory, SQLite has one writer only")
@pytest.mark.django_db(transaction=True)
def test_connections_share_one_count() -> None:
    in_threads()
    assert dict(Tally.objects.values_list("who", "sent")) == dict.fromkeys(KEYS, THREADS * FORMS)


# Stamps ------------------------------------------------------------------------------------------


def test_only_our_own_stamp_can_be_read() -> None:
    signed_words = signing.dumps("words", salt=guard.SALT)
    elsewhere = signing.dumps(1.0, salt="another form")
    assert is_stamp(guard.stamp())
    assert not any(is_stamp(value) for value in ("", "x", signed_words, elsewhere))
