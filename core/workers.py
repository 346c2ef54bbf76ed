"""Killed workers: their tasks are found and given to another.

django-tasks-db marks a task RUNNING and never looks back: after SIGKILL, or a power cut, it stays
so for ever. Here every worker says that it lives; a task whose last worker is silent goes back to
the queue, and fails for good when it has taken down several workers. Tasks must bear repetition.
"""

import logging
import os
import socket
import threading
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core.models.workers import Worker
from media.services import jobs

logger = logging.getLogger(__name__)
BEAT_S = 15.0
FORGOTTEN = timedelta(days=1)
MOST_TRIES = 3


def beat(name: str, queues: str) -> None:
    """Say that this process lives."""
    Worker.objects.update_or_create(
        name=name,
        defaults={
            "host": socket.gethostname(),
            "process": os.getpid(),
            "queues": queues,
            "beat_at": timezone.now(),
        },
    )


def is_alive(worker: Worker | None) -> bool:
    """By its last beat; on this machine also by its process, so that a restart mends at once."""
    if worker is None or worker.beat_at < timezone.now() - jobs.SILENT:
        return False
    return worker.host != socket.gethostname() or process_exists(worker.process)


def works_here(queue: str) -> bool:
    """Whether a worker for this queue lives on this machine, or in this container."""
    mine = Worker.objects.filter(host=socket.gethostname())
    return any(is_alive(each) for each in mine if queue in each.queues.split(","))


def process_exists(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@dataclass(frozen=True, slots=True)
class Reaped:
    again: int = 0
    given_up: int = 0


def reap() -> Reaped:
    """Give every task of a dead worker back to the queue; fail those that were tried too often.

    May run in any number of processes at once: the row is locked while it is judged.
    """
    again = given_up = 0
    for pk in DBTaskResult.objects.running().values_list("pk", flat=True):
        with transaction.atomic():
            running = DBTaskResult.objects.running().select_for_update()
            task = running.filter(pk=pk).first()
            if task is None or is_alive(Worker.objects.filter(pk=last_worker(task)).first()):
                continue
            if len(task.worker_ids) < MOST_TRIES:
                put_back(task)
                again += 1
            else:
                task.set_failed(WorkersDied(f"{len(task.worker_ids)} workers died while doing it."))
                given_up += 1
    Worker.objects.filter(beat_at__lt=timezone.now() - FORGOTTEN).delete()
    return Reaped(again, given_up)


def find_lost_work() -> None:
    """What a killed worker left goes to another, or ends as failed where people see it."""
    reap()
    jobs.close_abandoned()


class WorkersDied(RuntimeError):
    """A task that took down every worker that tried it."""


def last_worker(task: "DBTaskResult") -> str:
    return str(task.worker_ids[-1]) if task.worker_ids else ""


def put_back(task: "DBTaskResult") -> None:
    logger.warning("The worker of %s died; the task is tried again.", task.task_path)
    task.status, task.started_at = "READY", None
    task.save(update_fields=["status", "started_at"])


class Heart(threading.Thread):
    """Beats at once, then every `seconds`, until `stop`; a database that is away stops it not."""

    def __init__(self, name: str, queues: str, seconds: float = BEAT_S) -> None:
        super().__init__(name="heart", daemon=True)
        self.worker, self.queues, self.seconds = name, queues, seconds
        self._stopped = threading.Event()

    def run(self) -> None:
        while not self._stopped.is_set():
            try:
                beat(self.worker, self.queues)
            except DatabaseError:
                logger.warning("The worker could not say that it lives.", exc_info=True)
                connection.close()
            self._stopped.wait(self.seconds)
        connection.close()

    def stop(self) -> None:
        self._stopped.set()
