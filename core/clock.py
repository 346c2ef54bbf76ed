"""What must happen by itself, minute by minute: jobs register here, the worker runs them."""

import logging
import threading
from collections.abc import Callable

from django.core.management import call_command
from django.db import connections

logger = logging.getLogger(__name__)
Job = Callable[[], object]
_jobs: dict[str, Job] = {}


def every_minute(job: Job) -> Job:
    """Register a job that may run at any minute, more than once, and after a long pause."""
    _jobs[f"{job.__module__}.{job.__qualname__}"] = job
    return job


@every_minute
def publish_scheduled() -> None:
    """Publish what is due and take down what has expired, however long the worker was away."""
    call_command("publish_scheduled")


def tick() -> list[str]:
    """Run every job once; one that fails is logged and does not stop the others.

    Returns the names of those that failed.
    """
    failed = []
    for name, job in list(_jobs.items()):
        drop_stale_connections()
        try:
            job()
        except Exception:
            logger.exception("The job %s failed; it is tried again in a minute.", name)
            failed.append(name)
    drop_stale_connections()
    return failed


def drop_stale_connections() -> None:
    """As Django does between requests; but a transaction that the caller has begun goes on."""
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()


class Clock(threading.Thread):
    """Ticks at once, then every `seconds`, until `stop`."""

    def __init__(self, seconds: float = 60) -> None:
        super().__init__(name="clock", daemon=True)
        self.seconds = seconds
        self._stopped = threading.Event()

    def run(self) -> None:
        while not self._stopped.is_set():
            tick()
            self._stopped.wait(self.seconds)

    def stop(self) -> None:
        self._stopped.set()
