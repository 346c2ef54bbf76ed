"""For health checks: does the worker of this machine live?"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.workers import works_here


class Command(BaseCommand):
    help = (
        "Ends with 1 unless a worker for the queue has said, on this machine or in this container"
        " and within the last two minutes, that it lives and reaches the database."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--queue-name", default="default", help="Which one: default or long.")

    def handle(self, *args: Any, queue_name: str, **options: Any) -> None:
        if not works_here(queue_name):
            raise CommandError(f"No worker for the queue “{queue_name}” lives here.")
        self.stdout.write(f"A worker for the queue “{queue_name}” lives here.")
