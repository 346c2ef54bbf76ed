"""Partnership pages for tests."""

from typing import Any

from core.models import EnquiryPage
from partnerships.models import (
    CaseStudyIndexPage,
    CaseStudyPage,
    Outcome,
    PartnershipIndexPage,
    SchemePage,
)
from tests.factories import make_home, make_page


def make_partnerships() -> PartnershipIndexPage:
    return PartnershipIndexPage.objects.first() or make_page(
        PartnershipIndexPage, make_home(), title="Partnerships", slug="partnerships"
    )


def make_scheme(title: str = "Behaviour hubs", **fields: Any) -> SchemePage:
    return make_page(SchemePage, make_partnerships(), title=title, **fields)


def make_case_index() -> CaseStudyIndexPage:
    return CaseStudyIndexPage.objects.first() or make_page(
        CaseStudyIndexPage, make_partnerships(), title="Case studies", slug="case-studies"
    )


def make_case(title: str = "A calm start", **fields: Any) -> CaseStudyPage:
    outcomes = fields.pop("outcomes", [])
    fields = {"phase": "secondary", "region": "yorkshire", **fields}
    page: Any = CaseStudyPage(title=title, **fields)
    page.outcomes = outcomes
    make_case_index().add_child(instance=page)
    if page.live:
        page.save_revision().publish()
    return CaseStudyPage.objects.get(pk=page.pk)


def outcome(**fields: Any) -> Outcome:
    return Outcome(
        **{
            "metric": "suspensions in the year",
            "after": 96,
            "after_year": "2023-24",
            "source": "records of the school",
            **fields,
        }
    )


def make_enquiry_page(**fields: Any) -> EnquiryPage:
    return make_page(
        EnquiryPage, make_partnerships(), **{"title": "Ask for a visit", "slug": "visit", **fields}
    )
