"""What both databases share: one pass over the matches, counted and ordered here.

The database finds and scores the matches by its full-text index and keeps the best row of each
place; facets are counted over the few combinations of labels that occur. So counts, filters and
order are the same on both, and cost one query.
"""

import heapq
import json
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db import DatabaseError, connection, transaction
from django.db.models.functions import Length
from django.utils import timezone
from wagtail.models import PageViewRestriction

from search.engines.base import BATCH, FACETS, EngineError, Found, Health, Question
from search.models import IndexedRow
from search.query import Query
from search.visibility import visible_pages

Combination = tuple[str, str]  # a kind, and facets as JSON


class Best(NamedTuple):
    """The best row of a place, and how many rows that place has."""

    id: int
    kind: str
    facets: str
    date: Any
    score: float
    rows: int


FEW = 40  # titles whose pages are looked at together; hidden ones are rare
LIFT = 1_000_000.0  # what rows with all terms are ahead of the others; no score comes near
VISIBLE = """
    SELECT r.id, r.kind, r.facets, r.date, f.score, PLACE AS place
    FROM f
    JOIN search_indexedrow r ON r.id = f.id
    JOIN wagtailcore_page p ON p.id = r.page_id
    WHERE r.live AND r.public AND NOT r.gone AND p.live
        AND (p.expire_at IS NULL OR p.expire_at > %s) PRIVATE
"""
TALK = "AND r.start_ms IS NOT NULL AND r.page_id = %s"
PLACE = "CASE WHEN r.start_ms IS NULL THEN r.id ELSE -r.page_id END"

# Tables are named by us; nothing that a reader types is ever part of SQL.
DELETE = "DELETE FROM TABLE_NAME"
COUNT = "SELECT count(*) FROM TABLE_NAME"


class DatabaseEngine(ABC):
    """A full-text index inside Django's own database; its table is `table`, id and words."""

    name: str
    table: str
    key: str = "id"
    best: str  # of VISIBLE the best row of each place, and how many rows it has

    # What a database does its own way -----------------------------------------------------------

    @abstractmethod
    def create(self, table: str) -> None: ...

    @abstractmethod
    def insert(self, table: str, rows: Sequence[IndexedRow]) -> None: ...

    @abstractmethod
    def finish(self, table: str) -> None:
        """After the rows of a rebuild are in."""

    @abstractmethod
    def purge(self) -> None:
        """Leave nothing in the index of rows that were deleted or written anew."""

    @abstractmethod
    def matches(self, query: Query, need: int) -> tuple[str, list[Any]]:
        """SQL that yields `id` and `score` (lower is better), with its parameters; the score of
        rows with all terms is lower by LIFT."""

    # The interface ------------------------------------------------------------------------------

    def index(self, rows: Sequence[IndexedRow]) -> None:
        for start in range(0, len(rows), BATCH):
            batch = rows[start : start + BATCH]
            with transaction.atomic():
                self.delete([row.pk for row in batch])
                self.insert(self.table, batch)

    def delete(self, ids: Sequence[int]) -> None:
        for start in range(0, len(ids), BATCH):
            some = ids[start : start + BATCH]
            marks = ", ".join(["%s"] * len(some))
            execute(f"{named(DELETE, self.table)} WHERE {self.key} IN ({marks})", some)

    def rebuild(self, batches: Iterable[Sequence[IndexedRow]]) -> int:
        following = f"{self.table}_next"
        execute(f"DROP TABLE IF EXISTS {following}")
        self.create(following)
        count = 0
        try:
            for batch in batches:
                with transaction.atomic():
                    self.insert(following, batch)
                count += len(batch)
            self.finish(following)
            self.swap(following)
        except BaseException:
            execute(f"DROP TABLE IF EXISTS {following}")
            raise
        return count

    def swap(self, following: str) -> None:
        with transaction.atomic():
            execute(f"DROP TABLE IF EXISTS {self.table}")
            execute(f"ALTER TABLE {following} RENAME TO {self.table}")

    def search(self, question: Question) -> Found:
        tally = Tally(question)
        try:
            for row in self.found(question):
                tally.add(Best(*row))
        except DatabaseError as error:
            raise EngineError(str(error)) from error
        return tally.found()

    def found(self, question: Question) -> list[tuple[Any, ...]]:
        matches, parameters = self.matches(question.query, question.need)
        private, wanted = not_private()
        place = PLACE
        if question.talk is not None:
            private, wanted, place = f"{private} {TALK}", [*wanted, question.talk], "r.id"
        sql = self.best.replace("VISIBLE", VISIBLE.replace("PLACE", place))
        sql = sql.replace("MATCHES", matches).replace("PRIVATE", private)
        with connection.cursor() as cursor:
            cursor.execute(sql, [*parameters, timezone.now(), *wanted])
            return cursor.fetchall()

    def suggest(self, words: Sequence[str], limit: int) -> list[int]:
        rows = IndexedRow.objects.kept().pages().filter(live=True, public=True)
        for word in words:
            rows = rows.filter(title_words__contains=f" {word}")
        by_length = rows.order_by(Length("title_words"), "title_words", "pk")
        shown: list[int] = []
        start = 0
        while some := dict(by_length.values_list("pk", "page_id")[start : start + FEW]):
            pages = visible_pages().filter(pk__in=set(some.values()))
            seen = set(pages.values_list("pk", flat=True))
            shown += [pk for pk, page in some.items() if page in seen]
            if len(shown) >= limit:
                break
            start += FEW
        return shown[:limit]

    def health(self) -> Health:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(named(COUNT, self.table))
                count = int(cursor.fetchone()[0])
        except DatabaseError as error:
            return Health(self.name, False, 0, str(error))
        expected = IndexedRow.objects.kept().count()
        detail = "" if count == expected else f"{expected} rows are kept: rebuild the index."
        return Health(self.name, not detail, count, detail)


