"""Numbers of pages: reading one from an address, a window around one, links to the others."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest

GAP = 0
MAX_DIGITS = 6


def page_number(text: str) -> int | None:
    """Return the page number in `text`, or None where it is not a plain positive number."""
    if not text.isascii() or not text.isdigit() or len(text) > MAX_DIGITS:
        return None
    return int(text) or None


def window(number: int, last: int, reach: int = 2) -> tuple[int, ...]:
    """First, last and the pages within `reach` of `number`; GAP where some are left out.

    >>> window(6, 20)
    (1, 0, 4, 5, 6, 7, 8, 0, 20)
    """
    near = range(max(1, number - reach), min(last, number + reach) + 1)
    shown = sorted({1, *near, last} if last else {1})
    numbers: list[int] = []
    for this in shown:
        if numbers and this - numbers[-1] == 2:
            numbers.append(this - 1)
        elif numbers and this - numbers[-1] > 1:
            numbers.append(GAP)
        numbers.append(this)
    return tuple(numbers)


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


def asked_page(request: HttpRequest) -> int:
    """The number in `?page=`; raises Http404 where it is none."""
    number = page_number(request.GET.get("page", "1"))
    if number is None:
        raise Http404("There is no such page of this list.")
    return number


def pager_for(request: HttpRequest, last: int) -> Pager:
    """Read `?page=` against the last page there is; raises Http404 with a plain reason."""
    number = asked_page(request)
    if number > max(last, 1):
        raise Http404(f"There is no such page of this list; it has {last}.")
    query = urlencode(
        [(key, value) for key, values in request.GET.lists() if key != "page" for value in values]
    )
    return Pager(number=number, last=last, numbers=window(number, last), query=query)
