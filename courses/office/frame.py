"""What the organisers' own pages share: the frame of the admin, the cohort they are about."""

from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from courses.enums import PlaceState, WaitingKind, WaitingState
from courses.models import Cohort, Place, Session, WaitingEntry

RELATED = ("price", "version", "programme")
Crumb = tuple[str, str]


def office_page(
    request: HttpRequest,
    name: str,
    *,
    title: str,
    label: str = "",
    icon: str = "group",
    crumbs: tuple[Crumb, ...] = (),
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """The template courses/office/<name>.html; `crumbs` are (address, label) above this page.

    `label` stands at the head of the page where the title, which names the window, is too long.
    """
    home = (reverse("wagtailadmin_home"), "Home")
    items = [{"url": url, "label": label} for url, label in (home, *crumbs, ("", label or title))]
    frame = {
        "header_title": title,
        "page_title": title,
        "header_icon": icon,
        "breadcrumbs_items": items,
    }
    return render(request, f"courses/office/{name}.html", {**frame, **context}, status=status)


def cohort_crumbs(cohort: Cohort, *, with_roster: bool = True) -> tuple[Crumb, ...]:
    roster = reverse("courses_office:roster", args=[cohort.pk])
    listed = (reverse("cohorts:index"), "Cohorts")
    return (listed, (roster, f"Roster: {cohort.dated_title}")) if with_roster else (listed,)


def open_cohort(pk: int) -> Cohort:
    """A cohort with its sessions and what is counted on it, in one query; Http404 without one."""
    rows = Session.objects.filter(cohort=pk).order_by("starts_at", "pk")
    rows = rows.select_related("part", *(f"cohort__{name}" for name in RELATED))
    sessions = list(rows.annotate(**counts("cohort_id")))
    if not sessions:
        return cohort_without_sessions(pk)
    cohort: Cohort = sessions[0].cohort
    for name in counts(""):
        setattr(cohort, name, getattr(sessions[0], name))
    cohort.sessions = sessions
    return cohort


def cohort_without_sessions(pk: int) -> Cohort:
    rows = Cohort.objects.select_related(*RELATED).annotate(**counts("pk"))
    cohort = rows.filter(pk=pk).first()
    if cohort is None:
        raise Http404
    return cohort


def counts(reference: str) -> dict[str, Any]:
    """Annotations for rows that know a cohort by `reference`."""
    places, waiting = Place.objects.all(), WaitingEntry.objects.filter(kind=WaitingKind.PLACE)
    return {
        "people_count": counted(
            places.filter(state__in=PlaceState.with_seat()), reference, by="cohort"
        ),
        "repeated_count": counted(places.filter(state=PlaceState.REPEATED), reference, by="cohort"),
        "waiting_count": counted(
            waiting.filter(state=WaitingState.WAITING), reference, by="cohort"
        ),
        "offered_count": counted(
            waiting.filter(state=WaitingState.OFFERED), reference, by="cohort"
        ),
    }


def counted(rows: QuerySet[Any], reference: str, *, by: str) -> Any:
    """How many of `rows` belong to the outer row."""
    mine = rows.filter(**{by: OuterRef(reference)}).order_by().values(by)
    number = mine.annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)
