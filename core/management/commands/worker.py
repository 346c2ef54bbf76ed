"""The background worker: tasks from the database, and the clock that publishes on time."""

from typing import Any

from django_tasks_db.management.commands.db_worker import Command as DatabaseWorker

from core.clock import Clock


class Command(DatabaseWorker):
    help = "Run background tasks and, every minute, what is due."

    def handle(self, *args: Any, **options: Any) -> None:
        clock = Clock()
        if not options["batch"]:
            clock.start()
        try:
            super().handle(*args, **options)
        finally:
            clock.stop()
