import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import PageViewRestriction, Site

from core.contrast import contrast
from core.models import NavigationItem, SiteSettings
from home.models import HomePage, StandardPage
from tests.factories import make_page


def make_settings(home: HomePage, **fields: str) -> SiteSettings:
    chosen, _ = SiteSettings.objects.update_or_create(
        site=Site.objects.get(is_default_site=True), defaults=fields
    )
    return chosen


def current_links(client: Client, path: str) -> list[str]:
    page = BeautifulSoup(client.get(path).content, "html.parser")
    return [link.get_text(strip=True) for link in page.select(".masthead [aria-current]")]


def test_black_on_white_has_the_highest_contrast() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_the_colours_of_the_house_pass(home: HomePage) -> None:
    make_settings(home).full_clean()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("accent", "#f8e0d0", "Too pale to be seen on the light page"),
        ("accent", "#402010", "Too dark for the signs drawn on it"),
        ("accent_ink", "#f0a080", "Too pale to be read on the light page"),
        ("accent_dark", "#202020", "Too dark to be seen on the dark page"),
        ("accent_ink_dark", "#803020", "Too dark to be read on the dark page"),
    ],
)
def test_a_colour_too_close_to_its_ground_is_refused_with_what_to_do(
    home: HomePage, field: str, value: str, words: str
) -> None:
    chosen = make_settings(home, **{field: value})
    with pytest.raises(ValidationError) as problem:
        chosen.full_clean()
    assert list(problem.value.message_dict) == [field]
    assert problem.value.message_dict[field][0].startswith(words)


def test_the_form_begins_with_the_name_and_ends_with_the_contact(
    home: HomePage, admin_client: Client
) -> None:
    page = admin_client.get("/admin/settings/core/sitesettings/", follow=True).content
    shown = [each.get_text(strip=True) for each in BeautifulSoup(page, "html.parser").select("h2")]
    ours = ["Name and logo", "Colours", "Notice", "Navigation", "Contact and footer"]
    assert [each.rstrip("*") for each in shown if each.rstrip("*") in ours] == ours


@pytest.mark.parametrize("value", ["red", "#fff", "#12345g", "'}</style>", "#f04a1d;"])
def test_what_is_no_colour_is_refused(home: HomePage, value: str) -> None:
    chosen = make_settings(home)
    chosen.accent = value
    with pytest.raises(ValidationError) as problem:
        chosen.full_clean()
    assert "accent" in problem.value.message_dict


def test_name_navigation_and_footer_are_the_editors(home: HomePage, client: Client) -> None:
    about = make_page(StandardPage, home, title="About the library")
    chosen = make_settings(home, name="Open Shelf", footer="<p>Free to use.</p>", notice="Hello")
    NavigationItem.objects.create(settings=chosen, page=about, label="About")
    shown = client.get("/").content.decode()
    for words in ("Open Shelf", ">About<", "Free to use.", "Hello"):
        assert words in shown


def test_the_link_above_the_page_is_marked(home: HomePage, client: Client) -> None:
    about = make_page(StandardPage, home, title="About")
    NavigationItem.objects.create(settings=make_settings(home), page=about)
    assert current_links(client, "/about/") == ["About"]
    assert current_links(client, "/") == []


def test_private_and_draft_pages_leave_the_navigation(home: HomePage, client: Client) -> None:
    chosen = make_settings(home)
    private = make_page(StandardPage, home, title="Private thing")
    draft = make_page(StandardPage, home, title="Draft thing", live=False)
    below = make_page(StandardPage, private, title="Below thing")
    for page in (private, draft, below):
        NavigationItem.objects.create(settings=chosen, page=page)
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    assert "thing" not in client.get("/").content.decode()
