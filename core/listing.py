"""Lists of pages: the page number of the address, a window of page links, entries to show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

from core.entries import Entry
from search.paging import Pager, pager_for

__all__ = ["PER_PAGE", "Listing", "Pager", "listing", "listing_of", "pager_for"]

PER_PAGE = 24


@dataclass(frozen=True, slots=True)
class Listing:
    entries: list[Entry]
    count: int
    pager: Pager


def listing(request: HttpRequest, pages: "QuerySet[Any]", per_page: int = PER_PAGE) -> Listing:
    """Page `pages` by `?page=`; a number that is not one, or past the end, is a 404.

    Costs the count, the rows, and one query a page type among them.
    """
    paginator = Paginator(pages, per_page)
    pager = pager_for(request, paginator.num_pages)
    rows = paginator.page(pager.number).object_list
    specific = rows.specific() if hasattr(rows, "specific") else rows
    entries = [page.entry() for page in specific if hasattr(page, "entry")]
    return Listing(entries=entries, count=paginator.count, pager=pager)


def listing_of(
    request: HttpRequest, keys: Sequence[int], pages: "QuerySet[Any]", per_page: int = PER_PAGE
) -> Listing:
    """As `listing`, where the ids of all pages are known in order: costs one query."""
    paginator = Paginator(keys, per_page)
    pager = pager_for(request, paginator.num_pages)
    shown = list(paginator.page(pager.number).object_list)
    found = pages.in_bulk(shown)
    entries = [found[key].entry() for key in shown if key in found]
    return Listing(entries=entries, count=len(keys), pager=pager)
