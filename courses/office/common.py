"""What the organisers' pages of one cohort share: its head, its trail and its parts."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from courses.models import Cohort
from courses.office.frame import cohort_crumbs, office_page

# Name of the address, words, what one must be allowed to.
PARTS = (
    ("roster", "Roster", "courses.view_place"),
    ("waiting", "Waiting list", "courses.view_waitingentry"),
    ("attendance", "Attendance", "courses.change_attendance"),
    ("message", "Write to people", "courses.add_announcement"),
    ("sessions", "Sessions", "courses.change_session"),
    ("certificates", "Certificates", "courses.add_certificate"),
    ("figures", "Figures", "courses.view_cohort"),
)


@dataclass(frozen=True, slots=True)
class Part:
    """A page of the cohort."""

    url: str
    words: str
    is_current: bool


def cohort_or_404(pk: int) -> Cohort:
    rows = Cohort.objects.select_related("version", "price", "programme").with_sessions()
    return get_object_or_404(rows, pk=pk)


def parts_for(request: HttpRequest, cohort: Cohort, current: str) -> list[Part]:
    return [
        Part(reverse(f"courses_office:{name}", args=[cohort.pk]), words, name == current)
        for name, words, permission in PARTS
        if request.user.has_perm(permission)
    ]


def cohort_page(
    request: HttpRequest,
    cohort: Cohort,
    current: str,
    template: str,
    *,
    title: str = "",
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """In the frame of the admin, below the parts of the cohort, the current one marked."""
    words = title or next(words for name, words, _ in PARTS if name == current)
    return office_page(
        request,
        template,
        title=f"{words}: {cohort.full_title}",
        label=words,
        crumbs=cohort_crumbs(cohort, with_roster=False),
        status=status,
        cohort=cohort,
        parts=parts_for(request, cohort, current),
        **context,
    )
