"""What editors see of search, and that Wagtail's own search never fails."""

import datetime as dt

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from home.models import HomePage
from search.models import AskedQuestion, Synonyms
from tests.search.factories import make_found
from tests.search.hostile import HOSTILE

SYNONYMS = "/admin/snippets/search/synonyms/"
QUESTIONS = "/admin/snippets/search/askedquestion/"
SEARCHES = (
    *("/admin/pages/search/", "/admin/images/", "/admin/documents/", "/admin/choose-page/search/"),
    *(SYNONYMS, QUESTIONS),
)


def staff(*codenames: str) -> Client:
    user = User.objects.create_user("staff", password="x")
    allowed = Permission.objects.filter(codename__in=["access_admin", *codenames])
    user.user_permissions.set(allowed)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def admin(home: HomePage, admin_client: Client) -> Client:
    return admin_client


@pytest.mark.parametrize("address", SEARCHES)
def test_no_input_breaks_the_editors_own_search(admin: Client, address: str) -> None:
    for text in [
        "a\x00b",
        '"',
        "'",
        "“",
        '""',
        '"a',
        "a OR",
        "NEAR(",
        "*",
        "%",
        "\\",
        *HOSTILE[::9],
    ]:
        expected = 400 if "\x00" in text else 200
        assert admin.get(address, {"q": text}).status_code == expected, text


def test_the_editors_own_search_finds_a_page(admin: Client) -> None:
    answer = admin.get("/admin/pages/search/", {"q": "Dixons"})
    assert b"Dixons OpenSource" in answer.content


def test_an_editor_with_the_permission_writes_synonyms(home: HomePage) -> None:
    client = staff("add_synonyms", "change_synonyms")
    client.post(f"{SYNONYMS}add/", {"words": "INSET, CPD"})
    assert Synonyms.objects.get().group() == ("INSET", "CPD")


def test_others_may_not_write_synonyms(home: HomePage) -> None:
    answer = staff().post(f"{SYNONYMS}add/", {"words": "INSET, CPD"})
    assert answer.status_code == 302
    assert not Synonyms.objects.exists()


def test_one_word_means_the_same_as_nothing(admin: Client) -> None:
    answer = admin.post(f"{SYNONYMS}add/", {"words": "INSET,, "})
    assert b"Give two words or more" in answer.content
    assert not Synonyms.objects.exists()


def test_questions_are_listed_for_those_who_may_see_them(home: HomePage) -> None:
    AskedQuestion.objects.create(day=dt.date(2026, 5, 1), text="phonics", asked=3, found=0)
    assert b"phonics" in staff("view_askedquestion").get(QUESTIONS).content


def test_questions_are_hidden_from_the_others(home: HomePage) -> None:
    assert staff().get(QUESTIONS).status_code == 302


def test_nobody_writes_or_deletes_a_question(admin: Client) -> None:
    asked = AskedQuestion.objects.create(day=dt.date(2026, 5, 1), text="phonics")
    for address in ("add/", f"edit/{asked.pk}/", f"delete/{asked.pk}/"):
        answer = admin.post(f"{QUESTIONS}{address}", {"text": "other", "day": "2026-05-02"})
        assert answer.status_code in {302, 403, 404}
    assert AskedQuestion.objects.get().text == "phonics"


def test_questions_are_told_apart_by_what_the_reader_saw(admin: Client) -> None:
    make_found("Corridors")
    for text in ("corridors", "corridors zebra", "zebra"):
        Client().get("/search/", {"q": text})
    counted = {each.text: (each.found, each.partly) for each in AskedQuestion.objects.all()}
    assert counted == {"corridors": (1, 0), "corridors zebra": (0, 1), "zebra": (0, 0)}
    for answer, text in (("found", "corridors"), ("partly", "corridors zebra"), ("none", "zebra")):
        shown = admin.get(QUESTIONS, {"answer": answer}).context["object_list"]
        assert [each.text for each in shown] == [text]


def test_the_lists_about_search_have_a_name_of_their_own_in_the_menu(admin: Client) -> None:
    menu = admin.get("/admin/").content.decode()
    assert "Readers\\u2019 search" in menu
