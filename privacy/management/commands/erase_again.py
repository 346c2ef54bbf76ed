"""After a backup was restored: erases again who was erased since it was made."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from privacy.erasing import NotErased, NotYet, erase_person
from privacy.marks import came_back


class Command(BaseCommand):
    help = "Erases again, after a backup was restored, who was erased since the backup was made."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--since", required=True, help="When the backup was made: 2026-11-20T03:00"
        )
        parser.add_argument("--dry-run", action="store_true", help="Only count; change nothing.")

    def handle(self, *args: Any, since: str, dry_run: bool, **options: Any) -> None:
        found = came_back(moment(since))
        if dry_run:
            self.stdout.write(f"{len(found)} came back. Nothing was changed.")
            return
        failed = [str(problem) for address in found for problem in self.try_to_erase(address)]
        self.stdout.write(f"{len(found) - len(failed)} of {len(found)} erased again.")
        if failed:
            raise CommandError("\n".join(failed))

    def try_to_erase(self, address: str) -> list[Exception]:
        try:
            erase_person(address=address)
        except (NotYet, NotErased) as problem:
            return [CommandError(f"{address}: {problem}")]
        return []


def moment(typed: str) -> datetime:
    try:
        found = parse_datetime(typed)
    except ValueError:
        found = None
    if found is None:
        raise CommandError("Give a day and a time, such as 2026-11-20T03:00.")
    return found if timezone.is_aware(found) else timezone.make_aware(found)
