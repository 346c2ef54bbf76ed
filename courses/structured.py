"""A programme for machines: schema.org's Course with an instance for each coming cohort. Never a
link to join, nor anybody's name."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.safestring import SafeString

from courses.cards import shown
from courses.enums import CohortState
from courses.models.cohorts import Cohort
from courses.when import local
from episodes.structured import breadcrumbs, written

if TYPE_CHECKING:
    from courses.models.programmes import ProgrammePage

# Of an offer; what is missing cannot be had.
AVAILABLE = {
    CohortState.SOON: "PreOrder",
    CohortState.OPEN: "InStock",
    CohortState.FEW: "LimitedAvailability",
    CohortState.WAITING: "SoldOut",
    CohortState.FULL: "SoldOut",
}


def structured(
    request: HttpRequest, page: "ProgrammePage", cohorts: list[Cohort], *, now: datetime
) -> list[SafeString]:
    """JSON-LD, safe inside script elements; `cohorts` are those that the page shows."""
    if not page.url:
        return []
    told = (course(request, page, cohorts, now=now), breadcrumbs(page))
    return [written(each) for each in told if each]


def course(
    request: HttpRequest, page: "ProgrammePage", cohorts: list[Cohort], *, now: datetime
) -> dict[str, Any]:
    here = request.build_absolute_uri(page.url)
    return {
        "@type": "Course",
        "@id": f"{here}#course",
        "name": page.title,
        "description": page.summary or page.title,
        "url": here,
        "inLanguage": "en-GB",
        "provider": {
            "@type": "EducationalOrganization",
            "name": settings.WAGTAIL_SITE_NAME,
            "url": request.build_absolute_uri("/"),
        },
        "hasCourseInstance": [instance(request, cohort, now=now) for cohort in cohorts],
    }


def instance(request: HttpRequest, cohort: Cohort, *, now: datetime) -> dict[str, Any]:
    sessions, state = shown(cohort), cohort.state(now)
    minutes = sum((each.ends_at - each.starts_at).total_seconds() for each in sessions) // 60
    called_off = state == CohortState.CALLED_OFF
    told = {
        "@type": "CourseInstance",
        "name": f"{cohort.version.name}, {cohort.title}",
        "courseMode": "Online",
        "startDate": local(sessions[0].starts_at).isoformat(),
        "endDate": local(sessions[-1].ends_at).isoformat(),
        "courseWorkload": f"PT{int(minutes)}M",
        "eventStatus": f"https://schema.org/Event{'Cancelled' if called_off else 'Scheduled'}",
        "offers": offer(request, cohort, state),
    }
    return {name: value for name, value in told.items() if value}


def offer(request: HttpRequest, cohort: Cohort, state: CohortState) -> dict[str, Any]:
    if state not in AVAILABLE:
        return {}
    return {
        "@type": "Offer",
        "category": "Paid" if cohort.price.amount else "Free",
        "price": f"{cohort.price.amount:.2f}",
        "priceCurrency": cohort.price.currency,
        "availability": f"https://schema.org/{AVAILABLE[state]}",
        "validFrom": local(cohort.opens_at).isoformat(),
        "url": request.build_absolute_uri(cohort.register_url),
    }
