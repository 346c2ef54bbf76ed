"""Lists of pages: the page number of the address, a window of page links, entries to show."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from core.entries import Entry
from search.paging import page_number, window

PER_PAGE = 24


@dataclass(frozen=True, slots=True)
class Pager:
    """`numbers` is a window around the current page; 0 stands for a gap."""

    number: int
    last: int
    numbers: tuple[int, ...]
    query: str

    @property
    def previous(self) -> int:
        return self.number - 1

    @property
    def next(self) -> int:
        return self.number + 1 if self.number < self.last else 0


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


def pager_for(request: HttpRequest, last: int) -> Pager:
    """Read `?page=` against the last page there is; raises Http404 with a plain reason."""
    number = page_number(request.GET.get("page", "1"))
    if number is None or not 1 <= number <= max(last, 1):
        raise Http404(f"There is no such page of this list; it has {last}.")
    query = urlencode(
        [(key, value) for key, values in request.GET.lists() if key != "page" for value in values]
    )
    return Pager(number=number, last=last, numbers=window(number, last), query=query)
