"""Who may be booked twice, and which organisations have more places than their price covers."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.admin.auth import permission_required

from courses.enums import PlaceState
from courses.likeness import alike
from courses.models import Cohort, Place
from courses.office.frame import office_page
from courses.text import counted, upper_first


@dataclass(frozen=True, slots=True)
class Finding:
    """Places of one cohort that somebody should look at together."""

    title: str
    words: str
    places: list[Place]


@dataclass(frozen=True, slots=True)
class Report:
    cohort: Cohort
    twice: list[Finding]
    many: list[Finding]
    alike: list[Finding]

    @property
    def is_empty(self) -> bool:
        return not (self.twice or self.many or self.alike)


@require_safe
@permission_required("courses.view_place")
def duplicates(request: HttpRequest) -> HttpResponse:
    """Of every cohort that is not over: afterwards there is nothing to mend."""
    reports = [each for each in reports_of(current_cohorts()) if not each.is_empty]
    return office_page(request, "duplicates", title="Booked twice?", icon="group", reports=reports)


def current_cohorts() -> list[Cohort]:
    rows = Cohort.objects.filter(sessions__ends_at__gt=timezone.now(), called_off_at=None)
    related = rows.select_related("price", "version", "programme").with_sessions()
    return sorted(set(related), key=lambda each: each.facts.starts or each.opens_at)


def reports_of(cohorts: Iterable[Cohort]) -> list[Report]:
    """Two queries, however many cohorts and people."""
    found = {cohort.pk: cohort for cohort in cohorts}
    rows = Place.objects.filter(cohort__in=found, state__in=PlaceState.with_seat())
    of_cohort: dict[int, list[Place]] = defaultdict(list)
    for place in rows.select_related("booking__organisation").order_by("pk"):
        of_cohort[place.cohort_id].append(place)
    return [
        Report(
            cohort=cohort,
            twice=twice(of_cohort[pk]),
            many=many(of_cohort[pk], cohort.price.places_included),
            alike=alike_findings(of_cohort[pk]),
        )
        for pk, cohort in found.items()
    ]


def twice(places: list[Place]) -> list[Finding]:
    by_email: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        by_email[place.email].append(place)
    return [
        Finding(email, f"{upper_first(counted(len(group), 'place'))} for one address.", group)
        for email, group in by_email.items()
        if any(place.state == PlaceState.REPEATED for place in group)
    ]


def many(places: list[Place], included: int) -> list[Finding]:
    """Counted over all bookings of an organisation: each may be within the price by itself."""
    by_organisation: dict[int, list[Place]] = defaultdict(list)
    for place in places:
        by_organisation[place.booking.organisation_id].append(place)
    return [
        Finding(str(group[0].booking.organisation), many_words(group, included), group)
        for group in by_organisation.values()
        if len(group) > included
    ]


def many_words(group: list[Place], included: int) -> str:
    bookings = len({place.booking_id for place in group})
    return (
        f"{upper_first(counted(len(group), 'place'))} in {counted(bookings, 'booking')};"
        f" one price covers {counted(included, 'person', 'people')}."
    )


def alike_findings(places: list[Place]) -> list[Finding]:
    groups = alike((place.name, place.email, place) for place in places)
    return [
        Finding(group[0].name, "One name, different addresses: perhaps one person.", group)
        for group in groups
    ]
