"""What readers see instead of a page that is not for everybody, or a form that may not be sent."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import PageViewRestriction, Site

from core.models import NavigationItem, SiteSettings
from home.models import HomePage, StandardPage


def restrict(home: HomePage, kind: str) -> StandardPage:
    page = home.add_child(instance=StandardPage(title="Drafts for partners", slug="partners"))
    PageViewRestriction.objects.create(page=page, restriction_type=kind, password="sesame")
    return page


def test_a_page_with_a_password_asks_for_it_in_the_look_of_the_site(
    home: HomePage, client: Client
) -> None:
    page = restrict(home, PageViewRestriction.PASSWORD)
    shown = client.get(page.url).content.decode()
    assert 'id="main"' in shown
    assert "This page needs a password" in shown
    assert "Drafts for partners" not in shown


def test_a_wrong_password_is_said_beside_the_field_and_the_right_one_opens_the_page(
    home: HomePage, client: Client
) -> None:
    page = restrict(home, PageViewRestriction.PASSWORD)
    asked = BeautifulSoup(client.get(page.url).content, "html.parser")
    address, here = str(asked.select("main form")[0]["action"]), {"return_url": page.url}
    wrong = client.post(address, {"password": "x", **here}).content.decode()
    assert 'aria-describedby="id_password_error"' in wrong
    opened = client.post(address, {"password": "sesame", **here})
    assert opened.headers["Location"] == page.url
    assert "Drafts for partners" in client.get(page.url).content.decode()


def test_a_page_for_colleagues_asks_to_log_in_in_the_look_of_the_site(
    home: HomePage, client: Client
) -> None:
    page = restrict(home, PageViewRestriction.LOGIN)
    about = home.add_child(instance=StandardPage(title="About the library", slug="about"))
    chosen = SiteSettings.for_site(Site.objects.get())
    NavigationItem.objects.create(settings=chosen, page=about)
    shown = client.get(page.url, follow=True).content.decode()
    assert "This page is for colleagues" in shown
    assert f'name="next" value="{page.url}"' in shown
    assert f"{chosen.name}</title>" in shown
    assert 'href="/about/"' in shown


def test_a_login_that_fails_says_so_and_keeps_the_name(home: HomePage, client: Client) -> None:
    page = restrict(home, PageViewRestriction.LOGIN)
    address = client.get(page.url, follow=True).redirect_chain[-1][0]
    given = {"username": "sample", "password": "wrong", "next": page.url}
    shown = client.post(address, given).content.decode()
    assert "do not belong together" in shown
    assert 'value="sample"' in shown


@pytest.mark.parametrize("address", ["/", "/search/"])
def test_a_form_without_its_token_is_refused_in_plain_words(home: HomePage, address: str) -> None:
    answer = Client(enforce_csrf_checks=True).post(address)
    assert answer.status_code == 403
    assert "This could not be sent" in answer.content.decode()
    assert "CSRF" not in answer.content.decode()
