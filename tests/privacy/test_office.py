"""The admin's pages: only for administrators, and what each does."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client

from core.groups import EDITORS, ORGANISERS
from courses.enums import InvoiceState
from courses.models import Booking, Place
from courses.services import Attendee
from privacy.models import Run, RunKind
from tests.privacy.factories import (
    ADA,
    NAME,
    book,
    make_ada,
    make_administrator,
    make_enquiry,
    past_cohort,
    standing,
)

pytestmark = pytest.mark.usefixtures("home")
PERSON, KEPT, RUNS = "/admin/privacy/person/", "/admin/privacy/kept/", "/admin/privacy/runs/"
EXPORT, ERASE = f"{PERSON}export/", f"{PERSON}erase/"
PAGES = (PERSON, KEPT, RUNS, EXPORT, ERASE, f"{RUNS}1/")


def signed_in(group: str = "", right: str = "") -> Client:
    user = User.objects.create_user(f"one of {group or right or 'nobody'}", password="pw")
    if group:
        user.groups.add(Group.objects.get(name=group))
    for codename in filter(None, ("access_admin", right)) if right else ():
        user.user_permissions.add(Permission.objects.get(codename=codename))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def administrator() -> Client:
    client = Client()
    client.force_login(make_administrator())
    return client


def text_of(answer: Any) -> str:
    return b"".join(answer.streaming_content).decode()


def page(client: Client, path: str, **typed: str) -> tuple[int, str]:
    answer = client.post(path, typed) if typed else client.get(path)
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize("group", [EDITORS, ORGANISERS, ""])
@pytest.mark.parametrize("path", PAGES)
def test_others_reach_nothing_and_learn_nothing(group: str, path: str) -> None:
    make_enquiry(name=NAME, email=ADA)
    client = signed_in(group)
    answers = [
        client.post(path, {"address": each, "typed": each}) for each in (ADA, "no@body.example")
    ]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert client.get(path).status_code == 302
    assert standing(ADA)
    assert not Run.objects.exists()


@pytest.mark.parametrize("path", PAGES)
def test_strangers_are_asked_to_sign_in(path: str) -> None:
    answer = Client().post(path, {"address": ADA, "typed": ADA})
    assert answer.headers["Location"].startswith("/admin/login/")
    assert ADA not in answer.headers["Location"]


@pytest.mark.parametrize("group", [EDITORS, ORGANISERS])
def test_others_do_not_see_the_menu(group: str) -> None:
    assert PERSON not in page(signed_in(group), "/admin/")[1]


def test_administrators_see_the_menu(administrator: Client) -> None:
    assert PERSON in page(administrator, "/admin/")[1]


def test_the_right_can_be_given() -> None:
    assert page(signed_in(right="erase_people"), PERSON)[0] == 200


def test_administrators_can_choose_the_right_for_a_group(administrator: Client) -> None:
    group = Group.objects.get(name=ORGANISERS)
    assert "export and erase" in page(administrator, f"/admin/groups/edit/{group.pk}/")[1]


@pytest.mark.parametrize("path", [PERSON, EXPORT, ERASE, RUNS])
def test_a_form_of_another_site_is_refused(path: str) -> None:
    make_enquiry(name=NAME, email=ADA)
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_administrator())
    assert client.post(path, {"address": ADA, "typed": ADA}).status_code == 403
    assert standing(ADA)


@pytest.mark.parametrize("path", [EXPORT, ERASE])
def test_a_link_does_nothing(administrator: Client, path: str) -> None:
    assert administrator.get(f"{path}?address={ADA}&typed={ADA}").status_code == 405


@pytest.mark.parametrize("path", [PERSON, KEPT, RUNS])
def test_no_browser_keeps_these_pages(administrator: Client, path: str) -> None:
    assert administrator.get(path).headers["Cache-Control"].startswith("no-store, private")


def test_what_is_held_is_shown_with_links(administrator: Client) -> None:
    enquiry = make_enquiry(name=NAME, email=ADA)
    code, shown = page(administrator, PERSON, address=ADA)
    assert code == 200
    assert "Enquiries: who asked" in shown
    assert f"/admin/enquiries/edit/{enquiry.pk}/" in shown


def test_a_place_is_shown_on_its_roster(administrator: Client) -> None:
    booking = book(past_cohort(), Attendee(NAME, ADA))
    shown = page(administrator, PERSON, address=ADA)[1]
    assert f"/admin/training/office/{booking.cohort_id}/roster/" in shown


def test_words_with_only_the_name_are_shown_and_go_if_ticked(administrator: Client) -> None:
    make_enquiry(name=NAME, email=ADA)
    other = make_enquiry(name="Bo", email="bo@x.example", note=f"{NAME} will answer")
    shown = page(administrator, PERSON, address=ADA, names="")[1]
    assert "Words in which only the name stands" in shown
    assert f"/admin/enquiries/edit/{other.pk}/" in shown
    page(administrator, ERASE, address=ADA, typed=ADA, also_named="on")
    other.refresh_from_db()
    assert other.note == "Erased will answer"


def test_a_name_that_is_typed_is_looked_for_and_taken_out(administrator: Client) -> None:
    make_enquiry(name="Ada", email=ADA)
    other = make_enquiry(name="Bo", email="bo@x.example", note=f"{NAME} will answer")
    shown = page(administrator, PERSON, address=ADA, names=f"Ada  Other\r\n{NAME}\r\n")[1]
    assert "Ada Other" in shown
    assert f"/admin/enquiries/edit/{other.pk}/" in shown
    page(administrator, ERASE, address=ADA, typed=ADA, names=NAME, also_named="on")
    assert standing(NAME) == []


@pytest.mark.parametrize("names", ["x" * 5_000, "a\x00b"])
def test_names_that_cannot_be_are_said(administrator: Client, names: str) -> None:
    assert page(administrator, PERSON, address=ADA, names=names)[0] == 422


def test_an_address_where_it_does_not_belong_is_shown(administrator: Client) -> None:
    make_enquiry(name=NAME, email=ADA)
    Place.objects.all().delete()
    cohort = past_cohort()
    type(cohort).objects.update(term=f"Ask {ADA}")
    assert "Where nobody should have typed it" in page(administrator, PERSON, address=ADA)[1]
    answer = administrator.post(ERASE, {"address": ADA, "typed": ADA}, follow=True)
    assert "the address still stands in 1 row" in answer.content.decode()


def test_where_else_data_lies_is_shown(administrator: Client) -> None:
    assert "Backups of the database" in page(administrator, KEPT)[1]


def test_an_unknown_address_holds_nothing(administrator: Client) -> None:
    assert "Nothing is held" in page(administrator, PERSON, address="no@body.example")[1]


@pytest.mark.parametrize("typed", ["", "ada", "a@b@c", "\x00@x.example", "x" * 300 + "@y.example"])
def test_what_is_no_address_is_said(administrator: Client, typed: str) -> None:
    assert page(administrator, PERSON, address=typed, more="")[0] == 422
    assert page(administrator, EXPORT, address=typed, more="")[0] == 422
    assert page(administrator, ERASE, address=typed, typed=typed)[0] == 422


@pytest.mark.parametrize("typed", ["", "another@school.example", "x"])
def test_the_address_must_be_typed_again(administrator: Client, typed: str) -> None:
    make_enquiry(name=NAME, email=ADA)
    assert page(administrator, ERASE, address=ADA, typed=typed)[0] == 422
    assert standing(ADA)


def test_erasing_leads_to_the_receipt(administrator: Client) -> None:
    make_ada()
    answer = administrator.post(ERASE, {"address": ADA, "typed": ADA.title()}, follow=True)
    run = Run.objects.get()
    assert answer.redirect_chain == [(f"{RUNS}{run.pk}/", 302)]
    assert "Places: who attends" in answer.content.decode()
    assert run.by is not None
    assert standing(ADA, NAME) == []


def test_what_must_be_settled_first_is_said_and_nothing_is_erased(administrator: Client) -> None:
    booking = book(past_cohort(), Attendee("Bo", "bo@x.example"), booker=Attendee(NAME, ADA))
    for path in (PERSON, ERASE):
        shown = page(administrator, path, address=ADA, typed=ADA)[1]
        assert f"invoice for booking {booking.reference}" in shown
        assert "Erase this person" not in shown
    assert Booking.objects.get().booker_email == ADA


def test_the_export_holds_what_is_held_and_no_secrets(administrator: Client) -> None:
    over, _ = make_ada()
    answer = administrator.post(EXPORT, {"address": ADA, "form": "json"})
    told = text_of(answer)
    held = {each["what"]: each["rows"] for each in json.loads(told)["held"]}
    assert {row["name"] for row in held["Places: who attends"]} == {NAME}
    assert [row["state"] for row in held["Attendances: who came or did not"]] == ["present"]
    assert "May we come?" in str(held["Enquiries: who asked"])
    others = [over.token, *Place.objects.exclude(email=ADA).values_list("token", flat=True)]
    assert [token for token in others if token in told] == []
    assert answer.headers["Content-Disposition"] == 'attachment; filename="person.json"'


def test_the_export_can_be_read(administrator: Client) -> None:
    make_enquiry(name="<b>Ada</b>", email=ADA)
    answer = administrator.post(EXPORT, {"address": ADA, "form": "page"})
    told = text_of(answer)
    assert "&lt;b&gt;Ada&lt;/b&gt;" in told
    assert "May we come?" in told


def test_an_export_is_noted_without_the_name(administrator: Client) -> None:
    make_enquiry(name=NAME, email=ADA)
    administrator.post(EXPORT, {"address": ADA})
    run = Run.objects.get()
    assert (run.kind, run.counts) == (RunKind.EXPORT, {"Enquiries: who asked": 1})


def test_what_is_kept_no_longer_can_go_at_once(administrator: Client) -> None:
    book(past_cohort(months_ago=20), Attendee(NAME, ADA))
    Booking.objects.update(invoice_state=InvoiceState.NOTHING)
    assert "Who attended" in page(administrator, RUNS)[1]
    answer = administrator.post(RUNS, follow=True)
    assert answer.status_code == 200
    assert not Place.objects.filter(email=ADA).exists()
    assert page(administrator, RUNS)[1].count("What is kept no longer") == 1


def test_a_run_with_a_problem_says_so(administrator: Client) -> None:
    run = Run.objects.create(kind=RunKind.RETENTION, problems={"Sign-ins": "OperationalError"})
    assert "Part of it failed" in page(administrator, RUNS)[1]
    assert "OperationalError" in page(administrator, f"{RUNS}{run.pk}/")[1]


def test_the_table_of_what_is_kept_is_shown(administrator: Client) -> None:
    assert "who attends" in page(administrator, KEPT)[1]
