"""The waiting list of a cohort, in its order, with the offers that are open."""

from collections.abc import Callable
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from courses.enums import WaitingKind, WaitingState
from courses.models import WaitingEntry
from courses.office.common import cohort_page
from courses.office.frame import cohort_crumbs, office_page, open_cohort
from courses.services import NothingToChange
from courses.services.turns import give_next_place, take_off_list

PAST_SHOWN = 200
IN_LINE = (WaitingState.WAITING, WaitingState.OFFERED, WaitingState.REPEATED)


@require_safe
@permission_required("courses.view_waitingentry")
def waiting_list(request: HttpRequest, pk: int) -> HttpResponse:
    cohort = open_cohort(pk)
    entries = list(WaitingEntry.objects.filter(cohort=cohort).in_turn())
    places = [entry for entry in entries if entry.kind == WaitingKind.PLACE]
    return cohort_page(
        request,
        cohort,
        "waiting",
        "waiting",
        offered=[entry for entry in places if entry.state == WaitingState.OFFERED],
        waiting=[entry for entry in places if entry.state == WaitingState.WAITING],
        repeated=[entry for entry in places if entry.state == WaitingState.REPEATED],
        openings=[entry for entry in entries if is_told_of_opening(entry)],
        past=[entry for entry in reversed(places) if is_over(entry)][:PAST_SHOWN],
    )


def is_told_of_opening(entry: WaitingEntry) -> bool:
    return entry.kind == WaitingKind.OPENING and entry.state == WaitingState.WAITING


def is_over(entry: WaitingEntry) -> bool:
    return entry.state not in IN_LINE


@require_POST
@permission_required("courses.change_waitingentry")
def give_next(request: HttpRequest, pk: int) -> HttpResponse:
    entry = get_object_or_404(WaitingEntry, pk=pk)
    do = partial(give_next_place, entry=entry, by=request.user)
    return done(request, entry, do, f"{entry.name} gets the next place that comes free.")


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("courses.change_waitingentry")
def take_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then take somebody off the list."""
    entry = get_object_or_404(WaitingEntry, pk=pk)
    if request.method == "POST":
        do = partial(take_off_list, entry=entry, by=request.user)
        return done(request, entry, do, f"{entry.name} is no longer on the list. They get no mail.")
    cohort = open_cohort(entry.cohort_id)
    return office_page(
        request,
        "take_off",
        title="Take somebody off the list",
        icon="group",
        crumbs=cohort_crumbs(cohort),
        entry=entry,
        cohort=cohort,
        has_offer=entry.state == WaitingState.OFFERED,
        is_open=entry.state in IN_LINE,
    )


def done(
    request: HttpRequest, entry: WaitingEntry, do: Callable[[], None], words: str
) -> HttpResponse:
    try:
        do()
    except NothingToChange:
        messages.error(request, f"{entry.name} is no longer waiting: nothing was changed.")
    else:
        messages.success(request, words)
    return redirect("courses_office:waiting", entry.cohort_id)