class Tally:
    """Counts places, and keeps the best that every chosen facet lets pass."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.seen: Counter[Combination] = Counter()
        self.passing: dict[Combination, bool] = {}
        self.ranked: list[tuple[Any, ...]] = []
        self.full = 0
        self.whole = False

    def add(self, best: Best) -> None:
        combination = (best.kind, best.facets)
        self.seen[combination] += 1
        if combination not in self.passing:
            self.passing[combination] = not self.refusing(labels(*combination))
        says_all = best.score < -LIFT / 2
        self.whole = self.whole or says_all
        if self.passing[combination]:
            newest = -ordinal(best.date) if self.question.sort == "newest" else 0
            self.ranked.append((newest, best.score, best.id, best.rows))
            self.full += says_all

    def refusing(self, values: Mapping[str, Sequence[str]]) -> list[str]:
        """Facets whose choice these values do not meet."""
        chosen = self.question.chosen
        return [
            name for name, wanted in chosen.items() if not set(wanted) & set(values.get(name, ()))
        ]

    def found(self) -> Found:
        until = self.question.offset + self.question.limit
        best = heapq.nsmallest(until, self.ranked)[self.question.offset :]
        return Found(
            ids=[pk for _, _, pk, _ in best],
            more={pk: rows - 1 for _, _, pk, rows in best},
            count=len(self.ranked),
            full=self.full,
            whole=self.whole,
            facets=self.counts(),
        )

    def counts(self) -> dict[str, dict[str, int]]:
        counts: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
        for (kind, facets), places in self.seen.items():
            values = labels(kind, facets)
            refusing = self.refusing(values)
            for name in FACETS:
                if not refusing or refusing == [name]:
                    counts[name].update(dict.fromkeys(values.get(name, ()), places))
        return {name: dict(counter) for name, counter in counts.items()}


def labels(kind: str, facets: str) -> dict[str, list[str]]:
    return {**json.loads(facets), "kind": [kind]}


def ordinal(date: Any) -> int:
    """A day as a number, whatever form the database hands it over in; no day is the oldest."""
    return int(str(date)[:10].replace("-", "")) if date else 0


def not_private() -> tuple[str, list[Any]]:
    """A condition that leaves out every page at or below one with a view restriction."""
    paths = PageViewRestriction.objects.values_list("page__path", flat=True).distinct()
    below = [f"{path}%" for path in paths]
    return " ".join(["AND p.path NOT LIKE %s"] * len(below)), below


def named(sql: str, table: str) -> str:
    return sql.replace("TABLE_NAME", table)


def execute(sql: str, parameters: Sequence[Any] = ()) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(parameters) or None)
