"""The waiting list of a cohort, in its order, with the offers that are open."""

from typing import Any

from django.db.models import TextChoices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from courses.enums import WaitingKind, WaitingState
from courses.models import WaitingEntry
from courses.office.common import cohort_page
from courses.office.frame import open_cohort
from courses.services import NothingToChange
from courses.services.turns import give_next_place, take_off_list

PAST_SHOWN = 200


class ListVerb(TextChoices):
    NEXT = "next", "Give the next free place"
    OFF = "off", "Take off the list"


VERBS: dict[ListVerb, Any] = {ListVerb.NEXT: give_next_place, ListVerb.OFF: take_off_list}
DONE = {
    ListVerb.NEXT: "{} gets the next place that comes free.",
    ListVerb.OFF: "{} is no longer on the list. No mail went out.",
}


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
        openings=[entry for entry in entries if is_told_of_opening(entry)],
        past=[entry for entry in reversed(places) if is_over(entry)][:PAST_SHOWN],
    )


def is_told_of_opening(entry: WaitingEntry) -> bool:
    return entry.kind == WaitingKind.OPENING and entry.state == WaitingState.WAITING


def is_over(entry: WaitingEntry) -> bool:
    return entry.state not in (WaitingState.OFFERED, WaitingState.WAITING)


@require_POST
@permission_required("courses.change_waitingentry")
def change_entry(request: HttpRequest, pk: int) -> HttpResponse:
    entry = get_object_or_404(WaitingEntry, pk=pk)
    asked = request.POST.get("verb")
    if asked not in ListVerb.values:
        messages.error(request, "Choose what to do.")
        return to_list(entry.cohort_id)
    verb = ListVerb(asked)
    try:
        VERBS[verb](entry=entry, by=request.user)
    except NothingToChange:
        messages.error(request, f"{entry.name} is no longer waiting: nothing was changed.")
    else:
        messages.success(request, DONE[verb].format(entry.name))
    return to_list(entry.cohort_id)


def to_list(pk: int) -> HttpResponse:
    return redirect("courses_office:waiting", pk)
