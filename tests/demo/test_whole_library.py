"""The demo library as a whole: it loads once, keeps an editor's work, goes away, and holds budgets.

It is loaded once for this module, in a transaction that is rolled back at the end.
"""

import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site

from core.models import SitePage
from demo.models import LoadedPart
from demo.services import PARTS, load_demo
from episodes.models import EpisodePage
from home.models import ArticlePage, HomePage
from search.services import index_page

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo")]
CANARY = "Quetzalcoatlus"
HOSTILE = [
    "\x00",
    "-1",
    "0",
    "x" * 10_000,
    "😀",
    "'\"<script>",
    "%",
    "\u202e",
    "999999999999",
    "\r\n",
]
NAMES = ["q", "topic", "series", "length", "with", "sort", "t", "find", "to", "source"]
NAMES += ["phase", "region", "context", "scheme", "kind", "month", "view", "as", "type"]


def quiet(words: str) -> None:
    """Progress is for people."""


@pytest.fixture(scope="module", autouse=True)
def _library(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        Site.clear_site_root_paths_cache()
        load_demo(once=True, report=quiet)
        call_command("rebuild_search", stdout=io.StringIO())
        yield
        transaction.set_rollback(True)
    Site.clear_site_root_paths_cache()


def every_page() -> list[SitePage]:
    return [page for page in Page.objects.live().specific() if isinstance(page, SitePage)]


def one_of_each() -> list[SitePage]:
    return list({type(page): page for page in every_page()}.values())


def queries(client: Client, path: str) -> int:
    client.get(path)  # the site's own lookups are cached by then, as on any running site
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_every_page_opens(client: Client) -> None:
    pages = every_page()
    assert len(pages) > 60
    assert {page.url: client.get(page.url).status_code for page in pages} == {
        page.url: 200 for page in pages
    }


def test_fifteen_talks_speak_and_carry_a_resource() -> None:
    episodes = list(EpisodePage.objects.live())
    assert len(episodes) == 15
    for episode in episodes:
        kinds = {rendition.kind for rendition in episode.recording.renditions.all()}
        assert "audio" in kinds
        assert episode.cues
        assert episode.relations.of_kind("resource"), episode.title


def test_six_or_more_talks_have_a_film() -> None:
    films = [
        episode
        for episode in EpisodePage.objects.live()
        if any(each.kind == "video" for each in episode.recording.renditions.all())
    ]
    assert len(films) >= 6


def test_loading_again_makes_nothing_new() -> None:
    before = set(Page.objects.values_list("pk", "latest_revision_id"))
    load_demo(once=False, report=quiet)
    assert set(Page.objects.values_list("pk", "latest_revision_id")) == before


def test_an_editors_work_stays() -> None:
    article = ArticlePage.objects.live().first()
    assert article
    article.title = "An editor's own headline"
    article.save_revision().publish()
    load_demo(once=False, report=quiet)
    article.refresh_from_db()
    assert article.title == "An editor's own headline"


def test_what_an_editor_deleted_stays_deleted() -> None:
    slug = "why-strategies-fail"
    EpisodePage.objects.get(slug=slug).delete()
    load_demo(once=True, report=quiet)
    assert not EpisodePage.objects.filter(slug=slug).exists()


def test_a_dry_run_says_what_would_happen_and_does_nothing() -> None:
    said = io.StringIO()
    call_command("demo", "--dry-run", "--remove", stdout=said)
    assert "would remove: library" in said.getvalue()
    assert LoadedPart.objects.count() == len(PARTS)


def test_removing_leaves_the_front_page_alone() -> None:
    call_command("demo", "--remove", stdout=io.StringIO())
    assert [page.specific_class for page in Page.objects.filter(depth__gt=1)] == [HomePage]
    assert not LoadedPart.objects.exists()


def test_removed_and_loaded_again_it_is_whole() -> None:
    count = Page.objects.count()
    call_command("demo", "--remove", stdout=io.StringIO())
    load_demo(once=False, report=quiet)
    assert Page.objects.count() == count


def test_the_front_page_costs_at_most_twelve_queries(client: Client) -> None:
    assert queries(client, "/") <= 12


def test_a_talk_costs_at_most_ten_queries(client: Client) -> None:
    costs = {page.url: queries(client, page.url) for page in EpisodePage.objects.live()}
    assert max(costs.values()) <= 10, costs


def test_the_library_costs_at_most_eight_queries(client: Client) -> None:
    assert queries(client, "/library/") <= 8


@pytest.mark.parametrize("value", HOSTILE)
def test_bad_input_never_breaks_a_page(client: Client, value: str) -> None:
    for path in ["/search/", "/search/suggest/", *(page.url for page in one_of_each())]:
        assert client.get(path, {"page": value}).status_code < 500, path
        assert client.get(path, dict.fromkeys(NAMES, value)).status_code < 500, path


def public_addresses() -> list[str]:
    """Everything that shows pages other than itself: lists, feeds, search, API, sitemap."""
    fixed = ["/sitemap.xml", "/feed/", "/styleguide/", "/api/v2/pages/?limit=100"]
    asked = [f"/search/?q={CANARY}", f"/search/suggest/?q={CANARY[:6]}", f"/search/?q={CANARY}s"]
    api = [f"/api/v2/pages/{page.pk}/" for page in every_page()]
    feeds = [f"/feed/series/{page.slug}/" for page in every_page() if page.kind_slug == "series"]
    return [*fixed, *asked, *api, *feeds, *(page.url for page in every_page())]


def show_canary(page: SitePage) -> None:
    page.title = f"{CANARY} {page.pk}"
    page.summary = f"{CANARY} {page.pk}"
    page.save_revision().publish()
    index_page(page.pk)


def shown(client: Client, path: str) -> str:
    """What an address gives away; of a search only its results, since it repeats the question."""
    answer = client.get(path).content.decode()
    if path.startswith("/search/?"):
        results = BeautifulSoup(answer, "html.parser").select(".result")
        return " ".join(result.get_text() for result in results)
    return answer


def where_it_shows(client: Client, own: set[str]) -> list[str]:
    return [
        path for path in public_addresses() if path not in own and CANARY in shown(client, path)
    ]


def make_private(page: SitePage) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def make_draft(page: SitePage) -> None:
    page.unpublish()


def make_expired(page: SitePage) -> None:
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))


@pytest.mark.parametrize("hide", [make_private, make_draft, make_expired])
def test_a_hidden_page_of_any_kind_appears_nowhere(client: Client, hide: Any) -> None:
    leaves = [page for page in one_of_each() if page.is_leaf() and page.depth > 2]
    for page in leaves:
        show_canary(page)
    assert len(where_it_shows(client, set())) > len(leaves)
    for page in leaves:
        hide(page)
    own = {page.url for page in leaves} | {f"/api/v2/pages/{page.pk}/" for page in leaves}
    assert where_it_shows(client, own) == []
    assert {client.get(f"/api/v2/pages/{page.pk}/").status_code for page in leaves} == {404}
