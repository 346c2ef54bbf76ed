"""The private page of somebody who waits for a place."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from courses.enums import WaitingState
from courses.models import Cohort, WaitingEntry
from courses.services import leave_list
from courses.services.sessions import page_lines
from courses.views.bookings import private
from courses.when import moment_words


@csrf_exempt  # the private address is the key; a cookie would be the only one readers get (ADR 10)
@require_http_methods(["GET", "HEAD", "POST"])
@private
def entry(request: HttpRequest, token: str) -> HttpResponse:
    """How the list stands; POST leaves it, or declines the offer. GET changes nothing."""
    found = get_object_or_404(WaitingEntry, token=token)
    if request.method == "POST":
        leave_list(entry=found)
        return redirect(found.url)
    cohort = Cohort.objects.for_page().select_related("programme").get(pk=found.cohort_id)
    context = {
        "entry": found,
        "cohort": cohort,
        "before": ahead_of(found),
        "until": moment_words(found.offer_ends_at) if found.offer_ends_at else "",
        "is_waiting": found.state == WaitingState.WAITING,
        "has_offer": found.state == WaitingState.OFFERED,
        "lines": page_lines(cohort, with_links=False, now=timezone.now()),
    }
    return render(request, "pages/waiting.html", context)


def ahead_of(entry: WaitingEntry) -> int:
    """How many wait in front of this entry."""
    return WaitingEntry.objects.ahead_of(entry).count()
