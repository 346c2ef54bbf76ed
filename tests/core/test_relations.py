from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from core.models import PageLink, PageTopic
from home.models import ArticleIndexPage, ArticlePage, HomePage, StandardPage
from tests.community.factories import make_event
from tests.courses.factories import make_programme
from tests.episodes.factories import make_episode, make_series
from tests.factories import make_page, make_topic
from tests.resources.factories import make_resource

DATE = "2026-01-05"


def make_pair(home: HomePage) -> tuple[ArticlePage, StandardPage]:
    news = make_page(ArticleIndexPage, home, title="News")
    article = make_page(ArticlePage, news, title="An article", published_on=DATE)
    about = make_page(StandardPage, home, title="About")
    PageLink.objects.create(page=article, target=about)
    return article, about


def fresh(page: Page) -> Any:
    return Page.objects.get(pk=page.pk).specific


def warmed(page: Page) -> Any:
    """The address of a page is asked for once, so that Wagtail knows the sites."""
    found = fresh(page)
    assert found.url
    return found


def test_a_link_is_stored_once_and_shown_on_both_pages(home: HomePage) -> None:
    article, about = make_pair(home)
    assert fresh(article).relations.linked == [about]
    assert fresh(about).relations.linked == [article]


def test_a_private_page_shows_on_neither_side(home: HomePage) -> None:
    article, about = make_pair(home)
    PageViewRestriction.objects.create(page=about, restriction_type=PageViewRestriction.LOGIN)
    assert fresh(article).relations.linked == []


def test_a_page_below_a_private_one_shows_nowhere(home: HomePage) -> None:
    article, about = make_pair(home)
    deeper = make_page(StandardPage, about, title="Deeper")
    PageLink.objects.create(page=article, target=deeper)
    PageViewRestriction.objects.create(page=about, restriction_type=PageViewRestriction.LOGIN)
    assert fresh(article).relations.linked == []


def test_an_expired_page_shows_nowhere_even_before_the_worker_acts(
    home: HomePage, client: Client
) -> None:
    article, about = make_pair(home)
    Page.objects.filter(pk=about.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    assert fresh(article).relations.linked == []
    assert client.get(about.url).status_code == 404


def test_a_draft_shows_on_neither_side(home: HomePage) -> None:
    article, about = make_pair(home)
    about.unpublish()
    assert fresh(article).relations.linked == []


def test_relations_cost_one_query_and_one_for_linked_pages_of_all_types(
    home: HomePage, django_assert_num_queries: Any
) -> None:
    article, _ = make_pair(home)
    for title in ("Joy", "Strategy", "Coaching"):
        PageTopic.objects.create(page=article, topic=make_topic(title))
    for target in (make_episode(series=make_series()), make_resource(), make_programme()):
        PageLink.objects.create(page=article, target=target)
    page = warmed(article)
    with django_assert_num_queries(1):
        assert len(page.relations.topics) == 3
    with django_assert_num_queries(1):
        entries = [each.entry() for each in page.relations.linked]
        assert len(page.relations.of_kind("page")) == 1
    assert {each.kind for each in entries} == {"Page", "Episode", "Resource", "Training"}


def test_dates_of_all_linked_events_cost_one_query(
    home: HomePage, django_assert_num_queries: Any
) -> None:
    article, _ = make_pair(home)
    for title in ("One", "Two", "Three"):
        PageLink.objects.create(page=article, target=make_event(title))
    page = warmed(article)
    with django_assert_num_queries(3):  # ties, pages, days off
        assert len([each.entry() for each in page.relations.linked]) == 4


def test_a_preview_shows_ties_that_are_not_saved_yet(home: HomePage) -> None:
    article, _ = make_pair(home)
    topic = make_topic("Joy")
    page = fresh(article)
    page.page_topics.add(PageTopic(topic=topic))
    assert [each.pk for each in page.relations.topics] == [topic.pk]


def test_a_topic_lists_pages_of_narrower_topics(home: HomePage, client: Client) -> None:
    article, _ = make_pair(home)
    wide = make_topic("Community")
    narrow = make_page(type(wide), wide, title="Listening")
    PageTopic.objects.create(page=article, topic=narrow)
    assert "An article" in client.get(wide.url).content.decode()
