"""A cohort that cannot be booked now: why, what one can do, and which others are open."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from courses.cards import card_for
from courses.enums import CohortState
from courses.forms import WaitingForm, error_links, errors_title
from courses.models import Cohort
from courses.views.common import crumbs, other_cards
from courses.when import moment_words

TITLES = {
    CohortState.SOON: "Registration is not open yet",
    CohortState.WAITING: "This cohort is full",
    CohortState.FULL: "This cohort is full",
    CohortState.CLOSED: "Registration has closed",
    CohortState.UNDER_WAY: "This cohort is under way",
    CohortState.PAST: "This cohort is over",
    CohortState.CALLED_OFF: "This cohort is called off",
}
LEADS = {
    CohortState.WAITING: "Leave your address: a place that comes free is offered in the order of"
    " the list.",
    CohortState.FULL: "There is no waiting list for it.",
    CohortState.CLOSED: "It takes no more people.",
    CohortState.UNDER_WAY: "It has begun, and takes no more people.",
    CohortState.PAST: "Its last session has been.",
    CohortState.CALLED_OFF: "It does not take place. Everybody who had a place was told by mail.",
}


def closed_page(request: HttpRequest, cohort: Cohort, form: WaitingForm) -> HttpResponse:
    state, now = cohort.state(), timezone.now()
    links = error_links(form) if form.is_bound else []
    opens = f"It opens at {moment_words(cohort.opens_at)}. Leave your address, and we tell you."
    context = {
        "cohort": cohort,
        "card": card_for(cohort, now=now),
        "breadcrumbs": crumbs(cohort),
        "title": TITLES.get(state, "Registration is open"),
        "lead": opens if state == CohortState.SOON else LEADS.get(state, ""),
        "form": form if state.takes_names else None,
        "button": "Tell me when it opens" if state == CohortState.SOON else "Join the list",
        "error_links": links,
        "errors_title": errors_title(links),
        "others": list(other_cards(cohort).values()),
    }
    return render(request, "pages/booking_closed.html", context, status=422 if links else 200)
