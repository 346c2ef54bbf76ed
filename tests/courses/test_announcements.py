"""Writing to people: to whom, what they get, once, and from nobody else."""

import html
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from wagtail.models import ModelLogEntry

from courses.models import Announcement, Cohort, OutboxMessage, ProgrammePage, WaitingEntry
from courses.services import Attendee, cancel_place, join_waiting_list, send_due
from courses.services.announcements import AudienceChanged, NobodyToTell, Words, announce
from courses.services.audiences import Audience, audiences, recipients
from tests.courses.desk import log_in, log_in_wrong, make_past_cohort, note, places_of, url
from tests.courses.factories import make_registration
from tests.courses.hostile import HOSTILE
from tests.courses.test_hostile import assert_clean, mails

WORDS = Words("Room has changed", "We meet in the hall.\n\nMap: https://school.example/map?a=1&b=2")


@pytest.fixture
def booked(cohort: Cohort) -> Cohort:
    make_registration(cohort, "amina@school.example", "ben@school.example")
    make_registration(cohort, "cara@school.example")
    OutboxMessage.objects.all().delete()
    return cohort


def audience(cohort: Cohort, value: str) -> Audience:
    return next(each for each in audiences(cohort) if each.value == value)


def addresses(cohort: Cohort, value: str) -> list[str]:
    return [each.email for each in recipients(audience(cohort, value), cohort)]


def form_of(client: Client, cohort: Cohort, **fields: Any) -> dict[str, Any]:
    key = client.get(url("message", cohort.pk)).context["form"]["key"].value()
    words = {"subject": WORDS.subject, "text": WORDS.text}
    return {"to": "places", "key": key, **words, **fields}


def test_everybody_with_a_place_is_written_to_once(booked: Cohort) -> None:
    make_registration(booked, "amina@school.example")  # a second time: one mail all the same
    assert addresses(booked, "places") == [
        "amina@school.example",
        "ben@school.example",
        "cara@school.example",
    ]
    cancel_place(place=places_of(booked)[-1])
    assert len(addresses(booked, "places")) == 2


def test_bookers_are_written_to_once(booked: Cohort) -> None:
    assert addresses(booked, "bookers") == ["office@school.example"]


def test_the_lists_are_told_apart(booked: Cohort) -> None:
    Cohort.objects.filter(pk=booked.pk).update(capacity=3)
    for name in ("first", "second"):
        person = Attendee(name, f"{name}@school.example")
        join_waiting_list(cohort_id=booked.pk, person=person, consent_version="1")
    cancel_place(place=places_of(booked)[0])
    assert WaitingEntry.objects.get(state="offered").email == "first@school.example"
    assert addresses(booked, "waiting") == ["first@school.example", "second@school.example"]
    assert addresses(booked, "unanswered") == ["first@school.example"]
    assert addresses(booked, "opening") == []


def test_of_a_session_those_who_came_were_absent_or_are_expected(programme: ProgrammePage) -> None:
    past = make_past_cohort(programme)
    session, (amina, ben, cara) = past.dated[0], places_of(past)
    note(session, amina)
    note(session, ben, "absent")
    note(session, cara, "excused")
    assert addresses(past, f"came-{session.pk}") == [amina.email]
    assert addresses(past, f"absent-{session.pk}") == [ben.email]
    assert addresses(past, f"expected-{session.pk}") == [amina.email, ben.email]
    assert len(addresses(past, f"expected-{past.dated[1].pk}")) == 3


def test_sending_writes_the_words_and_a_mail_for_each(client: Client, booked: Cohort) -> None:
    user = log_in(client)
    form = form_of(client, booked, do="send", expected=3)
    assert client.post(url("message", booked.pk), form).status_code == 302
    made = Announcement.objects.get()
    assert (made.subject, made.to_words, made.made_by) == (
        "Room has changed",
        "everybody with a place",
        user,
    )
    assert made.messages.count() == 3
    assert {each.kind for each in made.messages.all()} == {"note"}
    amina = made.messages.get(to="amina@school.example")
    assert amina.place
    assert amina.place.url in amina.text
    assert "https://school.example/map?a=1&b=2" in amina.text
    assert '<a href="https://school.example/map?a=1&amp;b=2"' in amina.html
    entry = ModelLogEntry.objects.get(action="courses.announced")
    assert entry.data == {"announcement": made.pk, "mails": 3}


def test_a_double_click_sends_once(client: Client, booked: Cohort) -> None:
    log_in(client)
    form = form_of(client, booked, do="send", expected=3)
    for _ in range(2):
        assert client.post(url("message", booked.pk), form).status_code == 302
    assert OutboxMessage.objects.count() == 3


