"""Charts for organisers: of all cohorts, and of one. Each has its numbers as a table."""

from collections import Counter
from datetime import UTC, date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.admin.auth import permission_required

from courses.charts import Bar, Columns, by_week, segments
from courses.enums import AttendanceState
from courses.models import Cohort, Session
from courses.office.common import cohort_or_404, cohort_page
from courses.office.frame import office_page
from courses.services.figures import Figures, figures_of
from courses.when import date_words, short_day_words

HEADINGS: dict[str, Any] = {
    "fill_headings": ("Taken", "Places", "Share"),
    "attended_headings": ("Came", "Absent", "Apologies", "Not noted"),
}
SHOWN = (AttendanceState.PRESENT, AttendanceState.ABSENT, AttendanceState.EXCUSED)


@require_safe
@permission_required("courses.view_cohort")
def figures(request: HttpRequest, pk: int) -> HttpResponse:
    cohort = cohort_or_404(pk)
    found = figures_of(Cohort.objects.filter(pk=pk).for_page())
    return cohort_page(
        request,
        cohort,
        "figures",
        "figures",
        weeks=weeks(found),
        fills=[fill_bar(each) for each in found.cohorts],
        attended=[
            session_bar(number, session, found)
            for each in found.cohorts
            for number, session in enumerate(each.dated, start=1)
            if session.starts_at <= timezone.now()
        ],
        of_what="Session",
        **HEADINGS,
    )


@require_safe
@permission_required("courses.view_cohort")
def all_figures(request: HttpRequest) -> HttpResponse:
    found = figures_of(Cohort.objects.for_page().select_related("programme"))
    return office_page(
        request,
        "figures",
        title="Figures of all cohorts",
        crumbs=((reverse("cohorts:index"), "Cohorts"),),
        weeks=weeks(found),
        fills=[fill_bar(each, is_link=True) for each in found.cohorts],
        attended=[bar for each in found.cohorts if (bar := cohort_bar(each, found))],
        of_what="Cohort",
        **HEADINGS,
    )


def weeks(found: Figures) -> Columns | None:
    return by_week(found.weeks, Words())


class Words(dict[date, str]):
    """The Monday of a week, written when it is asked for."""

    def __missing__(self, monday: date) -> str:
        return date_words(datetime(monday.year, monday.month, monday.day, 12, tzinfo=UTC))


def fill_bar(cohort: Cohort, *, is_link: bool = False) -> Bar:
    taken, capacity = cohort.seats_taken, cohort.capacity
    share = f"{round(100 * taken / capacity)} %" if capacity else "no limit"
    return Bar(
        label=cohort.dated_title,
        note=cohort.version.name,
        cells=(str(taken), str(capacity) if capacity else "–", share),
        segments=segments([("present", taken)], capacity or 0),
        is_drawn=capacity is not None,
        url=reverse("courses_office:figures", args=[cohort.pk]) if is_link else "",
    )


def session_bar(number: int, session: Session, found: Figures) -> Bar:
    title = session.part.title if session.part else ""
    note = f"{short_day_words(session.starts_at)}{f', {title}' if title else ''}"
    people = found.people.get(session.cohort_id, 0)
    return attended_bar(f"Session {number}", note, found.noted[session.pk], people)


def cohort_bar(cohort: Cohort, found: Figures) -> Bar | None:
    """All its sessions together; None before anybody noted anything."""
    begun = [each for each in cohort.dated if each.starts_at <= timezone.now()]
    noted: Counter[str] = sum((found.noted[each.pk] for each in begun), Counter())
    if not noted:
        return None
    expected = found.people.get(cohort.pk, 0) * len(begun)
    url = reverse("courses_office:figures", args=[cohort.pk])
    return attended_bar(cohort.dated_title, cohort.version.name, noted, expected, url)


def attended_bar(label: str, note: str, noted: Counter[str], expected: int, url: str = "") -> Bar:
    numbers = [noted[state] for state in SHOWN]
    unknown = max(0, expected - sum(numbers))
    return Bar(
        label=label,
        note=note,
        cells=tuple(map(str, [*numbers, unknown])),
        segments=segments(
            list(zip(map(str, SHOWN), numbers, strict=True)), max(expected, sum(numbers))
        ),
        url=url,
    )
