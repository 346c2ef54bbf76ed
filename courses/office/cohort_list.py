"""The list of cohorts: how full, who waits, what comes next."""

from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import DateTimeField, F, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views import generic

from courses.enums import SessionState
from courses.models import Cohort, ProgrammePage, Session
from courses.office.columns import named
from courses.office.frame import counts

STATES = [
    ("coming", "Not open yet"),
    ("open", "Open for registration"),
    ("full", "Full"),
    ("under_way", "Under way"),
    ("past", "Past"),
    ("called_off", "Called off"),
]


def with_times(rows: QuerySet[Cohort]) -> QuerySet[Cohort]:
    """When the first planned session begins and the last one ends."""
    planned = Session.objects.filter(cohort=OuterRef("pk"), state=SessionState.PLANNED)
    ends = planned.order_by().values("cohort")
    moment = DateTimeField()
    return rows.annotate(
        first_starts=Subquery(
            ends.annotate(moment=Min("starts_at")).values("moment"), output_field=moment
        ),
        last_ends=Subquery(
            ends.annotate(moment=Max("ends_at")).values("moment"), output_field=moment
        ),
    )


def by_state(state: str) -> Q:
    """As courses/states.py says it, for the database."""
    now = timezone.now()
    on = Q(called_off_at=None)
    before = on & Q(first_starts__gt=now)
    closed = Q(closes_at__isnull=False, closes_at__lte=now)
    full = Q(capacity__isnull=False, seats_taken__gte=F("capacity"))
    open_now = before & Q(opens_at__lte=now) & ~closed
    return {
        "coming": before & Q(opens_at__gt=now),
        "open": open_now & ~full,
        "full": open_now & full,
        "under_way": on & Q(first_starts__lte=now, last_ends__gt=now),
        "past": on & Q(last_ends__lte=now),
        "called_off": Q(called_off_at__isnull=False),
    }[state]


class ProgrammeField(django_filters.fields.ModelChoiceField):
    """A number too long for SQLite is a wrong choice like any other; Django lets it through."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except OverflowError as error:
            raise ValidationError(self.error_messages["invalid_choice"]) from error


class ProgrammeFilter(django_filters.ModelChoiceFilter):
    field_class = ProgrammeField


class CohortFilterSet(WagtailFilterSet):
    programme = ProgrammeFilter(queryset=ProgrammePage.objects.order_by("title"))
    state = django_filters.ChoiceFilter(label="State", choices=STATES, method="in_state")

    class Meta:
        model = Cohort
        fields = ("state", "programme", "is_sample")

    def in_state(self, rows: QuerySet[Cohort], name: str, value: str) -> QuerySet[Cohort]:
        return rows.filter(by_state(value))


class CohortIndex(generic.IndexView):
    filterset_class = CohortFilterSet

    @cached_property
    def columns(self) -> list[Any]:
        columns: list[Any] = super().columns
        columns[0].label, columns[0].accessor = "Cohort", named
        return columns

    def get_base_queryset(self) -> Any:
        rows = Cohort.objects.select_related("version", "price", "programme").with_sessions()
        return with_times(rows.annotate(**counts("pk")))
