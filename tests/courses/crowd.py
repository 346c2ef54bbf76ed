"""Many clients at once: processes of many threads, each thread with a connection of its own.

A job is a function of a module; all clients call it in the same moment with what `run` was given,
and what each returns comes back. `number()` tells a client who it is, `together()` lets it wait for
all others. This module knows nothing of Django until a process has set it up.
"""

import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from threading import Barrier, local
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
PATIENCE_S = 300
mine = local()
place: dict[str, Any] = {}


@dataclass(frozen=True)
class Crowd:
    pool: ProcessPoolExecutor
    processes: int
    threads: int

    @property
    def clients(self) -> int:
        return self.processes * self.threads

    def run(self, job: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> list[R]:
        """What each client's job returned; the first that fails is raised."""
        sent = [self.pool.submit(side_by_side, job, args, kwargs) for _ in range(self.processes)]
        return [result for future in sent for result in future.result()]

    def one(self, job: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Have one process do it alone."""
        return self.pool.submit(alone, job, args, kwargs).result()


@contextmanager
def crowd(*, database: str, processes: int, threads: int) -> Iterator[Crowd]:
    """On the database of this name: a file, or one of the server in DATABASE_URL."""
    context = get_context("spawn")
    counter = context.Value("i", 0)
    start = context.Barrier(processes * threads, timeout=PATIENCE_S)
    with ProcessPoolExecutor(
        processes,
        mp_context=context,
        initializer=set_up,
        initargs=(database, threads, counter, start),
    ) as pool:
        yield Crowd(pool, processes, threads)


def number() -> int:
    """Of the client who asks, from 0."""
    return int(mine.number)


def together() -> None:
    """Go on when every client has come here."""
    place["start"].wait()


def set_up(database: str, threads: int, counter: Any, start: Barrier) -> None:
    """In each process: Django as the tests have it, but tasks wait for a worker as on a site."""
    with counter.get_lock():
        first = counter.value
        counter.value += threads
    place.update(first=first, threads=threads, start=start)
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    os.environ["LOG_LEVEL"] = "WARNING"
    sys.path.insert(0, "site")
    import django
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = database
    settings.TASKS["default"]["BACKEND"] = "django_tasks_db.DatabaseBackend"
    django.setup()


def side_by_side(job: Callable[..., R], args: Any, kwargs: Any) -> list[R]:
    """The clients of one process, started together with those of the others."""
    with ThreadPoolExecutor(place["threads"]) as threads:
        sent = [
            threads.submit(client, place["first"] + number, job, args, kwargs)
            for number in range(place["threads"])
        ]
        return [future.result() for future in sent]


def client(number: int, job: Callable[..., R], args: Any, kwargs: Any) -> R:
    mine.number = number
    together()
    return alone(job, args, kwargs)


def alone(job: Callable[..., R], args: Any, kwargs: Any) -> R:
    from django.db import connections

    try:
        return job(*args, **kwargs)
    finally:
        connections.close_all()
