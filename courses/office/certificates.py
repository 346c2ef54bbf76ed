"""Certificates of a cohort: who can have one, who has one, and taking one back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from wagtail.admin.auth import permission_required

from courses.models import Cohort, Place
from courses.office.common import cohort_or_404, cohort_page
from courses.services.certificates import (
    NothingAttended,
    NotOverYet,
    issue,
    issue_for,
    standings,
    withdraw,
)
from courses.services.errors import NothingToChange
from courses.text import counted, upper_first
from courses.when import length_words


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("courses.add_certificate")
def certificates(request: HttpRequest, pk: int) -> HttpResponse:
    cohort = cohort_or_404(pk)
    if request.method == "POST":
        act(request, cohort)
        return redirect("courses_office:certificates", cohort.pk)
    ends = cohort.facts.ends
    rows = [
        (each, length_words(each.minutes) if each.minutes else "") for each in standings(cohort)
    ]
    return cohort_page(
        request,
        cohort,
        "certificates",
        "certificates",
        rows=rows,
        is_over=ends is not None and ends <= timezone.now(),
        due=sum(1 for each, _ in rows if each.minutes and not each.certificate),
    )


def act(request: HttpRequest, cohort: Cohort) -> None:
    """For everybody; or for the one person whose button was pressed."""
    try:
        if request.POST.get("withdraw"):
            withdraw_one(request, cohort)
        elif request.POST.get("issue"):
            issue(place=place_of(request.POST["issue"], cohort), by=request.user)
            messages.success(request, "Certificate issued; a mail is on the way.")
        else:
            number = issue_for(cohort=cohort, by=request.user)
            words = upper_first(counted(number, "certificate"))
            messages.success(request, f"{words} issued.")
    except NotOverYet:
        messages.error(request, "There are certificates after the last session only.")
    except NothingAttended:
        messages.error(request, "Nothing is noted that a certificate could say.")
    except NothingToChange:
        messages.warning(request, "This was done already.")


def withdraw_one(request: HttpRequest, cohort: Cohort) -> None:
    certificate = getattr(place_of(request.POST["withdraw"], cohort), "certificate", None)
    if certificate is None:
        raise NothingToChange
    withdraw(certificate=certificate, by=request.user)
    messages.success(request, "Certificate withdrawn. Its page says so from now on.")


def place_of(word: str, cohort: Cohort) -> Place:
    key = int(word) if word.isascii() and word.isdigit() and len(word) < 18 else 0
    return get_object_or_404(Place, pk=key, cohort=cohort)
