"""Say how every search engine does."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.engines import beside_engine, database_engine


class Command(BaseCommand):
    help = "Asks every search engine how it does; ends with 1 if one is not well."

    def handle(self, *args: Any, **options: Any) -> None:
        engines = [database_engine(), beside_engine()]
        states = [engine.health() for engine in engines if engine]
        for state in states:
            line = f"{state.engine}: {'well' if state.ok else 'NOT WELL'}, {state.rows} rows"
            self.stdout.write(f"{line}. {state.detail}".rstrip())
        unwell = [state.engine for state in states if not state.ok]
        if unwell:
            raise CommandError(f"Not well: {', '.join(unwell)}.")
