"""Forms that land in a back office: nothing typed is lost, nothing is stored twice."""

import re
import time
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.models import PageViewRestriction, Site

from core import guard
from core.groups import EDITORS, ORGANISERS
from core.models import Enquiry, EnquiryPage, SiteSettings
from core.services.enquiries import kept_no_longer, receive, tell_again, tell_colleagues
from home.models import HomePage
from tests.factories import make_page

TYPED = {
    "kind": "visit",
    "name": "A reader",
    "email": "reader@school.example",
    "school": "Sample school",
    "message": "May we come on a Tuesday?",
}


@pytest.fixture
def page(home: HomePage) -> EnquiryPage:
    chosen = SiteSettings.for_site(Site.objects.get())
    chosen.contact_email = "office@trust.example"
    chosen.save()
    return make_page(EnquiryPage, home, title="Ask for a visit", slug="visit")


def opened(age: float = 60) -> str:
    return guard.stamp(time.time() - age)


def send(page: EnquiryPage, client: Client | None = None, **more: Any) -> Any:
    data = {**TYPED, "opened": opened(), "key": str(uuid.uuid4()), **more}
    headers = data.pop("headers", {})
    return (client or Client()).post(f"/enquiries/{page.pk}/", data, headers=headers)


def stored(**fields: Any) -> Enquiry:
    return Enquiry.objects.create(**{**TYPED, "form_token": uuid.uuid4(), **fields})


def sign_in(group: str) -> Client:
    user = User.objects.create_user("somebody", password="a long enough one")
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    return client


def test_the_form_opens_with_its_purpose_and_sets_no_cookie(page: EnquiryPage) -> None:
    client = Client()
    answer = client.get(page.url)
    assert '<option value="visit" selected>' in answer.content.decode()
    assert not client.cookies


def test_a_sent_form_is_kept_as_new_and_thanks_the_reader(page: EnquiryPage) -> None:
    client = Client()
    answer = send(page, client, about=str(page.pk))
    enquiry = Enquiry.objects.get()
    assert (enquiry.state, enquiry.name, enquiry.message) == (
        "new",
        TYPED["name"],
        TYPED["message"],
    )
    assert enquiry.about is not None
    assert enquiry.about.pk == page.pk
    assert page.thanks in client.get(answer.url).content.decode()
    assert not client.cookies


