"""The attendance grid of a cohort: people by sessions, one form that works by keyboard alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from wagtail.admin.auth import permission_required

from courses.enums import AttendanceState
from courses.models import Cohort, Place, Session
from courses.office.common import cohort_or_404, cohort_page
from courses.services.attendance import (
    NOBODY_SAID,
    Cell,
    attendance_of,
    booked,
    note_attendance,
)
from courses.text import counted
from courses.when import clock_words, short_day_words

PEOPLE_A_PAGE = 100  # five sessions of them make 500 fields
LETTERS = {
    AttendanceState.PRESENT: "p",
    AttendanceState.ABSENT: "a",
    AttendanceState.EXCUSED: "e",
    NOBODY_SAID: "-",
}
WORDS = {
    AttendanceState.PRESENT: "Came",
    AttendanceState.ABSENT: "Absent",
    AttendanceState.EXCUSED: "Apologies",
    NOBODY_SAID: "–",
}


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    words: str
    letter: str
    label: str
    is_chosen: bool
    is_open: bool


@dataclass(frozen=True, slots=True)
class GridCell:
    """`name` of the radio buttons; `is_current`: of the session shown on a narrow screen."""

    name: str
    label: str
    choices: list[Choice]
    is_current: bool


@dataclass(frozen=True, slots=True)
class GridRow:
    place: Place
    cells: list[GridCell]


@dataclass(frozen=True, slots=True)
class Column:
    session: Session
    number: int
    day: str
    time: str
    title: str
    came: int
    has_begun: bool
    is_current: bool


@dataclass(frozen=True, slots=True)
class Grid:
    columns: list[Column]
    rows: list[GridRow]
    people: Page
    was: str
    current: int


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("courses.change_attendance")
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    cohort = cohort_or_404(pk)
    if request.method == "POST":
        return save(request, cohort)
    grid = grid_of(cohort, request.GET)
    return cohort_page(request, cohort, "attendance", "attendance", grid=grid)


def save(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    """Write what differs from what this page showed; then show the session asked for."""
    sessions = {str(each.pk): each for each in cohort.dated}
    everybody = sessions.get(request.POST.get("everybody", ""))
    written = note_attendance(
        cohort=cohort, changes=changes_in(request.POST), present_at=everybody, by=request.user
    )
    messages.success(
        request,
        f"{counted(written, 'note').capitalize()} saved." if written else "Nothing had changed.",
    )
    shown = request.POST.get("go") or request.POST.get("session", "")
    page = request.POST.get("p", "")
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in (("session", shown), ("p", page)) if value})
    url = reverse("courses_office:attendance", args=[cohort.pk])
    return redirect(f"{url}?{query.urlencode()}" if query else url)


def changes_in(posted: QueryDict) -> dict[Cell, str]:
    """What the organiser chose, less what the page had shown: others' notes stay as they are."""
    was = read_was(posted.get("was", ""))
    chosen = {cell: value for name, value in posted.items() if (cell := read_name(name))}
    return {
        cell: str(value) for cell, value in chosen.items() if value != was.get(cell, NOBODY_SAID)
    }


def read_name(name: str) -> Cell | None:
    """`at-12-34` is session 12, place 34."""
    match name.split("-"):
        case ["at", session, place] if is_key(session) and is_key(place):
            return Cell(int(session), int(place))
    return None


def is_key(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) < 18


def read_was(words: str) -> dict[Cell, str]:
    states = {letter: str(state) for state, letter in LETTERS.items()}
    found = {}
    for word in words.split():
        cell = read_name(f"at-{word[:-1]}")
        if cell and word[-1] in states:
            found[cell] = states[word[-1]]
    return found


def write_was(noted: dict[Cell, AttendanceState]) -> str:
    """One field for what the page showed: `12-34p` for each cell of which something was known."""
    return " ".join(f"{cell.session}-{cell.place}{LETTERS[state]}" for cell, state in noted.items())


def grid_of(cohort: Cohort, asked: QueryDict) -> Grid:
    sessions = cohort.dated
    current = current_session(sessions, asked.get("session", ""))
    places = booked(cohort).select_related("booking__organisation").order_by("name", "pk")
    people = Paginator(places, PEOPLE_A_PAGE).get_page(asked.get("p"))
    noted = attendance_of(cohort, sessions)
    on_page = {place.pk for place in people}
    shown = {cell: state for cell, state in noted.items() if cell.place in on_page}
    return Grid(
        columns=list(columns_of(sessions, noted, current)),
        rows=[row_of(place, sessions, shown, current) for place in people],
        people=people,
        was=write_was(shown),
        current=current.pk if current else 0,
    )


def current_session(sessions: list[Session], asked: str) -> Session | None:
    """The one asked for; else the last that has begun, which is the one to note now."""
    wanted = [each for each in sessions if str(each.pk) == asked]
    begun = [each for each in sessions if each.starts_at <= timezone.now()]
    return next(iter(wanted or begun[-1:] or sessions[:1]), None)


def columns_of(
    sessions: list[Session], noted: dict[Cell, AttendanceState], current: Session | None
) -> Iterable[Column]:
    came = [cell.session for cell, state in noted.items() if state == AttendanceState.PRESENT]
    for number, session in enumerate(sessions, start=1):
        yield Column(
            session=session,
            number=number,
            day=short_day_words(session.starts_at),
            time=clock_words(session.starts_at),
            title=session.part.title if session.part else "",
            came=came.count(session.pk),
            has_begun=session.starts_at <= timezone.now(),
            is_current=session == current,
        )


def row_of(
    place: Place, sessions: list[Session], noted: dict[Cell, Any], current: Session | None
) -> GridRow:
    cells = []
    for number, session in enumerate(sessions, start=1):
        state = noted.get(Cell(session.pk, place.pk), NOBODY_SAID)
        cells.append(
            GridCell(
                name=f"at-{session.pk}-{place.pk}",
                label=f"{place.name}, session {number}",
                choices=choices_of(state, has_begun=session.starts_at <= timezone.now()),
                is_current=session == current,
            )
        )
    return GridRow(place, cells)


def choices_of(state: str, *, has_begun: bool) -> list[Choice]:
    """Before a session begins one can only send apologies."""
    labels = {**dict(AttendanceState.choices), NOBODY_SAID: "Not noted"}
    return [
        Choice(
            value=str(value),
            words=words,
            letter=LETTERS[value],
            label=labels[value],
            is_chosen=value == state,
            is_open=has_begun or value in (AttendanceState.EXCUSED, NOBODY_SAID) or value == state,
        )
        for value, words in WORDS.items()
    ]
