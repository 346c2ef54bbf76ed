"""The demo parts of partnerships, civic work and news: made once, never over an editor's work."""

from datetime import date, timedelta

import pytest
from django.test import Client
from wagtail.models import Page

from community.models import CampaignPage, EventPage, FrameworkPage
from demo.parts import community, news, partnerships
from home.models import ArticlePage, HomePage
from partnerships.models import CaseStudyPage, Outcome, SchemePage

PARTS = (partnerships, community, news)
TODAY = date(2026, 11, 22)


@pytest.fixture
def loaded(home: HomePage) -> HomePage:
    for part in PARTS:
        part.load(home, TODAY)
    return home


def test_every_page_of_the_parts_opens(loaded: HomePage, client: Client) -> None:
    pages = list(Page.objects.descendant_of(loaded).live())
    assert len(pages) > 25
    for page in pages:
        answer = client.get(page.url)
        assert answer.status_code == 200, page
        assert page.title in answer.content.decode().replace("&#x27;", "'"), page


def test_loading_again_makes_nothing_and_changes_nothing(loaded: HomePage) -> None:
    case = CaseStudyPage.objects.get(slug="a-calm-start-to-the-day")
    case.title = "Written by an editor"
    case.save_revision().publish()
    before = set(Page.objects.values_list("pk", "latest_revision_id"))
    for part in PARTS:
        part.load(loaded, TODAY + timedelta(days=30))
    assert set(Page.objects.values_list("pk", "latest_revision_id")) == before


def test_removing_takes_all_of_it_and_loading_brings_it_back(loaded: HomePage) -> None:
    count = Page.objects.count()
    for part in reversed(PARTS):
        part.remove()
    assert not Page.objects.descendant_of(loaded).exists()
    for part in PARTS:
        part.load(HomePage.objects.get(), TODAY)
    assert Page.objects.count() == count


def test_removing_leaves_what_an_editor_added(loaded: HomePage) -> None:
    scheme = SchemePage.objects.get(slug="tsio")
    scheme.get_parent().add_child(instance=SchemePage(title="Ours", slug="ours"))
    partnerships.remove()
    assert SchemePage.objects.get().slug == "ours"


def test_facts_are_there_with_year_and_source(loaded: HomePage, client: Client) -> None:
    civic = client.get(ArticlePage.objects.get(slug="civic-responsibility").url).content.decode()
    for words in ("10,000", "2023-24", "Citizens UK", "the Bishop", "<title>How students"):
        assert words in civic
    voice = client.get(
        ArticlePage.objects.get(slug="student-voice-across-trusts").url
    ).content.decode()
    for words in ("530", "The Telegraph, 2019", "13%", "(ONS), 2019"):
        assert words in voice


def test_the_framework_has_its_parts_and_keeps_its_plans(loaded: HomePage, client: Client) -> None:
    framework = FrameworkPage.objects.get()
    counts = [
        getattr(framework, name).count()
        for name in ("pillars", "statements", "aims", "strands", "stages")
    ]
    assert counts == [2, 9, 3, 6, 1]
    assert framework.stages.get().priorities.count() == 4
    assert all(aim.action_plan and aim.plan_is_internal for aim in framework.aims.all())
    assert "For colleagues only" not in client.get(framework.url).content.decode()


def test_made_up_figures_cases_and_events_say_so(loaded: HomePage) -> None:
    assert Outcome.objects.exists()
    assert not Outcome.objects.filter(is_sample=False).exists()
    assert not CaseStudyPage.objects.filter(is_sample=False).exists()
    assert not EventPage.objects.filter(is_sample=False).exists()
    assert CampaignPage.objects.get().evidence == {
        "value": "10,000",
        "what": "students took part in the listening campaign in Bradford",
        "year": "2023-24",
        "partner": "Citizens UK",
        "source": "Dixons Academies Trust",
    }


def test_events_lie_around_the_day_of_loading(loaded: HomePage) -> None:
    starts = [event.starts_at.date() for event in EventPage.objects.filter(repeat="once")]
    assert min(starts) < TODAY < max(starts) < TODAY + timedelta(days=60)
