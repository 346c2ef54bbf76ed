"""What each group of staff may open, tried with real logins."""

from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from core.groups import EDITORS, ORGANISERS, ensure_groups
from core.models import StaffRole
from home.models import HomePage
from tests.site import Site

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


def test_a_right_that_is_new_is_given_once(home: HomePage) -> None:
    role = StaffRole.objects.get(name=EDITORS)
    assert role.group is not None
    role.group.permissions.clear()
    role.granted.remove("site: media.send_recording")
    role.save()
    ensure_groups()
    assert [each.codename for each in role.group.permissions.all()] == ["send_recording"]
    role.group.permissions.clear()
    ensure_groups()
    assert not role.group.permissions.exists()


def test_a_renamed_group_goes_on_and_a_deleted_one_is_not_made_again(home: HomePage) -> None:
    Group.objects.filter(name=EDITORS).update(name="Newsroom")
    Group.objects.get(name=ORGANISERS).delete()
    StaffRole.objects.filter(name=EDITORS).update(granted=[])
    Group.objects.get(name="Newsroom").permissions.clear()
    ensure_groups()
    assert not Group.objects.filter(name__in=[EDITORS, ORGANISERS]).exists()
    assert Group.objects.get(name="Newsroom").permissions.exists()


NEW_MODELS = ("announcement", "attendance", "certificate", "creditnote", "glossaryterm")
NEW_SINCE_THE_FIRST_RELEASE = sorted(
    [
        "files send_recording",
        "site send_recording",
        *(
            f"site {action}_{model}"
            for action in ("add", "change", "delete", "view")
            for model in NEW_MODELS
        ),
    ]
)


def test_a_site_of_the_first_release_gets_what_is_new_and_nothing_that_was_taken_away(
    tmp_path: Path,
) -> None:
    said = Site(tmp_path).shell("from tests.core import first_release; first_release.main()")
    lines = said[said.index("new:") :].splitlines()
    given = NEW_SINCE_THE_FIRST_RELEASE
    assert lines == ["new:", *given, "again:", *given]
