"""A large library, made quickly: pages, the rows of their talks, and the index of them.

The words are drawn from a small made-up vocabulary, as commonly as words are in speech, always in
the same way. COMMON stands in every row.
"""

import random
from collections.abc import Iterator

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Locale, Page

from home.models import StandardPage
from search.engines import database_engine
from search.engines.base import BATCH, Engine
from search.models import IndexedRow
from search.models.rows import kept_row
from search.rows import Row
from search.services import rebuild, recount_words
from tests.factories import make_home

COMMON = "school"
MINUTES = 10  # of a talk, a row each
WORDS = 150  # of a minute
VOCABULARY = [
    first + middle + last
    for first in ("b", "d", "f", "g", "l", "m", "n", "p", "r", "t")
    for middle in ("al", "en", "ir", "ol", "un", "art", "ent")
    for last in ("am", "ek", "ilo", "op", "urt", "ando", "", "ist")
]
COMMONNESS = [1 / (place + 3) for place in range(len(VOCABULARY))]
TOPICS = ("Joy", "Coaching", "Strategy", "Assessment", "Reading", "Behaviour")
PHASES = ("Primary", "Secondary")


def make_library(talks: int, begin: int = 0) -> None:
    """Live pages, each a talk of MINUTES; from `begin` on, so that a library can grow."""
    chance = random.Random(begin)
    pages = make_pages(range(begin, talks))
    rows = [row for page in pages for row in rows_of(page, chance)]
    for start in range(0, len(rows), BATCH):
        IndexedRow.objects.bulk_create(rows[start : start + BATCH])
    index(database_engine())
    recount_words(quiet)


def make_pages(numbers: range) -> list[Page]:
    """As treebeard would add them; nothing is asked of them but to be there and live."""
    home = make_home()
    kind = ContentType.objects.get_for_model(StandardPage)
    locale = Locale.get_default()
    taken = home.numchild
    pages = [
        Page(
            path=Page._get_path(home.path, home.depth + 1, taken + place),
            depth=home.depth + 1,
            title=f"Talk {number} {VOCABULARY[number % len(VOCABULARY)]} {COMMON}",
            slug=f"talk-{number}",
            url_path=f"{home.url_path}talk-{number}/",
            content_type=kind,
            locale=locale,
            live=True,
        )
        for place, number in enumerate(numbers, 1)
    ]
    Page.objects.bulk_create(pages, batch_size=BATCH)
    Page.objects.filter(pk=home.pk).update(numchild=taken + len(pages))
    return pages


def rows_of(page: Page, chance: random.Random) -> Iterator[IndexedRow]:
    facets = {"topic": (chance.choice(TOPICS),), "phase": (chance.choice(PHASES),)}
    about = {"page_id": page.pk, "title": page.title, "facets": facets}
    url = f"/{page.slug}/"
    yield kept_row(
        Row(key=f"page:{page.pk}", kind="episode", url=url, body=speech(chance), **about)
    )
    for minute in range(MINUTES):
        yield kept_row(
            Row(
                key=f"moment:{page.pk}:{minute}",
                kind="moment",
                url=f"{url}?t={minute * 60}",
                body=speech(chance),
                speaker="Lead coach",
                start_ms=minute * 60_000,
                end_ms=minute * 60_000 + 60_000,
                **about,
            )
        )


def speech(chance: random.Random) -> str:
    words = chance.choices(VOCABULARY, COMMONNESS, k=WORDS)
    words[chance.randrange(WORDS)] = COMMON
    sentences = [" ".join(words[start : start + 10]) for start in range(0, WORDS, 10)]
    return ". ".join(each.capitalize() for each in sentences) + "."


def index(engine: Engine) -> None:
    rebuild(engine, quiet)


def quiet(what: str, count: int) -> None:
    pass
