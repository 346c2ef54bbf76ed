"""Prints docs/operating/privacy.md; a test keeps the two alike."""

from typing import Any

from django.core.management.base import BaseCommand

from privacy.page import markdown


class Command(BaseCommand):
    help = "Prints what is kept of people, as docs/operating/privacy.md has it."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(markdown(), ending="")
