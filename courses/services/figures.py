"""The numbers behind the organisers' charts: a fixed number of queries, however many cohorts."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncWeek

from courses.enums import AttendanceState, PlaceState
from courses.models import Attendance, Cohort, Place
from courses.when import LONDON

Noted = dict[int, Counter[str]]


@dataclass(frozen=True, slots=True)
class Figures:
    """`weeks`: registrations by the Monday of their week; `noted`: attendance by session;
    `people`: those with a place now, by cohort."""

    cohorts: list[Cohort]
    weeks: dict[date, int]
    noted: Noted
    people: dict[int, int]


def figures_of(cohorts: QuerySet[Cohort]) -> Figures:
    listed = list(cohorts)
    keys = [cohort.pk for cohort in listed]
    return Figures(listed, weeks_of(keys), noted_of(keys), people_of(keys))


def weeks_of(cohorts: list[int]) -> dict[date, int]:
    """Also of places that were given up since: somebody registered."""
    rows = Place.objects.filter(cohort__in=cohorts)
    by_week = rows.annotate(week=TruncWeek("created_at", tzinfo=LONDON)).order_by("week")
    counted = by_week.values("week").annotate(number=Count("pk"))
    return {row["week"].date(): row["number"] for row in counted}


def noted_of(cohorts: list[int]) -> Noted:
    rows = Attendance.objects.filter(
        session__cohort__in=cohorts, place__state=PlaceState.BOOKED
    ).order_by()
    found: Noted = defaultdict(Counter)
    for row in rows.values("session_id", "state").annotate(number=Count("pk")):
        found[row["session_id"]][AttendanceState(row["state"])] = row["number"]
    return found


def people_of(cohorts: list[int]) -> dict[int, int]:
    rows = Place.objects.filter(cohort__in=cohorts, state=PlaceState.BOOKED).order_by()
    counted = rows.values_list("cohort_id").annotate(number=Count("pk"))
    return dict(counted)
