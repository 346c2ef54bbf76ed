"""PostgreSQL's full text search: a tsvector of four weights under a GIN index.

PostgreSQL ranks without knowing which words are rare; the vocabulary knows, so a term's share of
the score is weighed with it, as bm25 does by itself.
"""

from collections.abc import Sequence
from math import log
from typing import Any

from django.db import connection
from django.db.models import Sum

from search.engines.base import WEIGHTS, texts
from search.engines.database import LIFT, DatabaseEngine, execute, named
from search.models import IndexedRow, VocabularyWord
from search.query import Query, Term, stems

OWN = "ABC"  # the letters of title, names and body; D is lead
CONFIGURATION = "search_english"
SHARES = [weight / WEIGHTS["title"] for weight in WEIGHTS.values()][::-1]  # D to A
ECHO = 2.0  # a run of words as typed counts as much as this many average terms
RARE = 1.0


# Porter's stems as on the other engines, and no stop words: the question leaves them out itself.
CONFIGURE = f"""
    CREATE TEXT SEARCH DICTIONARY {CONFIGURATION} (TEMPLATE = snowball, Language = porter);
    CREATE TEXT SEARCH CONFIGURATION {CONFIGURATION} (COPY = simple);
    ALTER TEXT SEARCH CONFIGURATION {CONFIGURATION}
        ALTER MAPPING REPLACE simple WITH {CONFIGURATION};
"""


TSQUERY = f"to_tsquery('{CONFIGURATION}', %s)"
RANK = f"%s * ts_rank(%s::real[], words, {TSQUERY})"
MATCHES = """
    SELECT id, -(SCORE) - %s * CAST(words @@ TSQUERY AS int) AS score
    FROM TABLE_NAME WHERE words @@ TSQUERY
"""
BEST = """
    WITH f AS MATERIALIZED (MATCHES)
    SELECT DISTINCT ON (place) id, kind, CAST(facets AS text), date, score,
        count(*) OVER (PARTITION BY place)
    FROM (VISIBLE) seen ORDER BY place, score, id
"""
INSERT = """
    INSERT INTO TABLE_NAME (id, words) VALUES (%s,
        setweight(to_tsvector('search_english', %s), 'A')
        || setweight(to_tsvector('search_english', %s), 'B')
        || setweight(to_tsvector('search_english', %s), 'C')
        || setweight(to_tsvector('search_english', %s), 'D'))
"""


class PostgresEngine(DatabaseEngine):
    name = "PostgreSQL"
    table = "search_tsv"
    best = BEST

    def create(self, table: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_ts_config WHERE cfgname = %s", [CONFIGURATION])
            if not cursor.fetchone():
                cursor.execute(CONFIGURE)
        execute(f"CREATE TABLE {table} (id bigint PRIMARY KEY, words tsvector NOT NULL)")

    def insert(self, table: str, rows: Sequence[IndexedRow]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(named(INSERT, table), [(row.pk, *texts(row)) for row in rows])

    def finish(self, table: str) -> None:
        execute(f"CREATE INDEX ON {table} USING gin (words) WITH (fastupdate = off)")
        execute(f"ANALYZE {table}")

    def purge(self) -> None:
        """Nothing to do: the words stand in the row itself, and go with it."""

    def matches(self, query: Query, need: int) -> tuple[str, list[Any]]:
        terms = [either(term) for term in query.terms]
        own = " | ".join(either(term, OWN) for term in query.terms)
        all_terms = " & ".join(terms)
        weighed = [*zip(terms, rarity(query.terms), strict=True)]
        weighed += [(quoted(words), ECHO) for words in query.echoes]
        score = " + ".join([RANK] * len(weighed))
        sql = MATCHES.replace("SCORE", score)
        values = [part for text, share in weighed for part in (share, SHARES, text)]
        values += [LIFT, all_terms]
        if need == len(terms):
            values.append(f"({own}) & {all_terms}")
        else:
            held = " + ".join(["CAST(words @@ TSQUERY AS int)"] * len(terms))
            sql = f"{sql} AND {held} >= %s"
            values += [f"({own})", *terms, need]
        return named(sql, self.table).replace("TSQUERY", TSQUERY), values


def rarity(terms: Sequence[Term]) -> list[float]:
    """How telling each term is, from the rows that hold its words."""
    wanted = {stem for term in terms for words in term.alternatives for stem in stems(words)}
    held = dict(
        VocabularyWord.objects.filter(stem__in=wanted)
        .values_list("stem")
        .annotate(Sum("rows"))
        .order_by()
    )
    total = max(IndexedRow.objects.count(), 1)

    def rows(term: Term) -> int:
        return sum(min(held.get(stem, 0) for stem in stems(words)) for words in term.alternatives)

    return [RARE + log(1 + total / (1 + rows(term))) for term in terms]


def either(term: Term, letters: str = "") -> str:
    return f"({' | '.join(quoted(words, letters) for words in term.alternatives)})"


def quoted(words: Sequence[str], letters: str = "") -> str:
    """A run of words in PostgreSQL's language; they hold letters and digits only."""
    suffix = f":{letters}" if letters else ""
    following = " <-> ".join(f"'{word}'{suffix}" for word in words)
    return f"({following})"
