"""The calendar of one person or booking, which their calendar program fetches again and again."""

from hashlib import sha256

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.views.decorators.http import require_safe

from courses.enums import BookingState, PlaceState
from courses.models import Place
from courses.services.sessions import cohort_calendar
from courses.views.bookings import Private, cohort_of, opened_by


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Always the sessions as they are now, without joining links. What was given up takes them out
    of the calendar: an error would leave them standing there."""
    place = Place.objects.filter(token=token, state=PlaceState.CANCELLED).first()
    found = Private(place.booking, place, [place]) if place else opened_by(token)
    given_up = place is not None or found.booking.state == BookingState.CANCELLED
    return answer(request, cohort_calendar(cohort_of(found), given_up=given_up))


def answer(request: HttpRequest, text: str) -> HttpResponse:
    """A program that has this file already is told so, in a few bytes."""
    etag = f'"{sha256(text.encode()).hexdigest()[:32]}"'
    known = request.headers.get("If-None-Match", "")
    response: HttpResponse
    if etag in [each.strip().removeprefix("W/") for each in known.split(",")]:
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = 'inline; filename="sessions.ics"'
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
