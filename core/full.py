"""Plain pages as their own types: one query, however many types there are among them.

A type says what its entry reads besides its own columns: `entry_joins` come in the same query,
each of `entry_lists` takes one more.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import prefetch_related_objects
from wagtail.models import Page


def in_full(pages: Iterable[Page]) -> list[Any]:
    """The pages as their own types, in the order given; types that have no entry are left out."""
    wanted = [page for page in pages if hasattr(page.specific_class, "entry")]
    if not wanted:
        return []
    ways = {type_: way_to(type_) for type_ in {page.specific_class for page in wanted}}
    joins = [f"{way}__{name}" for type_, way in ways.items() for name in type_.entry_joins]
    plain = Page.objects.order_by().select_related(*ways.values(), *joins)
    found = plain.in_bulk([page.pk for page in wanted])
    full = [getattr(found[p.pk], ways[p.specific_class]) for p in wanted if p.pk in found]
    with_lists(full)
    return full


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
