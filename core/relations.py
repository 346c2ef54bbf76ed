"""What a page is tied to, visible pages only: one query, and one more for all of it in full."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.db.models import Case, DateTimeField, IntegerField, Q, Value, When
from django.db.models.expressions import RawSQL
from django.utils.timezone import now
from wagtail.models import Page

from core.full import in_full
from core.models.querysets import SitePageQuerySet, visible_pages
from core.prepared import Prepared

# Each tie: the relation that holds its rows, and the column of the page at the other end.
TIES = {
    "topic": ("page_topics", "topic_id"),
    "person": ("page_people", "person_id"),
    "link": ("links_out", "target_id"),
    "back": ("links_in", "page_id"),
}

OWN = {"back": "target_id"}
OTHERS = "SELECT {other} FROM {table} WHERE {own} = %s"
PLACE = (
    "SELECT COALESCE(sort_order, 0) FROM {table} WHERE {own} = %s AND {other} = wagtailcore_page.id"
)


class Relations:
    """Topics and people are plain pages (title, address); linked pages are specific.

    Linked are pages linked from here, in the editor's order, then those that link to here.
    """

    def __init__(self, tied: list[Page]) -> None:
        self.tied = tied
        self._specific: dict[int, Any] = {}

    @cached_property
    def topics(self) -> list[Page]:
        return in_order(self.tied, "topic")

    @cached_property
    def people(self) -> list[Page]:
        return in_order(self.tied, "person")

    @cached_property
    def links(self) -> list[Page]:
        """Linked pages as plain pages, without a query more."""
        both = [*in_order(self.tied, "link"), *in_order(self.tied, "back")]
        return [page for page in dict.fromkeys(both) if kind_of(page)]

    @property
    def linked(self) -> list[Any]:
        return self.specific(self.links)

    def of_kind(self, *kinds: str) -> list[Any]:
        """Linked pages of these kinds; others are not fetched."""
        return self.specific([page for page in self.links if kind_of(page) in kinds])

    def keys_of(self, kind: str) -> list[int]:
        """The ids of linked pages of a kind, without a query more."""
        return [page.pk for page in self.links if kind_of(page) == kind]

    def besides(self, *kinds: str) -> list[Any]:
        """Linked pages of all other kinds."""
        return self.specific([page for page in self.links if kind_of(page) not in kinds])

    def specific(self, pages: list[Page]) -> list[Any]:
        """The pages as their own types: one query for those not asked for before."""
        new = in_full(page for page in pages if page.pk not in self._specific)
        self._specific.update((page.pk, page) for page in new)
        return [self._specific[page.pk] for page in pages if page.pk in self._specific]


def kind_of(page: Page) -> str:
    return getattr(page.specific_class, "kind_slug", "")


def in_order(pages: list[Page], tie: str) -> list[Page]:
    tied = [page for page in pages if getattr(page, f"{tie}_at") is not None]
    return sorted(tied, key=lambda page: (getattr(page, f"{tie}_at"), page.pk))


def relations_of(page: Page) -> Relations:
    held = held_ties(page)
    return Relations(list(tied_pages(page.pk, held)) if held else stored_ties(page.pk, now()))


def held_ties(page: Page) -> dict[str, list[int]]:
    """The ties that a preview holds in memory; they count as if they were stored."""
    held: dict[str, list[int]] = {} if page.pk else {tie: [] for tie in TIES}
    for tie, (name, column) in TIES.items():
        rows: Any = getattr(page, name) if tie not in OWN else None
        if rows is not None and rows.is_deferring:
            held[tie] = [getattr(row, column) for row in rows.all()]
    return held


def tied_pages(
    page: Any, held: Mapping[str, list[int]], *, also: Q | None = None, now: Any = None
) -> SitePageQuerySet:
    """Every visible page at the other end of a tie, with its place in it (`topic_at` and so on).

    `page` is its id; `also` are pages that come in the same query without a tie.
    """
    either, places = also or Q(), {}
    for tie in TIES:
        if tie in held:
            either |= Q(pk__in=held[tie])
            places[f"{tie}_at"] = place_in(held[tie])
        else:
            either |= Q(pk__in=stored(OTHERS, tie, page))
            places[f"{tie}_at"] = stored(PLACE, tie, page)
    return visible_pages(now).filter(either).exclude(pk=page).annotate(**places)


def stored(sql: str, tie: str, page: Any) -> RawSQL:
    name, column = TIES[tie]
    table = Page._meta.get_field(name).related_model._meta.db_table
    names = {"table": table, "other": column, "own": OWN.get(tie, "page_id")}
    return RawSQL(sql.format(**names), [page], IntegerField())  # noqa: S611  (names of ours)


def place_in(keys: list[int]) -> Any:
    none = Value(None, output_field=IntegerField())
    return Case(*(When(pk=key, then=Value(at)) for at, key in enumerate(keys)), default=none)


stored_ties = Prepared(
    lambda page, now: tied_pages(page, {}, now=now), IntegerField(), DateTimeField()
)
