"""Load or remove the demo library."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from demo.services import load_demo, plan, remove_demo


class Command(BaseCommand):
    help = "Load the demo library; what is there already, and an editor's work, stays untouched."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="Only parts never loaded before.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would happen.")
        parser.add_argument("--remove", action="store_true", help="Take the demo pages away.")

    def handle(self, *args: Any, once: bool, dry_run: bool, remove: bool, **options: Any) -> None:
        if once and remove:
            raise CommandError("--once belongs to loading: leave it out to remove the demo.")
        if dry_run:
            for line in plan(once=once, remove=remove):
                self.stdout.write(line)
        elif remove:
            remove_demo(self.stdout.write)
        else:
            load_demo(once=once, report=self.stdout.write)
