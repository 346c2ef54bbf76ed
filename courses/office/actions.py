"""Doing something to people of the roster: first what will happen, then doing it."""

import re
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from courses.models import Cohort, Place
from courses.office.deeds import MOST, Deed, Outcome, perform, stamp, targets, with_stamp
from courses.office.effects import plan
from courses.office.frame import cohort_crumbs, office_page, open_cohort
from courses.office.roster_filter import RosterFilter
from courses.text import counted, upper_first

DONE = {
    Deed.CANCEL: ("place is cancelled", "places are cancelled"),
    Deed.MOVE: ("person has moved", "people have moved"),
    Deed.CONFIRM: ("confirmation is on its way", "confirmations are on their way"),
}
STAMPS = re.compile(r"(\d{1,18}):([0-9a-f]{12})")


class DeedForm(forms.Form):
    """`places` of the roster's boxes; or `everybody` that its filter finds."""

    deed = forms.ChoiceField(choices=Deed.choices)
    everybody = forms.BooleanField(required=False)
    asked = forms.CharField(required=False, max_length=2000)


@require_POST
@permission_required("courses.change_place")
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Without `seen` it says what would happen and changes nothing; with it, it happens."""
    cohort, form = open_cohort(pk), DeedForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choose what to do.")
        return to_roster(cohort)
    deed = Deed(form.cleaned_data["deed"])
    if "seen" in request.POST:
        return carry_out(request, cohort, deed)
    places = list(with_stamp(chosen(request, cohort, form.cleaned_data))[: MOST + 1])
    if not 0 < len(places) <= MOST:
        messages.error(request, how_many_words(len(places)))
        return to_roster(cohort, form.cleaned_data["asked"])
    return ask(request, cohort, deed, places)


def how_many_words(number: int) -> str:
    if not number:
        return "Nobody was chosen. Tick the people first."
    return f"At most {MOST} people at once. Filter the roster, then do it in parts."


def chosen(request: HttpRequest, cohort: Cohort, wanted: dict[str, Any]) -> Any:
    if wanted["everybody"]:
        return RosterFilter(QueryDict(wanted["asked"])).places(cohort)
    ticked = [value for value in request.POST.getlist("place") if re.fullmatch(r"\d{1,18}", value)]
    return Place.objects.filter(cohort=cohort, pk__in=ticked).order_by("pk")


def ask(
    request: HttpRequest, cohort: Cohort, deed: Deed, places: list[Place], problem: str = ""
) -> HttpResponse:
    planned = plan(deed, cohort, places)
    return office_page(
        request,
        "deed",
        title=f"{deed.label}: {counted(len(places), 'person', 'people')}",
        crumbs=cohort_crumbs(cohort),
        status=422 if problem else 200,
        cohort=cohort,
        deed=deed,
        plan=planned,
        problem=problem,
        seen=" ".join(f"{place.pk}:{stamp(place)}" for place in places),
        targets=targets(cohort) if deed == Deed.MOVE else [],
    )


def carry_out(request: HttpRequest, cohort: Cohort, deed: Deed) -> HttpResponse:
    stamps = {int(pk): seen for pk, seen in STAMPS.findall(request.POST["seen"])[:MOST]}
    mine = Place.objects.filter(cohort=cohort, pk__in=stamps)
    to = None
    if deed == Deed.MOVE:
        to = next(
            (each for each in targets(cohort) if str(each.pk) == request.POST.get("to")), None
        )
        if to is None:
            return ask(request, cohort, deed, list(with_stamp(mine)), "Choose the other cohort.")
    known = set(mine.values_list("pk", flat=True))
    gone = len(stamps) - len(known)
    stamps = {pk: seen for pk, seen in stamps.items() if pk in known}
    return report(request, cohort, deed, perform(deed, stamps, to=to, by=request.user), gone)


def report(
    request: HttpRequest, cohort: Cohort, deed: Deed, outcomes: list[Outcome], gone: int
) -> HttpResponse:
    """Back to the roster if all went well; else who is as before, and why."""
    failed = [outcome for outcome in outcomes if outcome.problem]
    done = len(outcomes) - len(failed)
    words = f"{upper_first(counted(done, *DONE[deed]))}."
    if not failed and not gone:
        messages.success(request, words)
        return to_roster(cohort)
    return office_page(
        request,
        "outcomes",
        title=f"{deed.label}: not for everybody",
        crumbs=cohort_crumbs(cohort),
        cohort=cohort,
        deed=deed,
        words=words if done else "Nothing was changed.",
        failed=failed,
        gone=counted(gone, "place is", "places are") if gone else "",
    )


def to_roster(cohort: Cohort, asked: str = "") -> HttpResponse:
    address = reverse("courses_office:roster", args=[cohort.pk])
    return redirect(f"{address}?{QueryDict(asked).urlencode()}" if asked else address)
