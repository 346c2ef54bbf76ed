"""The admin as staff meet it: the site's name, no foreign links, Publish on the button."""

from importlib import import_module

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.test import Client
from wagtail.models import Page, Site, Workflow, WorkflowPage, get_page_models

from core.groups import EDITORS, ORGANISERS
from core.models import SiteSettings
from home.models import HomePage, StandardPage
from tests.factories import make_page
from tests.media.factories import make_picture


def sign_in(group: str) -> Client:
    user = User.objects.create_user(f"one of the {group}", password="a long enough one")
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    return client


def soup(client: Client, path: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(path).content, "html.parser")


def buttons(client: Client, path: str) -> list[str]:
    """The main button first, then those of its menu."""
    footer = soup(client, path).select_one("footer.footer, footer")
    assert footer is not None
    return [each.get_text(" ", strip=True) for each in footer.select("button[name], button, a")]


@pytest.fixture
def named(home: HomePage) -> SiteSettings:
    settings = SiteSettings.for_site(Site.objects.get())
    settings.name = "Open Shelf"
    settings.save()
    return settings


def test_the_login_has_the_name_of_the_site_and_no_other(named: SiteSettings) -> None:
    page = soup(Client(), "/admin/login/")
    assert page.h1 is not None
    assert page.h1.get_text(" ", strip=True) == "Sign in to Open Shelf"
    assert page.main is not None
    assert "wagtail" not in page.main.get_text().lower()
    assert page.title is not None
    assert "Open Shelf" in page.title.get_text()


@pytest.mark.parametrize("group", [EDITORS, ORGANISERS])
def test_the_first_page_has_our_mark_and_leads_to_no_other_host(
    named: SiteSettings, group: str
) -> None:
    page = sign_in(group).get("/admin/").content.decode()
    assert 'class="office-brand__name">Open Shelf<' in page
    for foreign in ("guide.wagtail.org", "wagtail.org", "Editor Guide", "What&#x27;s new"):
        assert foreign not in page


def test_a_logo_stands_in_for_the_mark(named: SiteSettings) -> None:
    named.logo = make_picture("Logo")
    named.save()
    heading = soup(Client(), "/admin/login/").h1
    assert heading is not None
    assert heading.select("img.office-mark")
    assert not heading.select("svg")


def test_the_login_works_where_no_site_is_set_up(home: HomePage) -> None:
    Site.objects.all().delete()
    assert "Sign in to Dixons OpenSource" in Client().get("/admin/login/").content.decode()


def test_publish_is_the_button_and_nothing_is_sent_to_moderators(home: HomePage) -> None:
    client = sign_in(EDITORS)
    page = make_page(StandardPage, home, title="About")
    for path in (
        f"/admin/pages/{page.pk}/edit/",
        f"/admin/pages/add/home/standardpage/{home.pk}/",
    ):
        shown = buttons(client, path)
        assert "Publish" in shown[0]
        assert any("Save draft" in each for each in shown)
        assert not any("Submit" in each for each in shown)


def test_a_review_can_be_chosen_and_then_saving_stays_on_the_button(home: HomePage) -> None:
    workflow = Workflow.objects.get(name="Moderators approval")
    WorkflowPage.objects.create(workflow=workflow, page=home)
    page = make_page(StandardPage, home, title="About")
    client = sign_in(EDITORS)
    path = f"/admin/pages/{page.pk}/edit/"
    assert any("Submit to Moderators" in each for each in buttons(client, path))
    page.save_revision()
    workflow.start(page, User.objects.get())
    assert "Publish" not in buttons(client, path)[0]


def test_taking_the_default_review_off_leaves_a_chosen_one(home: HomePage) -> None:
    workflow = Workflow.objects.get(name="Moderators approval")
    assert not WorkflowPage.objects.exists()
    WorkflowPage.objects.create(workflow=workflow, page=home)
    take_off = import_module("core.migrations.0003_reviews_are_chosen").take_off
    take_off(apps, None)
    assert WorkflowPage.objects.get().page.pk == home.pk
    WorkflowPage.objects.create(workflow=workflow, page=Page.get_first_root_node())
    take_off(apps, None)
    assert WorkflowPage.objects.get().page.pk == home.pk


def test_staff_read_the_names_of_pages_as_they_say_them(home: HomePage) -> None:
    names = {model.get_verbose_name() for model in get_page_models()}
    assert {"Episode", "Resource", "Topic", "Person", "Series", "Programme"} <= names
    assert not [name for name in names if name.endswith((" page", "page")) and name not in OWN]


OWN = {"Page", "Home page", "Plain page"}
