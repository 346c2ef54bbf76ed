"""Erasing one person, on the command line."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from privacy.erasing import NotErased, NotYet, counts_of, erase_person, what_is_held


class Command(BaseCommand):
    help = "Erases the person with an e-mail address; statistics stay. There is no way back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address")
        parser.add_argument("--dry-run", action="store_true", help="Only look; change nothing.")
        parser.add_argument(
            "--name", action="append", default=[], help="Another name of the person; repeatable."
        )
        parser.add_argument(
            "--also-named",
            action="store_true",
            help="Take full names out of words also where no address stands.",
        )

    def handle(
        self,
        *args: Any,
        address: str,
        dry_run: bool,
        name: list[str],
        also_named: bool,
        **options: Any,
    ) -> None:
        try:
            if dry_run:
                self.look(address, name)
            else:
                self.erase(address, name, also_named=also_named)
        except (NotYet, NotErased, ValueError) as problem:
            raise CommandError(str(problem)) from problem

    def erase(self, address: str, names: list[str], *, also_named: bool) -> None:
        run = erase_person(address=address, names=names, also_named=also_named)
        self.tell(run.counts)
        for what, left in run.problems.items():
            self.stdout.write(f"Left: {what}, {left}, where it should not have been typed.")
        self.stdout.write(f"Erased. The receipt is run {run.pk}.")

    def look(self, address: str, names: list[str]) -> None:
        held = what_is_held(address, names)
        self.tell(held.counts)
        self.stdout.write(f"Names: {', '.join(held.names) or 'none'}")
        for what, count in counts_of(held.named).items():
            self.stdout.write(f"Only the name stands there, see --also-named: {what}, {count}")
        for what, count in held.elsewhere.items():
            self.stdout.write(f"Typed where it does not belong: {what}, {count}")
        for obstacle in held.obstacles:
            self.stdout.write(f"First: {obstacle.words}")
        for hint in held.hints:
            self.stdout.write(f"May be the same person: {hint.words}, {hint.row}")
        self.stdout.write("Nothing was changed.")

    def tell(self, counts: dict[str, int]) -> None:
        for words, count in counts.items():
            self.stdout.write(f"{count:>7}  {words}")
