"""Workers that send the outbox while they are being killed: mail_workers.py DATABASE PORT.

Writes 300 mails, forks three workers that send them to the mail server on that port, kills one of
them ten times with SIGKILL and puts another in its place, and waits until nothing is left to send.
Prints what became of the mails as JSON, and removes them. Half a minute passes in each second, so
that leases and the waits between attempts fit into a test.
"""

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

MAILS, WORKERS, KILLS, FASTER, PATIENCE = 300, 3, 10, 30, 90.0
OURS = "chaos:"


def main(database: str, port: int) -> None:
    set_up(database, port)
    from django.db import connection
    from django.utils import timezone

    began = timezone.now()
    fill()
    connection.close()  # a fork must not share it

    def clock() -> datetime:
        return began + (timezone.now() - began) * FASTER

    workers = [fork(clock) for _ in range(WORKERS)]
    for number in range(KILLS):
        time.sleep(0.3 + 0.6 * (number * 7 % KILLS) / KILLS)
        kill(workers.pop(0))
        workers.append(fork(clock))
    wait_until_sent()
    for worker in workers:
        kill(worker)
    print(json.dumps(report()))


def set_up(database: str, port: int) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    sys.path[:0] = [".", "site"]
    import django
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = database
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    django.setup()


def rows() -> Any:
    from courses.models import OutboxMessage

    return OutboxMessage.objects.filter(key__startswith=OURS)


def fill() -> None:
    from courses.models import OutboxMessage

    rows().delete()
    OutboxMessage.objects.bulk_create(
        OutboxMessage(
            kind="note",
            to=f"{number}@school.example",
            subject=f"Mail {number}",
            text="Text",
            html="<p>Text</p>",
            key=f"{OURS}{number}",
        )
        for number in range(MAILS)
    )


def fork(clock: Callable[[], datetime]) -> int:
    parent, child = os.getpid(), os.fork()
    if child:
        return child
    try:
        while os.getppid() == parent:
            work(clock)
    finally:
        os._exit(1)


def work(clock: Callable[[], datetime]) -> None:
    from courses.services import send_due

    if not send_due(now=clock(), limit=20).sent:
        time.sleep(0.05)


def kill(worker: int) -> None:
    """A worker that ended by itself would be a fault of its own."""
    os.kill(worker, signal.SIGKILL)
    _, status = os.waitpid(worker, 0)
    if os.WTERMSIG(status) != signal.SIGKILL:
        sys.exit(f"A worker ended by itself: {status}")


def wait_until_sent() -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and rows().exclude(state="sent").exists():
        time.sleep(0.2)


def report() -> dict[str, Any]:
    found = list(rows().values_list("message_id", "state", "attempts"))
    rows().delete()
    return {
        "ids": [message_id for message_id, _, _ in found],
        "states": sorted({state for _, state, _ in found}),
        "most_attempts": max(attempts for _, _, attempts in found),
        "kills": KILLS,
    }


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        main(sys.argv[1], int(sys.argv[2]))
