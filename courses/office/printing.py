"""The roster on paper: who is expected at a session, with room to sign."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.admin.auth import permission_required

from courses.enums import PlaceState
from courses.models import Cohort, Place, Session
from courses.office.frame import open_cohort
from courses.services.history import note
from courses.when import day_words, times_words


@require_safe
@permission_required("courses.view_place")
def roster_print(request: HttpRequest, pk: int) -> HttpResponse:
    """Names and organisations only: paper lies about. Standing alone, without the admin."""
    cohort = open_cohort(pk)
    session = chosen_session(cohort, request.GET.get("session", ""))
    people = Place.objects.filter(cohort=cohort, state=PlaceState.BOOKED)
    people = people.select_related("booking__organisation").order_by("name", "pk")
    note("printed", cohort=cohort, by=request.user, people=len(people))
    context = {
        "cohort": cohort,
        "session": session,
        "number": cohort.dated.index(session) + 1 if session else 0,
        "sessions": list(enumerate(cohort.dated, start=1)),
        "day": day_words(session.starts_at) if session else "",
        "times": times_words(session.starts_at, session.ends_at) if session else "",
        "people": people,
    }
    response = render(request, "courses/office/print.html", context)
    response["Cache-Control"] = "no-store, private"
    return response


def chosen_session(cohort: Cohort, asked: str) -> Session | None:
    """The one asked for; else the next; else the last; None before any is planned."""
    sessions, now = cohort.dated, timezone.now()
    coming = [session for session in sessions if session.ends_at > now]
    wanted = [session for session in sessions if str(session.pk) == asked]
    return next(iter([*wanted, *coming, *sessions[-1:]]), None)
