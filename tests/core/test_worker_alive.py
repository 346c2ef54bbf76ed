"""`worker_alive`: what a container asks to learn whether its worker lives."""

import pytest
from django.core.management import CommandError, call_command

from tests.core.test_workers import a_dead_process, make_worker

pytestmark = pytest.mark.django_db


def alive(queue: str = "default") -> bool:
    try:
        call_command("worker_alive", "--queue-name", queue)
    except CommandError:
        return False
    return True


def test_a_worker_that_beats_here_is_alive_for_its_own_queue() -> None:
    make_worker()
    assert (alive(), alive("long")) == (True, False)


def test_without_any_worker_none_is_alive_and_the_queue_is_named() -> None:
    with pytest.raises(CommandError, match="No worker for the queue “long” lives here"):
        call_command("worker_alive", "--queue-name", "long")


def test_a_worker_of_another_container_does_not_count() -> None:
    make_worker(host="elsewhere")
    assert not alive()


def test_a_worker_that_has_lost_the_database_is_not_alive() -> None:
    make_worker(beat_ago=600)
    assert not alive()


def test_a_killed_worker_is_not_alive() -> None:
    make_worker(process=a_dead_process())
    assert not alive()
