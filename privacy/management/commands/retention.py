"""What is kept no longer, now instead of at night."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from privacy.retention import keep_no_longer, outlook


class Command(BaseCommand):
    help = "Deletes, or takes the names out of, what is kept no longer. The worker does it nightly."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only count; change nothing.")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        if dry_run:
            ahead = outlook()
            self.tell({each.words: each.now for each in ahead})
            self.stdout.write("In the 30 days after, as things stand:")
            self.tell({each.words: each.later for each in ahead if each.later})
            self.stdout.write("Nothing was changed.")
            return
        run = keep_no_longer()
        self.tell(run.counts)
        if run.problems:
            raise CommandError(
                "; ".join(f"{rule}: {problem}" for rule, problem in run.problems.items())
            )

    def tell(self, counts: dict[str, int]) -> None:
        for words, count in counts.items():
            self.stdout.write(f"{count:>7}  {words}")
