from datetime import timedelta
from pathlib import Path

import pytest
from django.db.utils import ConnectionHandler
from django.test import Client
from django.utils import timezone

from core import clock
from home.models import HomePage, StandardPage
from tests.factories import make_page


def test_a_scheduled_page_appears_when_its_time_has_come(home: HomePage, client: Client) -> None:
    page = make_page(StandardPage, home, title="Later", live=False)
    page.go_live_at = timezone.now() - timedelta(days=2)
    page.save_revision(approved_go_live_at=page.go_live_at)
    assert client.get("/later/").status_code == 404
    clock.publish_scheduled()
    assert client.get("/later/").status_code == 200


def test_a_page_is_taken_down_when_it_has_expired(home: HomePage) -> None:
    page = make_page(StandardPage, home, title="Gone")
    StandardPage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(days=2))
    clock.publish_scheduled()
    page.refresh_from_db()
    assert (page.live, page.expired) == (False, True)


def test_a_job_that_fails_does_not_stop_the_others(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def fails() -> None:
        raise RuntimeError("no")

    monkeypatch.setattr(clock, "_jobs", {"fails": fails, "works": lambda: done.append("works")})
    assert clock.tick() == ["fails"]
    assert done == ["works"]


@pytest.mark.parametrize("is_open", [False, True])
def test_a_stale_connection_is_dropped_unless_a_transaction_is_open(
    db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_open: bool
) -> None:
    on_disk = {"ENGINE": "django.db.backends.sqlite3", "NAME": tmp_path / "a.sqlite3"}
    handler = ConnectionHandler({"default": on_disk})
    monkeypatch.setattr(clock, "connections", handler)
    stale = handler["default"]
    stale.connect()
    stale.close_at = 0
    stale.in_atomic_block = is_open
    clock.drop_stale_connections()
    assert (stale.connection is not None) == is_open
    stale.in_atomic_block = False
    stale.close()


def test_the_clock_ticks_at_once_and_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks: list[int] = []
    monkeypatch.setattr(clock, "tick", lambda: ticks.append(1))
    thread = clock.Clock(seconds=0.01)
    thread.start()
    while len(ticks) < 2:
        thread.join(0.01)
    thread.stop()
    thread.join(5)
    assert not thread.is_alive()
