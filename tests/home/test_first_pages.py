"""A site of one's own, from a database that was just migrated."""

import re

import pytest
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page, Site

from core.models import NavigationItem
from home.first_pages import PAGES, make_first_pages
from home.models import HomePage


@pytest.fixture
def as_migrated(db: None) -> None:
    """As Wagtail's own migrations leave it."""
    Site.objects.all().delete()
    HomePage.objects.all().delete()
    root = Page.objects.get(depth=1)
    welcome = root.add_child(instance=Page(title="Welcome to your new Wagtail site!", slug="home"))
    Site.objects.create(hostname="localhost", root_page=welcome, is_default_site=True)


def test_a_new_site_shows_its_own_front_page_and_all_its_parts(
    as_migrated: None, client: Client
) -> None:
    call_command("first_pages", verbosity=0)
    front = client.get("/").content.decode()
    assert "Wagtail" not in front
    assert "None" not in front
    for label in ("Library", "Series", "Training", "Partnerships", "Civic work"):
        assert re.search(rf"<a[^>]*>\s*{label}\s*</a>", front), label
    for first in PAGES:
        page = first.model.objects.get()
        answer = client.get(page.url)
        assert answer.status_code == 200, page.url
        words = answer.content.decode().partition("<main")[2].partition("</main>")[0]
        assert re.search(r"yet\.|is being|moment|No event here", words), page.url
        assert not re.search(r"fits all of th|None", words), page.url


def test_what_an_editor_has_made_stays_as_it_is(as_migrated: None) -> None:
    make_first_pages()
    news = Page.objects.get(slug="news")
    news.title, news.slug = "From our schools", "from-our-schools"
    news.save()
    NavigationItem.objects.filter(label="Series").delete()
    before = list(Page.objects.order_by("pk").values()), NavigationItem.objects.count()
    assert make_first_pages() == []
    assert (list(Page.objects.order_by("pk").values()), NavigationItem.objects.count()) == before
