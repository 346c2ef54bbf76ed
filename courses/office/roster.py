"""The roster of a cohort: who has a place, through whom, and whether the mail arrived."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, OuterRef, QuerySet, Subquery, Value, When, Window
from django.db.models.functions import JSONObject
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.admin.auth import permission_required

from courses.enums import MessageKind, MessageState
from courses.models import OutboxMessage, Place
from courses.office.columns import fill
from courses.office.common import parts_for
from courses.office.deeds import Deed
from courses.office.frame import cohort_crumbs, office_page, open_cohort
from courses.office.roster_filter import TROUBLED, RosterFilter

A_PAGE = 100


@dataclass(frozen=True, slots=True)
class Mail:
    """What the roster says of a mail; its words stay in the database."""

    pk: int
    kind: str
    state: str
    error: str

    @property
    def words(self) -> str:
        return f"{MessageKind(self.kind).label}: {MessageState(self.state).label}"

    @property
    def is_troubled(self) -> bool:
        return self.state in TROUBLED


@dataclass(frozen=True, slots=True)
class RosterRow:
    """A place with the mail that matters to its person, and to who booked it."""

    place: Place
    mails: list[tuple[str, Mail]]


@dataclass(frozen=True, slots=True)
class RosterPage:
    rows: list[RosterRow]
    total: int
    number: int

    @property
    def first(self) -> int:
        return (self.number - 1) * A_PAGE + 1

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1

    @property
    def before(self) -> int:
        return self.number - 1

    @property
    def after(self) -> int:
        return self.number + 1 if self.last < self.total else 0

    @property
    def is_whole(self) -> bool:
        return len(self.rows) == self.total


def roster_page(places: QuerySet[Place], number: int) -> RosterPage:
    """A page of people with their mails and the number of all, in one query."""
    found = places.annotate(
        person_mail=newest_mail(place=OuterRef("pk")),
        booker_mail=newest_mail(booking=OuterRef("booking"), kind=MessageKind.BOOKING),
        total=Window(Count("pk")),
    )
    rows = list(found[(number - 1) * A_PAGE : number * A_PAGE])
    total = rows[0].total if rows else 0
    return RosterPage([roster_row(place) for place in rows], total, number)


def newest_mail(**whose: Any) -> Subquery:
    """One that failed before all others: it is the one to care about."""
    troubled = Case(When(state__in=TROUBLED, then=Value(0)), default=Value(1))
    mails = OutboxMessage.objects.filter(**whose).order_by(troubled, "-pk")
    told = JSONObject(pk="pk", kind="kind", state="state", error="last_error")
    return Subquery(mails.values(told=told)[:1])


def roster_row(place: Any) -> RosterRow:
    found = (("To the person", place.person_mail), ("To the booker", place.booker_mail))
    mails = [(whose, Mail(**told)) for whose, told in found if told]
    return RosterRow(place, mails)


@require_safe
@permission_required("courses.view_place")
def roster(request: HttpRequest, pk: int) -> HttpResponse:
    cohort, filters = open_cohort(pk), RosterFilter(request.GET)
    number = page_number(request)
    page = roster_page(filters.places(cohort), number)
    if number > 1 and not page.rows:
        return redirect(f"{request.path}?{without_page(request)}")
    return office_page(
        request,
        "roster",
        title=f"Roster: {cohort.full_title}",
        label="Roster",
        crumbs=cohort_crumbs(cohort, with_roster=False),
        cohort=cohort,
        parts=parts_for(request, cohort, "roster"),
        state=cohort.state(timezone.now()).label,
        fill=fill(cohort),
        filters=filters,
        page=page,
        deeds=[(deed.value, deed.label) for deed in Deed],
        asked=without_page(request),
        chosen_organisation=chosen_organisation(filters, page),
    )


def chosen_organisation(filters: RosterFilter, page: RosterPage) -> str:
    if not (filters.is_valid() and filters.cleaned_data["organisation"]):
        return ""
    return page.rows[0].place.booking.organisation.name if page.rows else "an organisation"


def page_number(request: HttpRequest) -> int:
    """1 for whatever is no number of a page."""
    asked = request.GET.get("page", "")
    is_number = asked.isascii() and asked.isdigit() and len(asked) < 5
    return max(1, int(asked)) if is_number else 1


def without_page(request: HttpRequest) -> str:
    asked = request.GET.copy()
    asked.pop("page", None)
    return asked.urlencode()
