"""Joining the list of a full cohort, or of one that opens soon."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from courses.consent import CURRENT
from courses.forms import WaitingForm
from courses.models import Cohort
from courses.services import Attendee, ListClosed, join_waiting_list
from courses.views.closed import closed_page
from courses.views.common import cohort_or_404, crumbs


@csrf_exempt  # a CSRF cookie would be the only cookie readers get; docs/adr/0010 says what guards
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, slug: str) -> HttpResponse:
    """Known and unknown addresses get the same answer: nobody learns who is on the list."""
    cohort = cohort_or_404(slug)
    if request.method != "POST":
        return redirect("courses:register", slug=slug)
    form = WaitingForm(request.POST)
    if not form.is_valid() or form.refuse_robots(request, form.cleaned_data["email"]):
        return closed_page(request, cohort, form)
    try:
        put_on_list(cohort, form)
    except ListClosed:
        return redirect("courses:register", slug=slug)
    return HttpResponseRedirect(cohort.joined_url)


def put_on_list(cohort: Cohort, form: WaitingForm) -> None:
    given = form.cleaned_data
    join_waiting_list(
        cohort_id=cohort.pk,
        person=Attendee(given["name"], given["email"]),
        organisation=given["organisation"],
        consent_version=CURRENT.version,
    )


@never_cache
@require_safe
def joined(request: HttpRequest, slug: str) -> HttpResponse:
    cohort = cohort_or_404(slug)
    context = {"cohort": cohort, "breadcrumbs": crumbs(cohort)}
    return render(request, "pages/registered.html", context)
