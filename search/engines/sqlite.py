"""SQLite's full text search, FTS5: Porter's stems, and bm25 with weights for each field."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from search.engines.base import OWN, WEIGHTS, texts
from search.engines.database import LIFT, DatabaseEngine, execute, named
from search.models import IndexedRow
from search.query import Query

COLUMNS = ", ".join(WEIGHTS)
INSERT = "INSERT INTO TABLE_NAME (rowid, title, names, body, lead) VALUES (%s, %s, %s, %s, %s)"
MATCHES = """
    SELECT rowid AS id, bm25(TABLE_NAME, %s, %s, %s, %s) - %s AS score
    FROM TABLE_NAME WHERE TABLE_NAME MATCH %s
"""
SOME = """
    SELECT TABLE_NAME.rowid AS id,
        bm25(TABLE_NAME, %s, %s, %s, %s) - %s * (held.terms = %s) AS score
    FROM TABLE_NAME CROSS JOIN (
        SELECT rowid, count(*) AS terms FROM (EACH) GROUP BY rowid HAVING count(*) >= %s
    ) held ON held.rowid = TABLE_NAME.rowid
    WHERE TABLE_NAME MATCH %s
"""
EACH = "SELECT rowid FROM TABLE_NAME WHERE TABLE_NAME MATCH %s"
# SQLite takes the other columns from the row that has the minimum.
BEST = """
    WITH f AS MATERIALIZED (MATCHES)
    SELECT id, kind, CAST(facets AS text), date, min(score), count(*)
    FROM (VISIBLE) GROUP BY place
"""


class SQLiteEngine(DatabaseEngine):
    name = "SQLite"
    table = "search_fts"
    key = "rowid"
    best = BEST

    def create(self, table: str) -> None:
        execute(
            f"CREATE VIRTUAL TABLE {table} USING fts5"
            f"({COLUMNS}, tokenize = 'porter unicode61 remove_diacritics 0')"
        )

    def insert(self, table: str, rows: Sequence[IndexedRow]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(named(INSERT, table), [(row.pk, *texts(row)) for row in rows])

    def finish(self, table: str) -> None:
        execute(named("INSERT INTO TABLE_NAME (TABLE_NAME) VALUES ('optimize')", table))

    def purge(self) -> None:
        """FTS5 keeps the words of a deleted row until it joins its pieces."""
        self.finish(self.table)

    def matches(self, query: Query, need: int) -> tuple[str, list[Any]]:
        terms = [either(quoted(words) for words in term.alternatives) for term in query.terms]
        scored = [*WEIGHTS.values(), LIFT]
        if need == len(terms):
            return named(MATCHES, self.table), [*scored, expression(query, terms, " AND ")]
        each = " UNION ALL ".join([EACH] * len(terms))
        some = expression(query, terms, " OR ")
        sql = named(SOME.replace("EACH", each), self.table)
        return sql, [*scored, len(terms), *terms, need, some]


def expression(query: Query, terms: Sequence[str], joined_by: str) -> str:
    """FTS5's own query language; words hold letters and digits only, so quotes cannot break.

    Echoes are joined by OR to what is required already: they add to the score, not to the rows.
    """
    some = either(terms)
    own = f"{{{' '.join(OWN)}}} : {some}"
    echoes = [quoted(words) for words in query.echoes]
    return f"({own}) AND ({joined_by.join(terms)}) AND {either([some, *echoes])}"


def either(parts: Iterable[str]) -> str:
    return f"({' OR '.join(parts)})"


def quoted(words: Sequence[str]) -> str:
    return f'"{" ".join(words)}"'
