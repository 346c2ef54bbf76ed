"""Workers that are killed: their tasks are found, tried again, and in the end given up."""

import os
import socket
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core import workers
from core.models import Worker
from tests.site import Site, wait_for

HERE = socket.gethostname()


def make_worker(
    name: str = "one", *, host: str = HERE, process: int = 0, beat_ago: int = 0
) -> None:
    beat_at = timezone.now() - timedelta(seconds=beat_ago)
    fields = {"host": host, "process": process or os.getpid(), "queues": "default"}
    Worker.objects.create(name=name, beat_at=beat_at, **fields)


def make_running(*names: str) -> DBTaskResult:
    return DBTaskResult.objects.create(
        task_path="tests.core.slow.takes_its_time",
        args_kwargs={"args": ["/nowhere"], "kwargs": {}},
        backend_name="default",
        run_after=timezone.now(),
        started_at=timezone.now(),
        status="RUNNING",
        worker_ids=list(names),
    )


def a_dead_process() -> int:
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    return child.pid


def test_the_task_of_a_living_worker_is_left_alone(db: None) -> None:
    make_worker()
    task = make_running("one")
    assert workers.reap() == workers.Reaped()
    task.refresh_from_db()
    assert task.status == "RUNNING"


def test_a_silent_worker_counts_as_dead_wherever_it_ran(db: None) -> None:
    make_worker(host="elsewhere", beat_ago=600)
    task = make_running("one")
    assert workers.reap() == workers.Reaped(again=1)
    task.refresh_from_db()
    assert (task.status, task.started_at) == ("READY", None)


def test_on_the_same_machine_a_dead_process_is_enough(db: None) -> None:
    make_worker(process=a_dead_process())
    make_running("one")
    assert workers.reap() == workers.Reaped(again=1)


def test_a_process_of_another_machine_is_judged_by_its_beat_alone(db: None) -> None:
    make_worker(host="elsewhere", process=a_dead_process())
    make_running("one")
    assert workers.reap() == workers.Reaped()


def test_a_worker_that_nobody_knows_is_dead(db: None) -> None:
    make_running("never-seen")
    assert workers.reap() == workers.Reaped(again=1)


def test_a_task_that_took_down_three_workers_is_given_up(db: None) -> None:
    task = make_running("one", "two", "three")
    assert workers.reap() == workers.Reaped(given_up=1)
    task.refresh_from_db()
    assert task.status == "FAILED"
    assert "3 workers died" in task.traceback


def test_workers_of_yesterday_are_forgotten(db: None) -> None:
    make_worker(beat_ago=2 * 86_400)
    workers.reap()
    assert not Worker.objects.exists()


def test_a_heart_beats_and_stops(transactional_db: None) -> None:
    heart = workers.Heart(str(uuid4()), "default", seconds=0.05)
    heart.start()
    deadline = time.monotonic() + 20
    while not Worker.objects.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    heart.stop()
    heart.join(10)
    assert not heart.is_alive()
    assert Worker.objects.get().process == os.getpid()


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path)
    site.migrate()
    return site


STATE = "from django_tasks_db.models import DBTaskResult as T; t = T.objects.get(); print(t.status)"
REAP = "from core.workers import reap; print(reap().again)"


def test_a_worker_is_killed_and_another_does_its_work(site: Site, tmp_path: Path) -> None:
    empty = "from django_tasks_db.models import DBTaskResult; DBTaskResult.objects.all().delete()"
    ask = f"from tests.core.slow import takes_its_time; takes_its_time.enqueue({str(tmp_path)!r})"
    site.shell(f"{empty}; {ask}")
    killed = site.start("worker", "--no-startup-delay", "--no-reload")
    wait_for(tmp_path / "try-1")
    killed.kill()
    killed.communicate()
    found = site.shell(f"{STATE}; {REAP}")
    assert (found.split()[0], found.split()[-1]) == (
        "RUNNING",
        "1",
    )  # and so it would stay for ever
    site.run("worker", "--batch", "--no-startup-delay", "--no-reload")
    assert site.shell(STATE) == "SUCCESSFUL"
    assert (tmp_path / "try-2").exists()
