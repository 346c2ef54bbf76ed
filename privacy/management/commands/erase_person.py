"""Erasing one person, on the command line."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from privacy.erasing import NotYet, erase_person, what_is_held


class Command(BaseCommand):
    help = "Erases the person with an e-mail address; statistics stay. There is no way back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address")
        parser.add_argument("--dry-run", action="store_true", help="Only look; change nothing.")

    def handle(self, *args: Any, address: str, dry_run: bool, **options: Any) -> None:
        try:
            if dry_run:
                self.look(address)
            else:
                run = erase_person(address=address)
                self.tell(run.counts)
                self.stdout.write(f"Erased. The receipt is run {run.pk}.")
        except (NotYet, ValueError) as problem:
            raise CommandError(str(problem)) from problem

    def look(self, address: str) -> None:
        held = what_is_held(address)
        self.tell(held.counts)
        for obstacle in held.obstacles:
            self.stdout.write(f"First: {obstacle.words}")
        for hint in held.hints:
            self.stdout.write(f"May be the same person: {hint.words}, {hint.row}")
        self.stdout.write("Nothing was changed.")

    def tell(self, counts: dict[str, int]) -> None:
        for words, count in counts.items():
            self.stdout.write(f"{count:>7}  {words}")
