"""What every public view of training needs."""

from datetime import datetime
from typing import Any

from django.http import Http404
from django.utils import timezone
from wagtail.models import Page

from courses.cards import CohortCard, card_for, price_points
from courses.models import Cohort
from courses.models.cohorts import CohortQuerySet
from courses.text import counted


def public_cohorts() -> CohortQuerySet:
    return Cohort.objects.for_page().of_visible_programmes().select_related("programme")


def cohort_or_404(slug: str) -> Cohort:
    cohort = public_cohorts().filter(slug=slug).first()
    if cohort is None:
        raise Http404("There is no such cohort.")
    return cohort


def open_cohorts(programme_id: int, *, now: datetime) -> list[Cohort]:
    """The cohorts of a programme that can be booked now, soonest first."""
    cohorts = public_cohorts().filter(programme=programme_id)
    bookable = [cohort for cohort in cohorts if cohort.state(now).is_bookable]
    return sorted(bookable, key=lambda cohort: cohort.dated[0].starts_at)


def other_cards(cohort: Cohort) -> dict[int, CohortCard]:
    """What can be booked of the same programme instead, by its key."""
    now = timezone.now()
    others = open_cohorts(cohort.programme_id, now=now)
    return {other.pk: card_for(other, now=now) for other in others if other.pk != cohort.pk}


def crumbs(cohort: Cohort) -> list[Page]:
    return [*cohort.programme.breadcrumbs(), cohort.programme]


def sum_context(cohort: Cohort) -> dict[str, Any]:
    """What stands beside the form: dates, price and what it covers."""
    price = cohort.price
    people = counted(price.places_included, "person", "people")
    return {
        "price": price,
        "price_line": f"for the organisation, {people} included",
        "price_points": price_points(price),
        "people": people,
    }
