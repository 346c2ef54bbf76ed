"""Build the search index anew, beside the one in use."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.engines import beside_engine, database_engine
from search.engines.base import Engine, EngineError
from search.models import IndexedRow
from search.services import rebuild, recount_words, store_all


class Command(BaseCommand):
    help = (
        "Reads every page and builds the search index anew. Searches go on in the old index until"
        " the new one is whole; if anything fails, the old one stays."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--engine",
            choices=["all", "database", "elasticsearch"],
            default="all",
            help="Which index to build; all that the settings name, unless told otherwise.",
        )

        parser.add_argument(
            "--if-needed",
            action="store_true",
            help="Only engines that are empty, or do not hold every row; what a start asks for.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        engines = chosen(options["engine"])
        if options["if_needed"]:
            engines = [engine for engine in engines if is_needed(engine)]
        if not engines:
            return
        store_all(self.progress)
        self.stdout.write("")
        for engine in engines:
            try:
                count = rebuild(engine, self.progress)
            except EngineError as error:
                raise CommandError(f"{engine.name}: {error}. The old index stays.") from error
            self.stdout.write(self.style.SUCCESS(f"\r{engine.name}: {count} rows can be found."))
        recount_words(self.progress)

    def progress(self, what: str, count: int) -> None:
        if count % 100 == 0 or count < 100:
            self.stdout.write(f"\r{count} {what} ", ending="")
            self.stdout.flush()


def is_needed(engine: Engine) -> bool:
    kept = IndexedRow.objects.kept().count()
    return not kept or engine.health().rows != kept


def chosen(name: str) -> list[Engine]:
    beside = beside_engine()
    if name == "elasticsearch":
        if beside is None:
            raise CommandError("ELASTICSEARCH_URL is not set.")
        return [beside]
    return [database_engine(), *([beside] if beside and name == "all" else [])]
