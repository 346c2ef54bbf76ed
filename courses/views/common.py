"""What every public view of training needs."""

from typing import Any

from django.http import Http404
from wagtail.models import Page

from courses.cards import price_points
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
