"""The private pages: of a booking for its booker, of a place for its person."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from courses.cards import card_for
from courses.enums import PlaceState
from courses.models import Booking, Cohort, Place
from courses.services.sessions import cohort_calendar, page_lines
from courses.text import counted, upper_first
from courses.views.common import public_cohorts

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Private:
    """What a token opens. `place` is None on the booker's own page, which shows no links."""

    booking: Booking
    place: Place | None
    people: list[Place]


def private(view: View) -> View:
    """Never kept by a cache, an index or the next site's log; GET changes nothing."""

    @wraps(view)
    def guarded(request: HttpRequest, token: str) -> HttpResponse:
        response = view(request, token)
        response["Cache-Control"] = "no-store, private"
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "no-referrer"
        return response

    return guarded


def opened_by(token: str) -> Private:
    place = Place.objects.select_related("booking__organisation").filter(token=token).first()
    if place:
        if place.state not in PlaceState.with_seat():
            raise Http404("This place was given up.")
        return Private(place.booking, place, [place])
    booking = Booking.objects.select_related("organisation").filter(token=token).first()
    if booking is None:
        raise Http404("There is no such booking.")
    return Private(booking, None, list(booking.places.filter(state__in=PlaceState.with_seat())))


def cohort_of(found: Private) -> Cohort:
    """Also of a programme that readers cannot see any more: the booking stays."""
    return (
        Cohort.objects.for_page()
        .select_related("programme")
        .get(pk=(found.place or found.booking).cohort_id)
    )


@require_safe
@private
def booking(request: HttpRequest, token: str) -> HttpResponse:
    found = opened_by(token)
    cohort, now = cohort_of(found), timezone.now()
    people = upper_first(counted(len(found.people), "person is", "people are"))
    context = {
        "found": found,
        "cohort": cohort,
        "card": card_for(cohort, now=now),
        "title": "You have a place" if found.place else f"{people} registered",
        "lines": page_lines(cohort, with_links=found.place is not None, now=now),
        "is_public": public_cohorts().filter(pk=cohort.pk).exists(),
        "token": token,
    }
    return render(request, "pages/booking.html", context)


@require_safe
@private
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    text = cohort_calendar(cohort_of(opened_by(token)))
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8; method=PUBLISH")
    response["Content-Disposition"] = 'attachment; filename="sessions.ics"'
    return response
