"""Everything that is held about one person, on the command line."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from privacy.exporting import as_json, as_page, export_person


class Command(BaseCommand):
    help = "Writes all that the site holds about the person with an e-mail address, as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address")
        parser.add_argument("--html", action="store_true", help="A page to read instead of JSON.")

    def handle(self, *args: Any, address: str, html: bool, **options: Any) -> None:
        try:
            found = export_person(address=address)
        except ValueError as problem:
            raise CommandError(str(problem)) from problem
        for piece in (as_page if html else as_json)(address, found):
            self.stdout.write(piece, ending="")
