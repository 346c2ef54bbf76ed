from typing import Any

from django.test import Client
from wagtail.models import PageViewRestriction

from home.models import HomePage, StandardPage
from tests.factories import make_page


def make_deep_page(home: HomePage) -> StandardPage:
    page: Any = home
    for title in ("One", "Two", "Three"):
        page = make_page(StandardPage, page, title=title)
    return page


def test_a_deep_page_opens_and_a_wrong_branch_does_not(home: HomePage, client: Client) -> None:
    page = make_deep_page(home)
    assert client.get(page.url).status_code == 200
    assert client.get("/one/three/").status_code == 404
    assert client.get("/three/").status_code == 404


def test_a_page_below_a_private_one_asks_for_a_login(home: HomePage, client: Client) -> None:
    page = make_deep_page(home)
    PageViewRestriction.objects.create(
        page=page.get_parent(), restriction_type=PageViewRestriction.LOGIN
    )
    assert client.get(page.url).status_code == 302


def test_a_draft_deep_in_the_tree_is_not_found(home: HomePage, client: Client) -> None:
    page = make_deep_page(home)
    page.unpublish()
    assert client.get(page.url).status_code == 404


def test_depth_costs_no_query(
    home: HomePage, client: Client, django_assert_num_queries: Any
) -> None:
    page = make_deep_page(home)
    client.get(page.url)
    with django_assert_num_queries(
        5
    ):  # site, page with those above, its type, settings, navigation
        client.get(page.url)
