"""Search over a large library, against the bare statement of the same run on the same database.

The bare statement finds, scores and sorts, and shows nothing: no counts of facets, nothing left
out that readers may not see, no snippets. What an answer costs beside that is the figure.
"""

import os
from collections.abc import Callable

from django.db import connection
from django.test.utils import override_settings

from home.models import StandardPage
from search.engines.elasticsearch import elasticsearch_engine
from search.finding import find, suggest
from tests.bench.frame import at_most, benchmark, best_of, ratio
from tests.bench.library import COMMON, VOCABULARY, index, make_library
from tests.factories import make_home, make_page

TALKS = 1_000
PHRASE = " ".join((COMMON, *VOCABULARY[:2]))  # all of them common
BARE = {
    "sqlite": """
        SELECT rowid, bm25(search_fts, 8, 3, 1, 0.3) AS score FROM search_fts
        WHERE search_fts MATCH %s ORDER BY score LIMIT 20
    """,
    "postgresql": """
        SELECT id, ts_rank(words, to_tsquery('search_english', %s)) AS score FROM search_tsv
        WHERE words @@ to_tsquery('search_english', %s) ORDER BY score DESC LIMIT 20
    """,
}


@benchmark(at_most(10, "times the bare statement"), databases=True)
def search_common_word() -> float:
    make_library(TALKS)
    assert find(COMMON).count == 2 * TALKS
    return ratio(lambda: find(COMMON), bare([COMMON]))


@benchmark(at_most(12, "times the bare statement"), databases=True)
def search_common_phrase() -> float:
    make_library(TALKS)
    assert find(PHRASE).count >= TALKS
    return ratio(lambda: find(PHRASE), bare(PHRASE.split()))


@benchmark(at_most(0.25, "times the search for that word"), databases=True)
def suggest_while_typing() -> float:
    """It is asked at every key; the word begins one in every title."""
    make_library(TALKS)
    assert len(suggest(COMMON)) == 8
    return ratio(lambda: suggest(COMMON), lambda: find(COMMON))


@benchmark(at_most(1.5, "times what it takes among 100 talks"), databases=True)
def save_a_page_among_1000_talks() -> float:
    make_library(100)
    page = make_page(StandardPage, make_home(), title="Corridors", summary="Quiet ones")

    def save() -> None:
        page.summary = f"{page.summary} {COMMON}"[-200:]
        page.save_revision().publish()

    few = best_of(save, rounds=20)
    make_library(TALKS, begin=100)
    return best_of(save, rounds=20) / few


@benchmark(at_most(8, "times the bare question"), needs="ELASTICSEARCH_URL")
def search_common_word_in_elasticsearch() -> float:
    url, name = os.environ["ELASTICSEARCH_URL"], f"bench-{os.getpid()}"
    engine = elasticsearch_engine(url, name)
    question = {"multi_match": {"query": COMMON, "fields": ["title^8", "names^3", "body"]}}
    make_library(TALKS)
    try:
        index(engine)
        with override_settings(ELASTICSEARCH_URL=url, SEARCH_INDEX=name):
            assert find(COMMON).count == 2 * TALKS
            return ratio(
                lambda: find(COMMON),
                lambda: engine.client.search(index=name, query=question, size=20, source=False),
            )
    finally:
        for each in engine.indices():
            engine.drop(each)


def bare(words: list[str]) -> Callable[[], object]:
    """Rows with any of the words, the best first."""
    sql = BARE[connection.vendor]
    joined = {"sqlite": " OR ", "postgresql": " | "}[connection.vendor].join(words)
    return statement(sql, [joined] * sql.count("%s"))


def statement(sql: str, parameters: list[str]) -> Callable[[], object]:
    def run() -> object:
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return cursor.fetchall()

    return run
