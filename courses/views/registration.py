"""Registering for a cohort, on one page."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from courses.cards import card_for
from courses.enums import CohortState
from courses.forms import RegistrationForm, WaitingForm, error_links, errors_title
from courses.models import Cohort
from courses.services import (
    CohortFull,
    KeyUsedBefore,
    ListClosed,
    RegistrationClosed,
    TooManyPeople,
    join_waiting_list,
)
from courses.services import (
    register as register_order,
)
from courses.text import counted
from courses.views.closed import closed_page
from courses.views.common import cohort_or_404, crumbs, sum_context

INSTEAD = "join_list"  # the button that puts everybody on the waiting list


@csrf_exempt  # a CSRF cookie would be the only cookie readers get; docs/adr/0010 says what guards
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """The form; a full or closed cohort says so instead, but never eats what was typed."""
    cohort = cohort_or_404(slug)
    if request.method != "POST":
        if not cohort.state().is_bookable:
            return closed_page(request, cohort, WaitingForm())
        return form_page(request, cohort, RegistrationForm(cohort.price))
    form = RegistrationForm(cohort.price, request.POST)
    if not form.is_valid() or form.refuse_robots(request, *form.addresses()):
        return form_page(request, cohort, form)
    verb = listed_url if INSTEAD in request.POST else booked_url
    url = verb(cohort, form)
    return HttpResponseRedirect(url) if url else form_page(request, cohort, form)


def booked_url(cohort: Cohort, form: RegistrationForm) -> str:
    """The private page of the new booking; empty if it was refused, with the reason on the form."""
    try:
        result = register_order(
            cohort_id=cohort.pk, order=form.to_order(), key=form.cleaned_data["key"]
        )
    except (CohortFull, RegistrationClosed, TooManyPeople, KeyUsedBefore) as refusal:
        if isinstance(refusal, KeyUsedBefore):
            form.start_anew()
        form.add_error(None, refusal_words(refusal))
    else:
        return result.booking.url
    return ""


def listed_url(cohort: Cohort, form: RegistrationForm) -> str:
    """The places went while somebody typed: all whom they named join the list, in their order.

    Empty if there is no list any more, as when a place came free again.
    """
    order = form.to_order()
    try:
        for person in order.people:
            join_waiting_list(
                cohort_id=cohort.pk,
                person=person,
                organisation=order.organisation.name,
                consent_version=order.consent_version,
            )
    except ListClosed:
        form.add_error(None, "There is no list now. Nothing is lost: register, if places are free")
        return ""
    return cohort.joined_url


def refusal_words(refusal: Exception) -> str:
    if isinstance(refusal, CohortFull):
        if not refusal.left:
            return "The last places have just gone. Nothing is booked and nothing is to pay"
        places = counted(refusal.left, "place is", "places are")
        return f"Only {places} left. Nothing is booked yet: name fewer people"
    if isinstance(refusal, RegistrationClosed):
        return f"Registration is not open ({refusal.state.label.lower()}). Nothing is booked"
    if isinstance(refusal, KeyUsedBefore):
        return (
            "This form has already made a booking, with other words in it. Press the button"
            " again if you want a second booking"
        )
    return f"{refusal}"


def form_page(request: HttpRequest, cohort: Cohort, form: RegistrationForm) -> HttpResponse:
    links = error_links(form) if form.is_bound else []
    state = cohort.state()
    context: dict[str, Any] = {
        "cohort": cohort,
        "card": card_for(cohort, now=timezone.now()),
        "breadcrumbs": crumbs(cohort),
        "form": form,
        "error_links": links,
        "errors_title": errors_title(links),
        "is_full": state.is_full,
        "instead": INSTEAD if state == CohortState.WAITING and form.is_bound else "",
        **sum_context(cohort),
    }
    return render(request, "pages/register.html", context, status=422 if links else 200)