def test_colleagues_are_told_after_commit_and_can_just_reply(
    page: EnquiryPage, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        send(page)
        assert mail.outbox == []
    told = mail.outbox[0]
    assert told.to == ["office@trust.example"]
    assert told.reply_to == [TYPED["email"]]
    assert TYPED["message"] in told.body
    assert f"/admin/enquiries/edit/{Enquiry.objects.get().pk}/" in told.body
    assert Enquiry.objects.get().mail_state.startswith("Sent")


def test_pressing_twice_stores_and_tells_once(
    page: EnquiryPage, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    same = str(uuid.uuid4())
    with django_capture_on_commit_callbacks(execute=True):
        assert send(page, key=same).status_code == 302
        assert send(page, key=same).status_code == 302
    assert Enquiry.objects.count() == 1
    assert len(mail.outbox) == 1


def test_telling_twice_sends_one_mail(page: EnquiryPage) -> None:
    enquiry = stored()
    tell_colleagues.func(enquiry.pk)
    tell_colleagues.func(enquiry.pk)
    assert len(mail.outbox) == 1


def test_without_a_contact_address_the_enquiry_says_why_nobody_was_told(page: EnquiryPage) -> None:
    SiteSettings.objects.update(contact_email="")
    enquiry = stored()
    assert enquiry.mail_state == "Not sent yet"
    tell_colleagues.func(enquiry.pk)
    assert mail.outbox == []
    shown = sign_in(EDITORS).get("/admin/enquiries/").content.decode()
    assert "Not sent: there is no contact e-mail. Give one under Settings, Site settings" in shown


def test_once_there_is_an_address_the_mail_can_be_sent_again(
    page: EnquiryPage, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    SiteSettings.objects.update(contact_email="")
    enquiry = stored()
    tell_colleagues.func(enquiry.pk)
    SiteSettings.objects.update(contact_email="office@trust.example")
    with django_capture_on_commit_callbacks(execute=True):
        tell_again(enquiry)
    assert Enquiry.objects.get().mail_state.startswith("Sent")


def test_what_a_reader_left_empty_is_not_shown_as_none(page: EnquiryPage) -> None:
    url = f"/admin/enquiries/edit/{stored(school='').pk}/"
    client = sign_in(EDITORS)
    empty = client.get(url).content.decode()
    assert "Page it came from" not in empty
    assert "School or organisation" not in empty
    given = client.get(f"/admin/enquiries/edit/{stored(about=page).pk}/").content.decode()
    assert "Page it came from" in given
    assert TYPED["school"] in given


def test_a_mail_that_fails_stands_on_the_row_and_can_be_sent_again(
    page: EnquiryPage,
    settings: Any,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    enquiry = stored()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    tell_colleagues.func(enquiry.pk)
    enquiry.refresh_from_db()
    assert enquiry.mail_state.startswith("Not sent: ConnectionRefusedError")
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with django_capture_on_commit_callbacks(execute=True):
        tell_again(enquiry)
    enquiry.refresh_from_db()
    assert enquiry.telling_failed == ""
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "Give your name"),
        ("email", "", "Give your e-mail"),
        ("email", "reader.school.example", "an @ and a dot"),
        ("email", "a@b.example\nBcc: x@y.example", "an @ and a dot"),
        ("message", "", "Write your message"),
        ("message", "x" * 10_000, "4000"),
        ("name", "x" * 10_000, "120"),
        ("name", "A\x00B", "Null characters"),
        ("message", "A\x00B", "Null characters"),
        ("kind", "party", "Choose one of the list"),
        ("kind", "", "Choose what it is about"),
    ],
)
def test_an_error_links_to_its_field_and_loses_nothing(
    page: EnquiryPage, field: str, value: str, words: str
) -> None:
    wrong: dict[str, Any] = {field: value}
    answer = send(page, **wrong)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#id_{field}"' in shown
    assert words in shown
    for name, kept in TYPED.items():
        if name not in (field, "kind"):
            assert kept in shown
    assert not Enquiry.objects.exists()


def test_emoji_control_characters_and_markup_are_kept_and_escaped(page: EnquiryPage) -> None:
    odd = "Hello \x01\x1b 🙂 <script>alert(1)</script> العربية"
    assert send(page, message=odd).status_code == 302
    assert Enquiry.objects.get().message == odd
    shown = send(page, message=odd, name="").content.decode()
    assert "<script>alert" not in shown


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ({"opened": ""}, "could not be checked"),
        ({"opened": "made:up"}, "could not be checked"),
        ({"opened": "made:up", "key": "😀"}, "could not be checked"),
        ({"website": "https://spam.example"}, "Empty this field"),
    ],
)
def test_machines_are_told_apart_and_people_lose_nothing(
    page: EnquiryPage, bad: dict[str, Any], words: str
) -> None:
    answer = send(page, **bad)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert TYPED["message"] in answer.content.decode()
    assert not Enquiry.objects.exists()


def test_a_form_sent_faster_than_people_write_may_be_sent_again(page: EnquiryPage) -> None:
    key, just_now = str(uuid.uuid4()), opened(age=0)
    shown = send(page, key=key, opened=just_now).content.decode()
    assert "faster than anybody can write" in shown
    assert key in shown
    assert just_now in shown


def test_a_form_that_lay_open_for_days_is_sent_by_a_second_press(page: EnquiryPage) -> None:
    old = opened(age=guard.MOST_SECONDS + 10)
    answer = send(page, opened=old)
    shown = answer.content.decode()
    assert "open for more than a day" in shown
    assert TYPED["message"] in shown
    assert old not in shown
    assert guard.age_of(answer.context["form"]["opened"].value()) < 5


def test_a_network_that_sends_too_much_reads_when_it_may_go_on(
    page: EnquiryPage, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(guard.BY_NETWORK.most):
            assert send(page, email=f"{number}@school.example").status_code == 302
        answer = send(page)
    assert answer.status_code == 422
    assert re.search(r"send it again after \d\d:00", answer.content.decode())
    assert TYPED["message"] in answer.content.decode()
    assert Enquiry.objects.count() == len(mail.outbox) == guard.BY_NETWORK.most


def test_a_form_with_errors_does_not_count(page: EnquiryPage) -> None:
    for _ in range(guard.BY_EMAIL.most + 1):
        assert "Give your name" in send(page, name="").content.decode()
    assert send(page).status_code == 302


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"}],
)
def test_another_site_cannot_send_the_form(page: EnquiryPage, headers: dict[str, str]) -> None:
    answer = send(page, headers=headers)
    assert answer.status_code == 422
    assert "from another site" in answer.content.decode()
    assert not Enquiry.objects.exists()


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://testserver"}]
)
def test_our_own_page_can(page: EnquiryPage, headers: dict[str, str]) -> None:
    assert send(page, headers=headers).status_code == 302


def test_opening_the_address_of_the_form_changes_nothing(page: EnquiryPage) -> None:
    answer: Any = Client().get(f"/enquiries/{page.pk}/")
    assert (answer.status_code, answer.url) == (302, page.url)


