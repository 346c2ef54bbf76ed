"""The list of all episodes: sorted, narrowed, with honest counts, in three queries."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from wagtail.models import Page

from core.facets import Facet, Item, Narrowed, echo, narrow
from core.listing import PER_PAGE, Listing, pager_for
from core.models import PageLink
from episodes.models import EpisodePage
from episodes.topics import topic_pairs
from media.models import Transcript
from resources.models import ResourcePage

LENGTHS = (
    ("under-2", "Under 2 minutes", 120_000),
    ("2-to-3", "2 to 3 minutes", 180_000),
    ("3-to-5", "3 to 5 minutes", 300_000),
    ("over-5", "Over 5 minutes", 1 << 40),
)
WITH = (("resources", "Resources to take"), ("checked", "Checked transcript"))


class Slim(NamedTuple):
    """What sorting and narrowing need to know of an episode."""

    pk: int
    title: str
    number: int | None
    published_on: date
    series_slug: str | None
    series_title: str | None
    series_number: int | None
    duration_ms: int | None
    has_resources: bool
    is_checked: bool


SORTS: dict[str, tuple[str, Callable[[Slim], Any]]] = {
    "newest": ("Newest", lambda row: (-row.published_on.toordinal(), -row.pk)),
    "shortest": ("Shortest", lambda row: (row.duration_ms or 1 << 40, row.pk)),
    "series": (
        "By series",
        lambda row: (row.series_number or 1 << 20, row.number or 1 << 20, row.title.casefold()),
    ),
    "title": ("A to Z", lambda row: (row.title.casefold(), row.pk)),
}


@dataclass(frozen=True, slots=True)
class SortLink:
    label: str
    query: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Library:
    listing: Listing
    narrowed: Narrowed
    sorts: list[SortLink]
    keep: list[tuple[str, str]]
    problems: list[str]
    total: int
    minutes: int


def library(request: HttpRequest, index: Page) -> Library:
    rows = slim_rows(index)
    topics = topic_pairs()
    items = [Item(row.pk, values_of(row, topics)) for row in rows]
    narrowed = narrow(items, facets(rows, topics), request.GET)
    asked = request.GET.get("sort", "")
    sort = asked if asked in SORTS else "newest"
    kept = set(narrowed.keys)
    ordered = sorted((row for row in rows if row.pk in kept), key=SORTS[sort][1])
    problems = list(narrowed.unknown)
    if asked and asked != sort:
        problems.append(f"Sort: there is no “{echo(asked)}” here; newest come first.")
    return Library(
        listing=listed(request, [row.pk for row in ordered], topics),
        narrowed=narrowed,
        sorts=sort_links(request, sort),
        keep=[("sort", sort)] if sort != "newest" else [],
        problems=problems,
        total=len(rows),
        minutes=round(sum(row.duration_ms or 0 for row in rows) / 60_000),
    )


def slim_rows(index: Page) -> list[Slim]:
    resources = ResourcePage.objects.visible().values("pk")
    tied = Q(page=OuterRef("pk"), target__in=resources) | Q(
        target=OuterRef("pk"), page__in=resources
    )
    checked = Transcript.objects.filter(
        recording=OuterRef("recording"), language="en", status=Transcript.Status.CHECKED
    )
    rows = (
        EpisodePage.objects.visible()
        .descendant_of(index)
        .order_by()
        .annotate(has_resources=Exists(PageLink.objects.filter(tied)), is_checked=Exists(checked))
    )
    columns = ["pk", "title", "number", "published_on", "series__slug", "series__title"]
    more = ["series__number", "recording__duration_ms", "has_resources", "is_checked"]
    return [Slim(*row) for row in rows.values_list(*columns, *more)]


def values_of(
    row: Slim, topics: dict[int, list[tuple[str, str]]]
) -> dict[str, str | tuple[str, ...]]:
    has = [("resources", row.has_resources), ("checked", row.is_checked)]
    return {
        "topic": tuple(slug for slug, _ in topics.get(row.pk, [])),
        "series": row.series_slug or "",
        "length": length_of(row.duration_ms or 0),
        "with": tuple(value for value, is_so in has if is_so),
    }


def length_of(duration_ms: int) -> str:
    return next(value for value, _, end in LENGTHS if duration_ms < end) if duration_ms else ""


def facets(rows: list[Slim], topics: dict[int, list[tuple[str, str]]]) -> list[Facet]:
    shown = {pair for row in rows for pair in topics.get(row.pk, [])}
    series = {
        (row.series_number or 0, row.series_slug, row.series_title or "")
        for row in rows
        if row.series_slug
    }
    return [
        Facet("topic", "Topic", tuple(sorted(shown, key=lambda pair: pair[1].casefold()))),
        Facet("series", "Series", tuple((slug, title) for _, slug, title in sorted(series))),
        Facet("length", "Length", tuple((value, label) for value, label, _ in LENGTHS)),
        Facet("with", "With", WITH, every=True),
    ]


def listed(
    request: HttpRequest, keys: list[int], topics: dict[int, list[tuple[str, str]]]
) -> Listing:
    pager = pager_for(request, max(1, ceil(len(keys) / PER_PAGE)))
    here = keys[(pager.number - 1) * PER_PAGE : pager.number * PER_PAGE]
    found = EpisodePage.objects.in_bulk(here)
    entries = [
        found[pk].entry(tuple(title for _, title in topics.get(pk, [])))
        for pk in here
        if pk in found
    ]
    return Listing(entries=entries, count=len(keys), pager=pager)


def sort_links(request: HttpRequest, here: str) -> list[SortLink]:
    others = [
        (name, value)
        for name, values in request.GET.lists()
        if name not in ("sort", "page")
        for value in values
    ]
    return [
        SortLink(label, urlencode([*others, ("sort", value)]), value == here)
        for value, (label, _) in SORTS.items()
    ]
