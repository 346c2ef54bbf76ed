"""Lists of pages: the page number of the address, a window of page links, entries to show."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet, Window
from django.http import HttpRequest
from wagtail.models import Page

from core.entries import Entry
from core.full import in_full, with_lists
from search.paging import Pager, asked_page, pager_for

__all__ = ["PER_PAGE", "Listing", "Pager", "listing", "listing_of", "pager_for"]

PER_PAGE = 24


@dataclass(frozen=True, slots=True)
class Listing:
    entries: list[Entry]
    count: int
    pager: Pager


def listing(request: HttpRequest, pages: "QuerySet[Any]", per_page: int = PER_PAGE) -> Listing:
    """Page `pages` by `?page=`; a number that is not one, or past the end, is a 404.

    Costs one query, and one more where the pages are of many types.
    """
    start = (asked_page(request) - 1) * per_page
    counted = pages.annotate(of_all=Window(Count("*")))
    rows = list(counted[start : start + per_page])
    count = rows[0].of_all if rows else pages.count() if start else 0
    pager = pager_for(request, ceil(count / per_page))
    if pages.model is Page:
        rows = in_full(rows)
    else:
        with_lists(rows)
    return Listing(entries=[page.entry() for page in rows], count=count, pager=pager)


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
