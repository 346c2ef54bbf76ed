"""Partnerships: what the support is, its four schemes, and sample case studies."""

from datetime import date

from core.models import EnquiryKind, EnquiryPage
from demo.parts.case_parts import Case
from demo.parts.cases import CASES
from demo.parts.making import (
    Parts,
    Stream,
    about,
    ensure,
    ensure_only,
    remove_empty,
    remove_pages,
    republish,
    text,
    tie,
)
from home.models import HomePage
from partnerships.models import (
    CaseStudyIndexPage,
    CaseStudyPage,
    Outcome,
    PartnershipIndexPage,
    SchemeActivity,
    SchemePage,
)

SLUG, CASES_SLUG, VISIT_SLUG = "partnerships", "case-studies", "visit"
TRUST = "Dixons Academies Trust"
SCHEMES = ("behaviour-hubs", "tsio", "peia", "direct-agreements")

FIGURES: Stream = [
    (
        "figure",
        {
            "value": "Every partner",
            "what": "improved its behaviour data",
            "year": "over five years",
            "source": TRUST,
        },
    ),
    (
        "figure",
        {
            "value": "Every partner",
            "what": "rose at least one Ofsted grade, or kept moving upwards",
            "year": "over five years",
            "source": TRUST,
        },
    ),
    (
        "figure",
        {
            "value": "5 years",
            "what": "and more of support, in four kinds of scheme",
            "year": "to date",
            "source": TRUST,
        },
    ),
    (
        "figure",
        {
            "value": "Over 20%",
            "what": "of secondary schools visited us in one year; many have come since",
            "year": "2015",
            "source": TRUST,
        },
    ),
]
BODY: Stream = [
    text(
        "Support begins with a question that the other school asks, and ends with something that "
        "the other school owns. Between the two lie visits in both directions, a mentor who comes "
        "back, training, and an honest look at the figures.",
        "We hold on to two principles, high expectations and consistency. Everything else may "
        "change: the words at the door, the shape of a form, the order of a day. A partner does "
        "not copy our routine. It builds its own, informed by ours and fit for its own children. "
        "We call that adaptation, not imitation.",
        "That is why the library shows one artefact in several versions. The original is ours. "
        "What other schools made of it is often better for where they are.",
    )
]


def load(home: HomePage, today: date) -> None:
    index = ensure_only(
        PartnershipIndexPage,
        home,
        SLUG,
        title="Partnerships",
        summary="For more than five years we have worked beside other schools on behaviour: "
        "visits, mentoring, training, and figures that both sides look at.",
        figures=FIGURES,
        body=BODY,
    )
    make_schemes(index)
    cases = ensure_only(
        CaseStudyIndexPage,
        index,
        CASES_SLUG,
        title="Case studies",
        summary="What partners changed, what it did, and what they built themselves.",
    )
    for case in CASES:
        make_case(cases, case)
    ensure(
        EnquiryPage,
        index,
        VISIT_SLUG,
        title="Ask for a visit",
        summary="Come for a morning, see lessons and corridors as they are, and talk to the "
        "people who run them.",
        purpose=EnquiryKind.VISIT,
        intro="<p>Tell us who would come, what you would like to see and when it would suit you. "
        "A colleague writes back; nothing is booked by sending this form.</p>",
    )


def make_schemes(index: PartnershipIndexPage) -> None:
    ensure(
        SchemePage,
        index,
        SCHEMES[0],
        title="Behaviour hubs",
        summary="A national programme in which lead schools stand beside partner schools. Dixons "
        "Trinity was one of the lead schools for three years.",
        role="Lead school",
        lead_school="Dixons Trinity",
        run_by="Department for Education",
        period="Three years",
        activities=Parts(
            SchemeActivity(title=title, text=words) for title, words in HUB_ACTIVITIES
        ),
    )
    for slug, title, summary, words in OTHER_SCHEMES:
        ensure(SchemePage, index, slug, title=title, summary=summary, body=[text(*words)])


HUB_ACTIVITIES = (
    ("Mentoring leaders", "A leader of ours works with leaders of the partner school, in person."),
    ("Training", "Sessions for staff, planned with the partner and given by people who teach."),
    ("Visits", "Partners see ordinary days with us: doors, corridors, lunch, the end of the day."),
    ("Resources", "Whatever we use is shared, so that nobody begins with an empty page."),
    ("Meetings on progress", "Regular meetings, with the figures on the table and next steps."),
)
OTHER_SCHEMES = (
    (
        SCHEMES[1],
        "TSIO",
        "Help that a school can take up through the national trust and school improvement offer.",
        (
            "The offer pairs a school with a leader or a trust that has done the work before. We "
            "have given support through it as one of our ways of working with other schools.",
            "What happens is agreed with the school: what to look at first, who comes, and which "
            "figure should move.",
        ),
    ),
    (
        SCHEMES[2],
        "PEIA",
        "Work with schools in priority education investment areas, place by place.",
        (
            "In these areas several schools and partners work on the same few questions at once. "
            "We support schools there with the same visits, training and meetings on progress.",
        ),
    ),
    (
        SCHEMES[3],
        "Direct agreements",
        "A partnership between two schools or trusts, without a national programme around it.",
        (
            "Some partners come to us directly. We write down together what each side brings, how "
            "long it lasts and how both will know whether it helped.",
        ),
    ),
)


def make_case(index: CaseStudyIndexPage, case: Case) -> None:
    page, is_new = ensure(
        CaseStudyPage,
        index,
        case.slug,
        title=case.title,
        summary=case.summary,
        is_sample=True,
        scheme=SchemePage.objects.filter(slug=case.scheme).first(),
        body=case.body,
        trends=case.trends,
        quote=case.quote,
        outcomes=Parts(Outcome(**figure.fields()) for figure in case.figures),
        **case.context,
    )
    if is_new:
        about(page, *case.topics)
        tie(page, *case.links)
        republish(page)


def remove() -> None:
    remove_pages(CaseStudyPage, *(case.slug for case in CASES))
    remove_pages(EnquiryPage, VISIT_SLUG)
    remove_pages(SchemePage, *SCHEMES)
    remove_empty(CaseStudyIndexPage, CASES_SLUG)
    remove_empty(PartnershipIndexPage, SLUG)
