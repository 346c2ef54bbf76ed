"""The private pages: of a booking for its booker, of a place for its person."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from courses.cards import card_for
from courses.enums import PlaceState
from courses.models import Booking, Certificate, Cohort, Place
from courses.services.sessions import cohort_calendar
from courses.views.common import other_cards, public_cohorts
from courses.views.people import booker_context, person_context

View = Callable[..., HttpResponse]

# What a change says when it is done; its name stands in the address, so that no cookie is needed.
DONE = {
    "added": "Your colleague is on the booking. A mail tells them, and one tells you.",
    "swapped": "The place has another name. A mail tells both people.",
    "moved": "The place has moved to another cohort. A mail has the new dates.",
    "cancelled": "The place is cancelled. A mail tells its person.",
    "all": "The whole booking is cancelled. A mail tells each person.",
    "order": "The purchase order is changed.",
    "taken": "The place is yours. One mail has the dates, and one is about paying.",
    "already": "That had been done before. Nothing has changed.",
}


@dataclass(frozen=True, slots=True)
class Private:
    """What a token opens. `place` is None on the booker's own page, which shows no links."""

    booking: Booking
    place: Place | None
    people: list[Place]

    @property
    def url(self) -> str:
        return self.place.url if self.place else self.booking.url

    @property
    def token(self) -> str:
        return self.place.token if self.place else self.booking.token


def private(view: View) -> View:
    """Never kept by a cache, an index or the next site's log; GET changes nothing.

    A link that opens nothing gets the same words, whether it never did or does no more. With
    "no-referrer" a browser would not say either that its forms come from here.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except Http404:
            response = render(request, "pages/booking_gone.html", status=404)
        response["Cache-Control"] = "no-store, private"
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "same-origin"
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
    """Also of a programme that readers cannot see any more: the booking stays.

    A booking whose people have all moved is about the cohort where they are.
    """
    ids = [place.cohort_id for place in found.people]
    own = found.booking.cohort_id
    chosen = own if own in ids or not ids else ids[0]
    return Cohort.objects.for_page().select_related("programme").get(pk=chosen)


@require_safe
@private
def booking(request: HttpRequest, token: str) -> HttpResponse:
    given_up = Place.objects.filter(token=token, state=PlaceState.CANCELLED).first()
    if given_up:
        return given_up_page(request, given_up)
    found = opened_by(token)
    cohort, now = cohort_of(found), timezone.now()
    place = found.place
    more = (
        person_context(place, cohort, now=now)
        if place
        else booker_context(found.booking, found.people, cohort, now=now)
    )
    context = {
        "found": found,
        "cohort": cohort,
        "card": card_for(cohort, now=now),
        "certificate": Certificate.objects.filter(place=place, withdrawn_at=None).first()
        if place
        else None,
        "done": DONE.get(request.GET.get("done", "")),
        "is_public": public_cohorts().filter(pk=cohort.pk).exists(),
        "token": token,
        **more,
    }
    return render(request, "pages/booking.html", context)


def given_up_page(request: HttpRequest, place: Place) -> HttpResponse:
    """Says what became of it, and no name: whoever has an old mail may look."""
    cohort = Cohort.objects.for_page().select_related("programme").get(pk=place.cohort_id)
    context = {
        "cohort": cohort,
        "title": "This cohort is called off" if cohort.called_off_at else "Your place is cancelled",
        "card": card_for(cohort, now=timezone.now()),
        "others": list(other_cards(cohort).values()),
        "is_public": public_cohorts().filter(pk=cohort.pk).exists(),
    }
    return render(request, "pages/booking_cancelled.html", context)


@require_safe
@private
def given(request: HttpRequest) -> HttpResponse:
    """After a person gave their place to a colleague: its page is no longer theirs."""
    return render(request, "pages/booking_given.html")


@require_safe
@private
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    text = cohort_calendar(cohort_of(opened_by(token)))
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8; method=PUBLISH")
    response["Content-Disposition"] = 'attachment; filename="sessions.ics"'
    return response
