"""The private page of somebody who waits: for a place, or for registration to open."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from courses.cards import card_for
from courses.enums import PlaceState, WaitingKind, WaitingState
from courses.forms import AskForm, OfferForm, PublicForm, error_links, errors_title
from courses.models import Cohort, PriceRule, WaitingEntry
from courses.services import KeyUsedBefore, OfferOver, accept_offer, leave_list
from courses.services.sessions import page_lines
from courses.text import counted, upper_first
from courses.views.bookings import private
from courses.views.common import other_cards, public_cohorts, sum_context
from courses.when import moment_words

# What became of it: title, and what that means.
ENDS = {
    WaitingState.PLACED: ("You took the place", "A mail has the link to your own page."),
    WaitingState.DECLINED: (
        "You passed the place on",
        "It went to the next person on the list. Thank you for saying so.",
    ),
    WaitingState.EXPIRED: (
        "The offer has run out",
        "We did not hear from you in time, so the place went on. There is nothing to pay.",
    ),
    WaitingState.LEFT: ("You are off the list", "We write to you about it no more."),
    WaitingState.REPEATED: (
        "You have joined twice",
        "This second entry has no turn of its own.",
    ),
    WaitingState.CLOSED: ("The list is closed", "No place can come free on this cohort any more."),
}


@csrf_exempt  # the private address is the key; a cookie would be the only one readers get (ADR 10)
@require_http_methods(["GET", "HEAD", "POST"])
@private
def entry(request: HttpRequest, token: str) -> HttpResponse:
    """How the list stands; with an offer, the form that takes it. GET changes nothing."""
    found = get_object_or_404(WaitingEntry.objects.select_related("cohort__price"), token=token)
    now = timezone.now()
    if request.method != "POST" or not has_offer(found, now):
        return entry_page(request, found, OfferForm(found), now=now)
    form = OfferForm(found, request.POST)
    if not form.is_valid() or form.refuse_robots(request, found.email):
        return entry_page(request, found, form, now=now)
    try:
        key = form.cleaned_data["key"]
        booking = accept_offer(entry=found, order=form.to_order(), key=key).booking
    except OfferOver:
        found.refresh_from_db()
        return redirect(found.url)
    except KeyUsedBefore:
        form.start_anew()
        form.add_error(None, "This form was sent before, with other words. Please send it again")
        return entry_page(request, found, form, now=now)
    return HttpResponseRedirect(f"{booking.places.get().url}?done=taken")


def has_offer(entry: WaitingEntry, now: datetime) -> bool:
    ends = entry.offer_ends_at
    return entry.state == WaitingState.OFFERED and ends is not None and now < ends


def entry_page(
    request: HttpRequest, entry: WaitingEntry, form: OfferForm, *, now: datetime
) -> HttpResponse:
    cohort = Cohort.objects.for_page().select_related("programme").get(pk=entry.cohort_id)
    links = error_links(form) if form.is_bound else []
    offered = has_offer(entry, now)
    context = {
        "entry": entry,
        "cohort": cohort,
        "card": card_for(cohort, now=now),
        "form": form if offered else None,
        "error_links": links,
        "errors_title": errors_title(links),
        "lines": page_lines(cohort, with_links=False, now=now),
        "others": list(other_cards(cohort).values()),
        "is_public": public_cohorts().filter(pk=cohort.pk).exists(),
        "page_of_place": page_of_place(entry),
        **(sum_context(cohort) if offered else {}),
        **said(entry, cohort, now=now),
    }
    return render(request, "pages/waiting.html", context, status=422 if links else 200)


def said(entry: WaitingEntry, cohort: Cohort, *, now: datetime) -> dict[str, Any]:
    """The title of the page, one sentence, and what happens next."""
    if has_offer(entry, now) and entry.offer_ends_at:
        until = moment_words(entry.offer_ends_at)
        return {
            "title": "A place is kept for you",
            "lead": f"For {entry.name}, until {until}, London time.",
            "cost": cost_words(cohort.price),
        }
    if entry.state == WaitingState.WAITING:
        waits = opening_words if entry.kind == WaitingKind.OPENING else waiting_words
        return {"can_leave": True, **waits(entry, cohort, now)}
    ended = WaitingState.EXPIRED if entry.state == WaitingState.OFFERED else entry.state
    title, lead = ENDS[WaitingState(ended)]
    return {"title": title, "lead": lead}


def cost_words(price: PriceRule) -> str:
    if not price.amount:
        return "There is nothing to pay."
    free = ", and nothing if it pays dues" if price.member_waiver else ""
    return f"{price.words} for the organisation{free}. The invoice comes by mail."


def waiting_words(entry: WaitingEntry, cohort: Cohort, now: datetime) -> dict[str, Any]:
    before = ahead_of(entry)
    ahead = f"{upper_first(counted(before, 'person is', 'people are'))} before you."
    hours = counted(cohort.offer_hours, "hour")
    return {
        "title": "You are on the waiting list",
        "lead": ahead if before else "You are the next.",
        "points": [
            "A place that comes free goes to the first on the list, by mail to this address.",
            f"It is kept for {hours}. You take it, or pass it on, on this page.",
            "Nothing is to pay, and nothing to do, until you take a place.",
        ],
    }


def opening_words(entry: WaitingEntry, cohort: Cohort, now: datetime) -> dict[str, Any]:
    if cohort.state(now).is_bookable:
        return {
            "title": "Registration has opened",
            "lead": card_for(cohort, now=now).detail,
            "register": cohort.register_url,
        }
    return {
        "title": "We tell you when it opens",
        "lead": f"Registration opens at {moment_words(cohort.opens_at)}, London time.",
        "points": ["At that moment a mail goes to this address, once. It keeps no place for you."],
    }


def ahead_of(entry: WaitingEntry) -> int:
    """How many wait in front of this entry."""
    return WaitingEntry.objects.ahead_of(entry).count()


def page_of_place(entry: WaitingEntry) -> str:
    """Of the place that was taken, while it is still this person's."""
    place = entry.place
    if place is None or place.state not in PlaceState.with_seat() or place.email != entry.email:
        return ""
    return place.url


@csrf_exempt  # as above
@require_http_methods(["GET", "HEAD", "POST"])
@private
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """Leave the list, or pass an offer on: asked first, done by POST."""
    found = get_object_or_404(WaitingEntry, token=token)
    if found.state not in (WaitingState.WAITING, WaitingState.OFFERED):
        return redirect(found.url)
    form = AskForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and not form.refuse_robots(request, found.email):
        leave_list(entry=found)
        return redirect(found.url)
    return ask_to_leave(request, found, form)


def ask_to_leave(request: HttpRequest, entry: WaitingEntry, form: PublicForm) -> HttpResponse:
    cohort = Cohort.objects.for_page().select_related("programme").get(pk=entry.cohort_id)
    links = error_links(form) if form.is_bound else []
    offered = entry.state == WaitingState.OFFERED
    context = {
        "found": entry,
        "cohort": cohort,
        "card": card_for(cohort, now=timezone.now()),
        "form": form,
        "is_open": True,
        "error_links": links,
        "errors_title": errors_title(links),
        "title": "Pass the place on" if offered else "Leave the list",
        "lead": f"{cohort.full_title}.",
        "points": ["The place goes to the next person on the list. This cannot be undone."]
        if offered
        else ["Whoever joins again later joins at the end."],
        "button": "Pass the place on" if offered else "Leave the list",
        "is_grave": True,
        "sum_title": "This cohort",
    }
    return render(request, "pages/change.html", context, status=422 if links else 200)