def test_drafts_and_private_forms_take_nothing(page: EnquiryPage, home: HomePage) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert send(page).status_code == 404
    draft = make_page(EnquiryPage, home, title="Draft", live=False)
    assert send(draft).status_code == 404
    assert not Enquiry.objects.exists()


@pytest.mark.parametrize("about", ["", "x", "-1", "9" * 12, "٣", "1 OR 1=1"])
def test_a_page_number_that_is_none_is_left_out(page: EnquiryPage, about: str) -> None:
    assert send(page, about=about).status_code == 302
    assert Enquiry.objects.get().about is None


def test_a_hidden_page_is_not_named(page: EnquiryPage, home: HomePage) -> None:
    draft = make_page(EnquiryPage, home, title="Draft", live=False)
    send(page, about=str(draft.pk))
    assert Enquiry.objects.get().about is None


def test_the_number_of_the_page_it_came_from_is_kept_through_an_error(page: EnquiryPage) -> None:
    assert 'name="about" value="7"' in Client().get(f"{page.url}?about=7").content.decode()
    assert 'name="about" value="7"' in send(page, about="7", name="").content.decode()


def test_closed_enquiries_are_forgotten_after_a_year(page: EnquiryPage) -> None:
    old, fresh, open_ = stored(state="closed"), stored(state="closed"), stored()
    long_ago = timezone.now() - timedelta(days=366)
    Enquiry.objects.filter(pk=old.pk).update(closed_at=long_ago)
    Enquiry.objects.filter(pk=open_.pk).update(created_at=long_ago)
    kept_no_longer(timezone.now()).delete()
    assert set(Enquiry.objects.values_list("pk", flat=True)) == {fresh.pk, open_.pk}


def test_opening_a_closed_enquiry_again_keeps_it(page: EnquiryPage) -> None:
    enquiry = stored(state="closed")
    assert enquiry.closed_at is not None
    enquiry.state = "answered"
    enquiry.save()
    assert enquiry.closed_at is None
    with pytest.raises(IntegrityError), transaction.atomic():
        Enquiry.objects.filter(pk=enquiry.pk).update(state="closed")


def test_receiving_says_whether_it_is_new(page: EnquiryPage) -> None:
    name = uuid.uuid4()
    assert receive(**TYPED, about="", form_token=name).is_new
    assert not receive(**TYPED, about="", form_token=name).is_new


def test_editors_list_filter_and_answer_enquiries(page: EnquiryPage) -> None:
    enquiry = stored()
    stored(name="Closed one", state="closed")
    client = sign_in(EDITORS)
    assert TYPED["name"] in client.get("/admin/enquiries/").content.decode()
    assert "Closed one" not in client.get("/admin/enquiries/?state=new").content.decode()
    assert TYPED["name"] in client.get("/admin/enquiries/?q=Tuesday").content.decode()
    url = f"/admin/enquiries/edit/{enquiry.pk}/"
    assert TYPED["message"] in client.get(url).content.decode()
    client.post(url, {"state": "answered", "note": "Rang them.", "name": "Changed"})
    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.note, enquiry.name) == ("answered", "Rang them.", TYPED["name"])


def test_editors_send_the_mail_again(
    page: EnquiryPage, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    enquiry = stored(told_at=timezone.now())
    url = f"/admin/enquiries/edit/{enquiry.pk}/"
    with django_capture_on_commit_callbacks(execute=True):
        sign_in(EDITORS).post(url, {"state": "new", "note": "", "tell_again": "on"})
    assert len(mail.outbox) == 1


def test_nobody_makes_up_enquiries_in_the_admin(page: EnquiryPage) -> None:
    client = sign_in(EDITORS)
    assert client.get("/admin/enquiries/new/").status_code == 302
    assert "/admin/enquiries/new/" not in client.get("/admin/enquiries/").content.decode()


def test_organisers_and_strangers_see_no_enquiry(page: EnquiryPage) -> None:
    enquiry = stored()
    paths = ["", f"edit/{enquiry.pk}/", f"delete/{enquiry.pk}/", f"history/{enquiry.pk}/"]
    for client in (sign_in(ORGANISERS), Client()):
        for path in paths:
            answer = client.get(f"/admin/enquiries/{path}")
            assert answer.status_code == 302
            assert TYPED["message"] not in answer.content.decode()
        client.post(f"/admin/enquiries/delete/{enquiry.pk}/")
        client.post(f"/admin/enquiries/edit/{enquiry.pk}/", {"state": "closed", "note": ""})
    enquiry.refresh_from_db()
    assert enquiry.state == "new"
