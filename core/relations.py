"""What a page is tied to, visible pages only, in two queries and one a type of linked page."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Value
from wagtail.models import Page

from core.models.querysets import visible_pages

TIES = {"topic": "page_topics", "person": "page_people", "link": "links_out"}
TARGETS = {"topic": "topic_id", "person": "person_id", "link": "target_id"}


@dataclass(frozen=True, slots=True)
class Relations:
    """Topics and people are plain pages (title, address); linked pages are specific.

    `linked` holds pages linked from here, in the editor's order, then those that link to here.
    """

    topics: list[Page]
    people: list[Page]
    linked: list[Any]

    def of_kind(self, kind_slug: str) -> list[Any]:
        return [page for page in self.linked if page.kind_slug == kind_slug]


def relations_of(page: Page) -> Relations:
    ids = tied_ids(page)
    every = [pk for tied in ids.values() for pk in tied]
    found = visible_pages().in_bulk(every) if every else {}
    linked = [found[pk] for pk in dict.fromkeys(ids["link"]) if pk in found and pk != page.pk]
    return Relations(
        topics=[found[pk] for pk in ids["topic"] if pk in found],
        people=[found[pk] for pk in ids["person"] if pk in found],
        linked=specific_in_order(linked),
    )


def tied_ids(page: Page) -> dict[str, list[int]]:
    """Ids by kind of tie: one query, or none for what a preview holds in memory."""
    ids: dict[str, list[int]] = {kind: [] for kind in TIES}
    stored = []
    for kind, name in TIES.items():
        rows = getattr(page, name).all()
        if isinstance(rows, QuerySet):
            stored.append(rows.order_by().values_list(Value(kind), TARGETS[kind], "sort_order"))
        else:
            ids[kind] = [getattr(row, TARGETS[kind]) for row in rows]
    if page.pk:
        back = page.links_in.order_by().values_list(Value("link"), "page_id", Value(10_000))
        stored.append(back)
    if stored:
        first, *others = stored
        for kind, pk, _ in sorted(first.union(*others, all=True), key=lambda row: row[2] or 0):
            ids[kind].append(pk)
    return ids


def specific_in_order(pages: list[Page]) -> list[Any]:
    """The pages as their own types: one query a type."""
    by_model: dict[Any, list[int]] = {}
    for page in pages:
        by_model.setdefault(page.specific_class, []).append(page.pk)
    found: dict[int, Any] = {}
    for model, keys in by_model.items():
        if hasattr(model, "kind_slug"):
            found.update(model.objects.in_bulk(keys))
    return [found[page.pk] for page in pages if page.pk in found]
