from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from wagtail.models import PageViewRestriction

from community.dots import caption, print_of, rounded
from community.models import CampaignPage, CivicPage, EventPage
from community.models.campaigns import Answer, CampaignPriority, Commitment, Meeting
from core.models import EnquiryPage
from home.models import HomePage
from tests.community.factories import (
    make_calendar,
    make_campaign,
    make_civic,
    make_event,
    make_framework,
)
from tests.factories import make_page


def whole(**fields: Any) -> CampaignPage:
    return make_campaign(
        **{
            "reach": 10_000,
            "source": "Dixons Academies Trust",
            "partner": "Citizens UK",
            "method": "<p>Students asked students.</p>",
            "priorities": [CampaignPriority(title="Cost of living")],
            "answers": [Answer(topic="fares", said="Sums before the bus.", did="Asked.")],
            "meetings": [Meeting(title="The Bishop")],
            "commitments": [Commitment(who="The council", what="Answer", state="kept")],
            **fields,
        }
    )


def test_a_campaign_tells_everything(home: HomePage, client: Client) -> None:
    page = client.get(whole().url).content.decode()
    for words in (
        "10,000",
        "students took part in the listening campaign in Bradford",
        "2023-24",
        "Citizens UK",
        "Dixons Academies Trust",
        "One dot: 200 students",
        "Students asked students",
        "Cost of living",
        "“Sums before the bus.”",
        "The Bishop",
        "Kept",
    ):
        assert words in page


def test_a_campaign_without_figures_or_answers_opens(home: HomePage, client: Client) -> None:
    campaign = make_campaign()
    assert campaign.evidence is None
    assert client.get(campaign.url).status_code == 200


def test_what_was_not_done_yet_is_said(home: HomePage, client: Client) -> None:
    campaign = whole(answers=[Answer(said="Sums.")])
    assert "Not yet." in client.get(campaign.url).content.decode()


def test_a_reach_without_its_source_is_refused_by_name(home: HomePage) -> None:
    with pytest.raises(ValidationError, match="“10,000 students” lacks its source"):
        make_campaign(reach=10_000)
    campaign = make_campaign()
    with pytest.raises(IntegrityError), transaction.atomic():
        CampaignPage.objects.filter(pk=campaign.pk).update(reach=5)


def test_a_year_is_a_year(home: HomePage) -> None:
    with pytest.raises(ValidationError):
        make_campaign(year="lately")


def test_search_finds_what_was_said_and_whom_students_met(home: HomePage) -> None:
    body = whole().search_rows()[0].body
    for words in ("Sums before the bus", "The Bishop", "Cost of living", "The council Answer"):
        assert words in body


def test_the_civic_page_shows_the_newest_campaign_framework_and_events(
    home: HomePage, client: Client
) -> None:
    whole(title="Old", slug="old", year="2022-23", answers=[Answer(said="Old words")])
    whole(title="New", slug="new", year="2023-24")
    make_framework(document="PACT")
    make_event("Morning")
    page = client.get(make_civic().url).content.decode()
    assert "Sums before the bus" in page
    assert "Old words" not in page
    for words in ("The Bishop", "PACT", "Morning"):
        assert words in page


def test_the_civic_page_opens_with_nothing_below_it(home: HomePage, client: Client) -> None:
    assert client.get(make_civic().url).status_code == 200
    make_calendar()
    assert "Nothing is planned" in client.get(make_civic().url).content.decode()


def test_drafts_and_private_pages_are_not_on_the_civic_page(home: HomePage, client: Client) -> None:
    make_campaign(title="Canary", live=False, year="2030-31")
    private = whole(title="Canary", slug="p", answers=[Answer(said="Canary said")])
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    event = make_event("Canary event")
    PageViewRestriction.objects.create(page=event, restriction_type="login")
    assert "Canary" not in client.get(make_civic().url).content.decode()


def test_the_civic_page_offers_the_form_of_its_own_section(home: HomePage, client: Client) -> None:
    make_page(EnquiryPage, home, title="Elsewhere", slug="elsewhere")
    own = make_page(EnquiryPage, make_civic(), title="Get involved", slug="join")
    page = client.get(make_civic().url).content.decode()
    assert f"{own.url}?about={make_civic().pk}" in page
    assert "Elsewhere" not in page


def test_civic_pages_live_where_they_belong(home: HomePage) -> None:
    assert CivicPage.can_create_at(home)
    assert not EventPage.can_create_at(make_civic())
    assert EventPage.can_create_at(make_calendar())


@pytest.mark.parametrize(
    ("reach", "words"),
    [
        (10_000, "One dot: 200 students"),
        (9_371, "One dot: about 190 students"),
        (60, "One dot: about 1 students"),
        (49, ""),
        (None, ""),
    ],
)
def test_a_dot_says_how_many_it_stands_for(reach: int | None, words: str) -> None:
    assert caption(reach, "students") == words


def test_the_print_is_the_same_for_the_same_campaign() -> None:
    assert (
        print_of("Bradford 2023-24", None, "").shapes
        == print_of("Bradford 2023-24", None, "").shapes
    )
    assert print_of("Leeds", None, "").shapes != print_of("Bradford", None, "").shapes
    assert rounded(0.5) == 0
