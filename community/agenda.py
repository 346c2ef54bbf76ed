"""What the calendar shows for one address: the view, the filters, the events, the month."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils import timezone

from community.months import Day, Month, laid_out, month_of, read_month
from community.recurrence import Occurrence, occurrences
from community.times import clock_words, span_words
from core.facets import Facet, Item, Narrowed, narrow
from core.listing import PER_PAGE, Pager, pager_for

if TYPE_CHECKING:
    from community.models.events import EventPage

VIEWS = {"": "Coming", "month": "By month", "past": "Past"}
ODD_VIEW = "There is no such view: this is what comes next."
ODD_MONTH = "There is no such month in this calendar: this is the present one."


@dataclass(frozen=True, slots=True)
class ViewLink:
    label: str
    query: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class MonthView:
    """`days` are whole weeks; `before` and `after` are addresses, empty at the calendar's edge."""

    name: str
    days: list[Day]
    before: str
    after: str
    is_empty: bool


@dataclass(frozen=True, slots=True)
class Happening:
    """One time of an event, as a day of the month shows it."""

    title: str
    url: str
    time: str
    is_cancelled: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class EventRow:
    """An event in a list, with its next day, or its first where all are past."""

    title: str
    url: str
    line: str
    weekday: str
    day: int
    month: str
    facts: tuple[str, ...]
    is_cancelled: bool
    sample: bool


@dataclass(frozen=True, slots=True)
class Agenda:
    """`rows` with `pager`, or a `month`; `problems` say what the address asked for in vain."""

    narrowed: Narrowed
    views: list[ViewLink]
    view: str
    query: str
    keep: list[tuple[str, str]]
    problems: list[str]
    rows: list[EventRow]
    pager: Pager | None
    month: MonthView | None


def facets_of(events: "Sequence[EventPage]") -> list[Facet]:
    """The areas and audiences that there are, as editors spell them."""
    columns = {"area": "Area", "audience": "For whom"}
    return [
        Facet(
            name,
            legend,
            tuple((value, value) for value in sorted({getattr(e, name) for e in events} - {""})),
        )
        for name, legend in columns.items()
    ]


def narrowed_events(
    events: "list[EventPage]", among: "list[EventPage]", request: HttpRequest
) -> "tuple[list[EventPage], Narrowed]":
    """Those of `among` that match; the filters offer what any of `events` has."""
    items = [Item(each.pk, {"area": each.area, "audience": each.audience}) for each in among]
    narrowed = narrow(items, facets_of(events), request.GET)
    kept = set(narrowed.keys)
    return [event for event in among if event.pk in kept], narrowed


def agenda_of(events: "list[EventPage]", request: HttpRequest) -> Agenda:
    asked = request.GET.get("view", "")
    view = asked if asked in VIEWS else ""
    chosen, narrowed = narrowed_events(events, in_view(events, view), request)
    query = query_of(narrowed)
    month, odd_month = month_asked(request) if view == "month" else (None, "")
    rows, pager = ([], None) if month else paged(request, chosen)
    problems = [*narrowed.unknown, "" if asked == view else ODD_VIEW, odd_month]
    return Agenda(
        narrowed=narrowed,
        views=[
            ViewLink(text, added(query, view=name), name == view) for name, text in VIEWS.items()
        ],
        view=view,
        query=query,
        keep=[("view", view), *([("month", month.value)] if month else [])] if view else [],
        problems=[problem for problem in problems if problem],
        rows=rows,
        pager=pager,
        month=month_view(month, chosen, query) if month else None,
    )


def in_view(events: "list[EventPage]", view: str) -> "list[EventPage]":
    """Coming ones by their next time, past ones latest first, for a month all of them."""
    if view == "month":
        return events
    if view == "past":
        return [event for event in reversed(events) if event.next_time is None]
    coming = [event for event in events if event.next_time is not None]
    return sorted(coming, key=lambda event: event.shown_time.starts)


def query_of(narrowed: Narrowed) -> str:
    return urlencode(
        [
            (g.name, choice.value)
            for g in narrowed.groups
            for choice in g.choices
            if choice.is_chosen
        ]
    )


def added(query: str, **more: str) -> str:
    """`query` with `more`, as it stands after the question mark of an address."""
    extra = urlencode({name: value for name, value in more.items() if value})
    return "&".join(part for part in (query, extra) if part)


def paged(request: HttpRequest, events: "list[EventPage]") -> tuple[list[EventRow], Pager]:
    paginator = Paginator(events, PER_PAGE)
    pager = pager_for(request, paginator.num_pages)
    return [row_of(event) for event in paginator.page(pager.number).object_list], pager


def row_of(event: "EventPage") -> EventRow:
    time = event.shown_time
    facts = (span_words(time.starts, time.ends), event.again, event.place or event.area)
    return EventRow(
        title=event.title,
        url=event.url,
        line=event.summary,
        weekday=f"{time.starts:%a}",
        day=time.starts.day,
        month=f"{time.starts:%b %Y}",
        facts=tuple(fact for fact in facts if fact),
        is_cancelled=event.is_cancelled,
        sample=event.is_sample,
    )


def month_asked(request: HttpRequest) -> tuple[Month, str]:
    """The month of the address, or this one with a word about what was asked for."""
    today = timezone.localdate()
    asked = request.GET.get("month", "")
    month = read_month(asked, today)
    return month or month_of(today), "" if month or not asked else ODD_MONTH


def month_view(month: Month, events: "list[EventPage]", query: str) -> MonthView:
    today = timezone.localdate()
    items = happenings(month, events)

    def address(moved: int) -> str:
        other = month.moved(moved)
        if read_month(other.value, today) is None:
            return ""
        return added(query, view="month", month=other.value)

    return MonthView(
        name=month.name,
        days=laid_out(month, items, today),
        before=address(-1),
        after=address(1),
        is_empty=not items,
    )


def happenings(month: Month, events: "list[EventPage]") -> Mapping[date, list[Happening]]:
    found: list[tuple[datetime, date, Happening]] = []
    for event in events:
        for time in occurrences(event.schedule, after=month.starts, before=month.ends):
            for day in days_of(time):
                words = clock_words(time.starts) if day == time.starts.date() else "goes on"
                happening = Happening(event.title, event.url, words, event.is_cancelled)
                found.append((time.starts, day, happening))
    by_day: dict[date, list[Happening]] = defaultdict(list)
    for _start, day, happening in sorted(found, key=lambda each: (each[0], each[2].title)):
        by_day[day].append(happening)
    return by_day


def days_of(time: Occurrence) -> list[date]:
    """Every day that it touches, at most a month of them."""
    first, last = time.starts.date(), (time.ends - timedelta(seconds=1)).date()
    return [first + timedelta(days=at) for at in range(min((last - first).days, 31) + 1)]
