"""The background worker: tasks from the database, and the clock that publishes on time.

Work that takes minutes waits in a queue of its own, `long`, so that mail never stands behind it:
run a second worker with `--queue-name long` for it.
"""

from typing import Any

from django_tasks_db.management.commands.db_worker import Command as DatabaseWorker

from core.clock import Clock
from core.workers import Heart

LONG = "long"


class Command(DatabaseWorker):
    help = "Run background tasks and, every minute, what is due."

    def handle(self, *args: Any, **options: Any) -> None:
        threads: list[Clock | Heart] = [Heart(options["worker_id"], options["queue_name"])]
        if not options["batch"] and options["queue_name"] != LONG:
            threads.append(Clock())
        for thread in threads:
            thread.start()
        try:
            super().handle(*args, **options)
        finally:
            for thread in threads:
                thread.stop()
