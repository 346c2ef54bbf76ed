"""Civic work: the framework, the campaign in Bradford, a calendar of sample events."""

from datetime import date

from community.models import (
    Aim,
    CampaignPage,
    CivicPage,
    EventIndexPage,
    EventPage,
    FrameworkPage,
    Pillar,
    Priority,
    Stage,
    Statement,
    Strand,
)
from community.models.campaigns import Answer, CampaignPriority, Commitment, Meeting
from core.models import EnquiryKind, EnquiryPage
from demo.parts import civic_words as words
from demo.parts.events import PLANS
from demo.parts.making import Parts, ensure, ensure_only, remove_empty, remove_pages
from home.models import HomePage

SLUG, FRAMEWORK, CAMPAIGN = "civic-work", "framework", "listening-in-bradford-2023-24"
EVENTS, JOIN = "events", "get-involved"


def load(home: HomePage, today: date) -> None:
    civic = ensure_only(
        CivicPage,
        home,
        SLUG,
        title="Civic work",
        summary="Every year the same cycle: listen, find out, act. It begins with the people who "
        "live here.",
        task_force="Community Task Force",
        task_force_text="<p>Local organisations work with us on what the listening brought up. "
        "Tell us what you do and where, and we will find the people to meet.</p>",
    )
    make_framework(civic)
    make_campaign(civic)
    calendar = ensure_only(
        EventIndexPage,
        civic,
        EVENTS,
        title="Events",
        summary="Meetings, mornings and walks. Most are open to everybody.",
    )
    for plan in PLANS:
        ensure(EventPage, calendar, plan.slug, **plan.fields(today))
    ensure(
        EnquiryPage,
        civic,
        JOIN,
        title="Get involved",
        summary="Tell us what you do and where. A colleague writes back and finds the people to "
        "meet.",
        purpose=EnquiryKind.INVOLVEMENT,
    )


def make_framework(civic: CivicPage) -> None:
    stage = Stage(title="Stage one: four priorities")
    stage.priorities = Parts(Priority(title=title) for title in words.PRIORITIES).rows
    ensure(
        FrameworkPage,
        civic,
        FRAMEWORK,
        title="A civic framework",
        summary="What a school trust owes to the place it works in, in two pillars, nine "
        "statements and three aims.",
        document="PACT, Civic Duty Framework 2023-2025",
        builds_on="“Community Anchoring – School Trusts as Anchor Institutions” by the "
        "Confederation of School Trusts",
        objective="<p>To be an anchor institution: one that brings people to share responsibility "
        "against deprivation and lost opportunity.</p>",
        pillars=Parts(Pillar(title=title) for title in words.PILLARS),
        statements=Parts(Statement(title=title) for title in words.STATEMENTS),
        aims=Parts(Aim(title=title, action_plan=words.INTERNAL_PLAN) for title in words.AIMS),
        strands=Parts(Strand(title=title) for title in words.STRANDS),
        stages=Parts([stage]),
    )


def make_campaign(civic: CivicPage) -> None:
    ensure(
        CampaignPage,
        civic,
        CAMPAIGN,
        title="Listening in Bradford, 2023-24",
        summary="Ten thousand students chose three things to change, and went to ask for them. The "
        "priorities are theirs; what is marked as a sample is made up.",
        area="Bradford",
        year="2023-24",
        partner="Citizens UK",
        reach=10_000,
        reach_what="students",
        source="Dixons Academies Trust",
        method=words.METHOD,
        priorities=Parts(
            CampaignPriority(title=topic.capitalize()) for topic, said, did in words.ANSWERS
        ),
        answers=Parts(
            Answer(topic=topic, said=said, did=did, is_sample=True)
            for topic, said, did in words.ANSWERS
        ),
        meetings=Parts(Meeting(title=title) for title in words.MEETINGS),
        commitments=Parts(
            Commitment(who=who, what=what, by_when=by_when, state=state, is_sample=True)
            for who, what, by_when, state in words.COMMITMENTS
        ),
    )


def remove() -> None:
    remove_pages(EventPage, *(plan.slug for plan in PLANS))
    remove_pages(EnquiryPage, JOIN)
    remove_pages(CampaignPage, CAMPAIGN)
    remove_pages(FrameworkPage, FRAMEWORK)
    remove_empty(EventIndexPage, EVENTS)
    remove_empty(CivicPage, SLUG)
