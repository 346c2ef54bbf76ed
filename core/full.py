"""Plain pages as their own types: one query, however many types there are among them.

A type says what its entry reads besides its own columns: `entry_joins` come in the same query,
each of `entry_lists` takes one more.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.db.models import IntegerField, prefetch_related_objects
from wagtail.models import Page
from wagtail.query import PageQuerySet

from core.prepared import Prepared, one_of


def in_full(pages: Iterable[Page]) -> list[Any]:
    """The pages as their own types, in the order given; types that have no entry are left out."""
    wanted = [page for page in pages if hasattr(page.specific_class, "entry")]
    if not wanted:
        return []
    keys = [page.pk for page in wanted]
    types = sorted({page.specific_class for page in wanted}, key=lambda type_: type_._meta.label)
    found = {page.pk: page for page in in_own_type(rows_of(len(keys), *types)(*keys), *types)}
    full = [found[key] for key in keys if key in found]
    with_lists(full)
    return full


def all_in_full(pages: "PageQuerySet", *types: Any) -> list[Any]:
    """Those of the pages that are of these types, in one query."""
    return in_own_type(joined(pages, *types), *types)


@lru_cache(maxsize=256)
def rows_of(count: int, *types: Any) -> Prepared:
    """So many pages with their rows as these types."""
    return Prepared(
        lambda *keys: joined(Page.objects.filter(one_of(keys)), *types), *[IntegerField()] * count
    )


def joined(pages: "PageQuerySet", *types: Any) -> "PageQuerySet":
    joins = [f"{way_to(type_)}__{name}" for type_ in types for name in type_.entry_joins]
    return pages.select_related(*map(way_to, types), *joins)


def in_own_type(rows: Iterable[Page], *types: Any) -> list[Any]:
    ways = {type_: way_to(type_) for type_ in types}
    return [getattr(row, ways[row.specific_class]) for row in rows if row.specific_class in ways]


def way_to(type_: type[Page]) -> str:
    """Django's name for the way from a page to its row as `type_`."""
    link: Any = type_._meta.get_ancestor_link(Page)
    return str(link.remote_field.get_accessor_name())


def with_lists(pages: Iterable[Any]) -> None:
    """Read what the entries of these pages list: one query for each list of each type."""
    by_type: dict[Any, list[Any]] = {}
    for page in pages:
        by_type.setdefault(type(page), []).append(page)
    for type_, same in by_type.items():
        prefetch_related_objects(same, *type_.entry_lists)
