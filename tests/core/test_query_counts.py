"""What pages cost in queries, with nothing cached: a fixed number, however much there is."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from community.models import EventIndexPage, Pillar, Priority, Stage
from community.models.campaigns import Answer
from core.models import NavigationItem, PageLink, PagePerson, PageTopic, SiteSettings
from courses.models import Cohort, Session
from home.models import ArticleIndexPage, ArticlePage, HomePage
from tests.community.factories import make_campaign, make_civic, make_event, make_framework
from tests.core.copies import add_copies
from tests.courses.factories import make_cohort
from tests.episodes.factories import (
    make_episode,
    make_library,
    make_person,
    make_series,
    make_shelf,
)
from tests.factories import make_home, make_page, make_topic
from tests.partnerships.factories import (
    make_case,
    make_case_index,
    make_enquiry_page,
    make_partnerships,
    make_scheme,
)
from tests.resources.factories import make_resource, make_resources

MOST_FOR_A_LIST, MOST_FOR_A_PAGE, MOST_FOR_A_FRONT = 8, 10, 12
MANY = 199  # and the first one


@pytest.fixture
def site(home: HomePage) -> HomePage:
    """With a link in the navigation, as every site that somebody uses."""
    settings = SiteSettings.for_site(home.get_site())
    settings.save()
    NavigationItem.objects.create(settings=settings, page=home)
    return home


def cost(client: Client, url: str) -> int:
    """Queries of an address, once the process knows its sites and types."""
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def make_article() -> ArticlePage:
    index = ArticleIndexPage.objects.first() or make_page(
        ArticleIndexPage, make_home(), title="News"
    )
    return make_page(ArticlePage, index, title="An article", published_on="2026-01-05")


# Each makes a list of one and returns its address and what makes it longer.
More = Callable[[int], Any]
List = Callable[[], tuple[str, More]]


def library() -> tuple[str, More]:
    topic, resource, series = make_topic(), make_resource(), make_series()
    episode = make_episode(series=series, topics=[topic], links=[resource])

    def more(count: int) -> None:
        keys = [page.pk for page in add_copies(episode, count)]
        PageTopic.objects.bulk_create(PageTopic(page_id=key, topic=topic) for key in keys)
        PageLink.objects.bulk_create(PageLink(page_id=key, target=resource) for key in keys)

    return make_library().url, more


def shelf() -> tuple[str, More]:
    series = make_series()
    episode = make_episode(series=series)

    def more(count: int) -> None:
        def numbered(page: Any, number: int) -> None:
            page.number = number + 10

        keys = [page.pk for page in add_copies(series, count, numbered)]

        def elsewhere(page: Any, number: int) -> None:
            page.series_id = keys[number % count]

        add_copies(episode, count, elsewhere)

    return make_shelf().url, more


def training() -> tuple[str, More]:
    cohort = make_cohort()
    session = cohort.sessions.first()
    assert session is not None

    def more(count: int) -> None:
        fields = {"version": cohort.version, "price": cohort.price, "opens_at": cohort.opens_at}
        cohorts = Cohort.objects.bulk_create(
            Cohort(programme_id=page.pk, slug=page.slug, term="Spring", **fields)
            for page in add_copies(cohort.programme, count)
        )
        Session.objects.bulk_create(
            Session(cohort=each, starts_at=session.starts_at, ends_at=session.ends_at)
            for each in cohorts
        )

    return cohort.programme.get_parent().url, more


def events() -> tuple[str, More]:
    event = make_event()
    return EventIndexPage.objects.get().url, lambda count: add_copies(event, count)


def case_studies() -> tuple[str, More]:
    case = make_case(scheme=make_scheme())
    return make_case_index().url, lambda count: add_copies(case, count)


def partnerships() -> tuple[str, More]:
    scheme, case = make_scheme(), make_case()
    make_enquiry_page()

    def more(count: int) -> None:
        add_copies(scheme, count)
        add_copies(case, count)

    return make_partnerships().url, more


def resources() -> tuple[str, More]:
    resource = make_resource()
    return make_resources().url, lambda count: add_copies(resource, count)


def articles() -> tuple[str, More]:
    article = make_article()
    return article.get_parent().url, lambda count: add_copies(article, count)


def topics() -> tuple[str, More]:
    topic = make_topic()
    return topic.get_parent().url, lambda count: add_copies(topic, count)


def people() -> tuple[str, More]:
    person = make_person()
    return person.get_parent().url, lambda count: add_copies(person, count)


def of_all_kinds() -> list[Page]:
    return [
        make_episode(series=make_series()),
        make_resource(),
        make_case(),
        make_cohort().programme,
        make_event(),
        make_campaign(),
        make_article(),
    ]


def topic() -> tuple[str, More]:
    pages, found = of_all_kinds(), make_topic()
    PageTopic.objects.bulk_create(PageTopic(page=page, topic=found) for page in pages)

    def more(count: int) -> None:
        copies = [each for page in pages for each in add_copies(page, count // len(pages))]
        PageTopic.objects.bulk_create(PageTopic(page_id=each.pk, topic=found) for each in copies)

    return found.url, more


def person() -> tuple[str, More]:
    pages, found = of_all_kinds(), make_person()
    PagePerson.objects.bulk_create(PagePerson(page=page, person=found) for page in pages)

    def more(count: int) -> None:
        copies = [each for page in pages for each in add_copies(page, count // len(pages))]
        PagePerson.objects.bulk_create(PagePerson(page_id=each.pk, person=found) for each in copies)

    return found.url, more


LISTS: list[List] = [
    *(library, shelf, training, events, case_studies, partnerships),
    *(resources, articles, topics, topic, people, person),
]


@pytest.mark.parametrize("make", LISTS, ids=lambda make: make.__name__)
def test_a_list_costs_eight_queries_at_most_and_with_two_hundred_items_none_more(
    site: HomePage, client: Client, make: List
) -> None:
    url, more = make()
    one = cost(client, url)
    more(MANY)
    assert cost(client, url) <= one <= MOST_FOR_A_LIST


def linked_with_everything(page: Page) -> Page:
    """Two of every kind that has a page, some linked from here and some to here."""
    others = [*of_all_kinds(), make_person(), make_framework(), make_scheme()]
    for other in [each for each in others if each.pk != page.pk]:
        PageLink.objects.create(page=page, target=other)
    for title in ("Second", "Third"):
        PageLink.objects.create(page=make_event(title), target=page)
    PageLink.objects.create(page=make_resource("Adapted", slug="adapted"), target=page)
    return page


def talk() -> Page:
    series = make_series("Album")
    make_episode("Before", series=series)
    return make_episode("After", series=series, topics=[make_topic("Joy")])


def programme() -> Page:
    cohort = make_cohort()
    make_cohort(cohort.programme, number=2)
    return cohort.programme


def event() -> Page:
    make_enquiry_page()
    return make_event("Assembly")


def campaign() -> Page:
    return make_campaign(title="Heard", answers=[Answer(said="More buses", did="A new line")])


def framework() -> Page:
    stage = Stage(title="First")
    stage.priorities = [Priority(title="Listen")]
    return make_framework(title="Civic", stages=[stage], pillars=[Pillar(title="People")])


@pytest.mark.parametrize("make", [talk, programme, event, campaign, framework])
def test_a_page_costs_ten_queries_at_most_whatever_it_is_linked_with(
    site: HomePage, client: Client, make: Callable[[], Page]
) -> None:
    page = linked_with_everything(make())
    assert cost(client, page.url) <= MOST_FOR_A_PAGE


def test_the_front_pages_cost_twelve_queries_at_most(site: HomePage, client: Client) -> None:
    campaign(), framework()
    civic = linked_with_everything(make_civic())
    assert cost(client, civic.url) <= MOST_FOR_A_FRONT
    assert cost(client, site.url) <= MOST_FOR_A_FRONT
