"""Much of a page is kept between requests; whatever changes is seen by the next one."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site

from core.models import NavigationItem, PageLink, SiteSettings
from episodes.models import EpisodePage
from home.models import HomePage, StandardPage
from tests.episodes.factories import make_episode, make_series
from tests.factories import make_page
from tests.media.factories import make_picture, make_recording
from tests.resources.factories import make_resource


@pytest.fixture
def chosen(home: HomePage) -> SiteSettings:
    settings, _ = SiteSettings.objects.get_or_create(site=Site.objects.get(is_default_site=True))
    return settings


@pytest.fixture
def linked(chosen: SiteSettings, home: HomePage) -> StandardPage:
    page = make_page(StandardPage, home, title="About")
    for place in NavigationItem.Place.values:
        NavigationItem.objects.create(settings=chosen, page=page, place=place)
    return page


@pytest.fixture
def talk(home: HomePage) -> EpisodePage:
    series = make_series("Album")
    page = make_episode("The talk", series=series)
    for other in (make_resource("A guide"), make_episode("Elsewhere")):
        PageLink.objects.create(page=page, target=other)
    make_episode("Beside", series=series)
    return page


def shown(client: Client, url: str = "/") -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    "field", ["name", "notice", "accent", "footer", "contact_email", "contact_address"]
)
def test_a_changed_setting_is_seen_at_once(
    client: Client, chosen: SiteSettings, linked: Page, field: str
) -> None:
    value = "#f04a1e" if field == "accent" else "changed@example.org"
    assert value not in shown(client)
    SiteSettings.objects.filter(pk=chosen.pk).update(**{field: value})
    assert value in shown(client)


def test_another_logo_is_seen_at_once(client: Client, chosen: SiteSettings, linked: Page) -> None:
    pictures = [make_picture("One"), make_picture("Two")]
    pages = []
    for picture in pictures:
        SiteSettings.objects.filter(pk=chosen.pk).update(logo=picture)
        pages.append(shown(client))
        assert picture.get_rendition("fill-56x56").url in pages[-1]
    assert pages[0] != pages[1]


def test_the_foot_follows_a_page_that_its_words_link_to(
    client: Client, chosen: SiteSettings, linked: Page, home: HomePage
) -> None:
    page = make_page(StandardPage, home, title="Terms", slug="terms")
    chosen.footer = f'<p><a linktype="page" id="{page.pk}">Terms</a></p>'
    chosen.save()
    assert 'href="/terms/"' in shown(client)
    page.slug = "conditions"
    page.save()
    assert 'href="/conditions/"' in shown(client)


def renamed(page: Page) -> None:
    Page.objects.filter(pk=page.pk).update(title="Renamed")


def closed(page: Page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def expired(page: Page) -> None:
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now())


def taken_down(page: Page) -> None:
    page.unpublish()


def deleted(page: Page) -> None:
    Page.objects.get(pk=page.pk).delete()


@pytest.mark.parametrize("change", [renamed, closed, taken_down, deleted])
def test_the_navigation_follows_its_pages(
    client: Client, linked: Page, change: Callable[[Page], None]
) -> None:
    assert ">About<" in shown(client)
    change(linked)
    assert ">About<" not in shown(client)


def test_the_navigation_follows_a_page_to_its_new_address(client: Client, linked: Page) -> None:
    assert 'href="/about/"' in shown(client)
    linked.slug = "who-we-are"
    linked.save()
    page = shown(client)
    assert 'href="/who-we-are/"' in page
    assert 'href="/about/"' not in page


@pytest.mark.parametrize("title", ["A guide", "Elsewhere", "Beside"])
@pytest.mark.parametrize("change", [renamed, closed, expired, taken_down, deleted])
def test_a_talk_follows_the_pages_that_it_shows(
    client: Client, talk: EpisodePage, change: Callable[[Page], None], title: str
) -> None:
    assert f">{title}<" in shown(client, talk.url)
    change(Page.objects.get(title=title).specific)
    assert f">{title}<" not in shown(client, talk.url)


def test_a_talk_follows_its_own_words_and_its_film(client: Client, talk: EpisodePage) -> None:
    first = shown(client, talk.url)
    EpisodePage.objects.filter(pk=talk.pk).update(
        title="Another name", lead="Other words.", recording=make_recording("Another film")
    )
    second = shown(client, talk.url)
    assert "Another name" in second
    assert "Other words." in second
    assert first.split("data-recording=")[1][:5] != second.split("data-recording=")[1][:5]


def test_a_talk_that_is_closed_is_closed_at_once(client: Client, talk: EpisodePage) -> None:
    shown(client, talk.url)
    closed(talk)
    assert client.get(talk.url).status_code == 302