def test_the_preview_is_the_very_mail_and_sends_nothing(client: Client, booked: Cohort) -> None:
    log_in(client)
    form = form_of(client, booked, do="preview")
    preview = client.post(url("message", booked.pk), form).context["preview"]
    assert preview.number == 3
    assert not OutboxMessage.objects.exists()
    client.post(url("message", booked.pk), form | {"do": "send", "expected": 3})
    sent = OutboxMessage.objects.get(to=preview.mail.to)
    assert (sent.subject, sent.text, sent.html) == (
        preview.mail.subject,
        preview.mail.text,
        preview.mail.html,
    )


def test_the_preview_shows_words_as_words(client: Client, booked: Cohort) -> None:
    log_in(client)
    words = '<script>alert(1)</script> "quoted"'
    form = form_of(client, booked, do="preview", text=words, subject=words)
    page = client.post(url("message", booked.pk), form).content.decode()
    assert "<script>alert(1)" not in page
    sheet = page.partition('srcdoc="')[2].partition('"')[0]
    assert html.unescape(sheet).rstrip().endswith("</html>")


def test_a_test_goes_to_oneself_alone_without_anybodys_private_page(
    client: Client, booked: Cohort
) -> None:
    user = log_in(client)
    answer = client.post(url("message", booked.pk), form_of(client, booked, do="test"))
    assert answer.context["form"]["text"].value() == WORDS.text
    test = OutboxMessage.objects.get()
    assert (test.to, test.subject) == (user.email, "Test: Room has changed")
    assert not any(place.token in test.text + test.html for place in places_of(booked))
    assert test.place is None
    assert not Announcement.objects.exists()


def test_whoever_has_no_address_is_told_so(client: Client, booked: Cohort) -> None:
    user = log_in(client)
    user.email = ""
    user.save()
    answer = client.post(url("message", booked.pk), form_of(client, booked, do="test"))
    assert "has no e-mail address" in answer.content.decode()
    assert not OutboxMessage.objects.exists()


def test_when_others_would_get_it_one_looks_again(client: Client, booked: Cohort) -> None:
    log_in(client)
    form = form_of(client, booked, do="send", expected=2)
    answer = client.post(url("message", booked.pk), form)
    assert answer.context["preview"].number == 3
    assert not OutboxMessage.objects.exists()
    for odd in ("", "x", "-1", "²", "9" * 40):
        assert client.post(url("message", booked.pk), form | {"expected": odd}).status_code == 200


def test_nobody_to_write_to_keeps_the_words(client: Client, booked: Cohort) -> None:
    log_in(client)
    form = form_of(client, booked, to="waiting", do="preview")
    answer = client.post(url("message", booked.pk), form)
    assert answer.status_code == 422
    assert "nobody to write to" in answer.content.decode()
    assert answer.context["form"]["text"].value() == WORDS.text


def test_going_back_to_the_words_keeps_them(client: Client, booked: Cohort) -> None:
    log_in(client)
    form = form_of(client, booked, do="change", text="  two\r\n\r\nlines")
    page = client.post(url("message", booked.pk), form)
    assert page.context["form"]["text"].value() == "  two\r\n\r\nlines"
    assert page.context["form"]["key"].value() == form["key"]


def test_the_verb_refuses_what_the_page_would(booked: Cohort) -> None:
    fields: dict[str, Any] = {"cohort": booked, "words": WORDS, "by": None}
    with pytest.raises(AudienceChanged) as changed:
        announce(audience=audience(booked, "places"), expected=9, key="a", **fields)
    assert changed.value.number == 3
    with pytest.raises(NobodyToTell):
        announce(audience=audience(booked, "waiting"), expected=0, key="b", **fields)
    assert not Announcement.objects.exists()


def test_what_was_sent_before_stands_below(client: Client, booked: Cohort) -> None:
    log_in(client)
    client.post(url("message", booked.pk), form_of(client, booked, do="send", expected=3))
    send_due()
    page = client.get(url("message", booked.pk)).content.decode()
    assert "Room has changed" in page
    assert "3 sent" in " ".join(page.split())


def test_hostile_words_reach_nobody_alive(client: Client, booked: Cohort) -> None:
    log_in(client)
    for words in [
        *HOSTILE[::29],
        "javascript:alert(1) https://x.example/<script>alert(1)</script>",
    ]:
        for field in ("subject", "text", "to", "key"):
            form = form_of(client, booked, do="send", expected=3) | {field: words}
            assert client.post(url("message", booked.pk), form).status_code in (200, 302, 422)
    send_due()
    assert mail.outbox
    for sent in mails():
        assert_clean(sent)
        assert 'href="javascript' not in sent.get_body(("html",)).get_content()


def test_staff_of_other_things_can_neither_look_nor_send(client: Client, booked: Cohort) -> None:
    log_in(client)
    form = form_of(client, booked, do="send", expected=3)
    log_in_wrong(client)
    assert client.get(url("message", booked.pk)).status_code == 302
    for does in ("send", "test", "preview"):
        assert client.post(url("message", booked.pk), form | {"do": does}).status_code == 302
    assert not OutboxMessage.objects.exists()
