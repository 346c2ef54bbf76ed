"""What each group of staff may open, tried with real logins."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from core.groups import EDITORS, ORGANISERS, ensure_groups
from home.models import HomePage

PASSWORD = "a long enough one"
FOR_EDITORS = [
    "/admin/pages/{home}/",
    "/admin/pages/add/home/standardpage/{home}/",
    "/admin/choose-page/",
    "/admin/choose-page/?page_type=core.topicpage",
    "/admin/choose-page/search/?q=joy",
    "/admin/images/",
    "/admin/documents/",
    "/admin/settings/core/sitesettings/",
]
FOR_ADMINISTRATORS = [
    "/admin/users/",
    "/admin/groups/",
    "/admin/sites/",
    "/admin/workflows/list/",
    "/admin/collections/",
]


def sign_in(group: str | None) -> Client:
    user = User.objects.create_user("somebody", password=PASSWORD)
    if group:
        user.groups.add(Group.objects.get(name=group))
    client = Client()
    assert client.login(username="somebody", password=PASSWORD)
    return client


def status(client: Client, path: str, home: HomePage) -> int:
    answer = client.get(path.format(home=home.pk), follow=True)
    turned_away = answer.redirect_chain and answer.redirect_chain[-1][0] in ("/admin/", "/")
    return 302 if turned_away else answer.status_code


@pytest.mark.parametrize("path", FOR_EDITORS)
def test_editors_reach_what_they_publish_with(home: HomePage, path: str) -> None:
    assert status(sign_in(EDITORS), path, home) == 200


@pytest.mark.parametrize("path", FOR_ADMINISTRATORS)
def test_editors_reach_nothing_of_the_administrator(home: HomePage, path: str) -> None:
    assert status(sign_in(EDITORS), path, home) != 200


@pytest.mark.parametrize("path", [FOR_EDITORS[1], *FOR_EDITORS[5:], *FOR_ADMINISTRATORS])
def test_organisers_reach_no_pages_files_or_settings(home: HomePage, path: str) -> None:
    assert status(sign_in(ORGANISERS), path, home) != 200


def test_organisers_reach_the_training_office(home: HomePage) -> None:
    menu = sign_in(ORGANISERS).get("/admin/").content.decode()
    assert "Training" in menu


def test_somebody_without_a_group_reaches_no_admin(home: HomePage) -> None:
    answer = sign_in(None).get("/admin/", follow=True)
    assert b"do not have permission" in answer.content


def test_strangers_are_asked_to_log_in(home: HomePage, client: Client) -> None:
    assert client.get("/admin/").headers["Location"].startswith("/admin/login/")


def test_what_an_administrator_changed_in_a_group_stays(home: HomePage) -> None:
    editors = Group.objects.get(name=EDITORS)
    editors.permissions.clear()
    ensure_groups()
    assert editors.permissions.count() == 0
