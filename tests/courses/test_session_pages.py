"""Moving and cancelling in the admin: first a look at the mails, then the deed."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from courses.models import Cohort, OutboxMessage, Place, Session
from courses.when import local
from tests.courses.desk import log_in, log_in_wrong, shift, url
from tests.courses.factories import make_registration
from tests.courses.hostile import HOSTILE


@pytest.fixture
def booked(cohort: Cohort) -> Cohort:
    make_registration(cohort, "amina@school.example", "ben@school.example")
    OutboxMessage.objects.all().delete()
    return cohort


def day(session: Session, days: int = 1) -> date:
    return local(session.starts_at).date() + timedelta(days=days)


def moved(session: Session, **fields: Any) -> dict[str, Any]:
    times = {"day": str(day(session)), "begins": "17:00", "ends": "19:00"}
    return {**times, "reason": "The hall is taken.", **fields}


def pages(cohort: Cohort) -> dict[str, dict[str, Any]]:
    """Address of each action, with a form that would be done."""
    session = cohort.dated[0]
    return {
        url("move_session", session.pk): moved(session),
        url("cancel_session", session.pk): {"reason": ""},
        url("call_off", cohort.pk): {"reason": "Too few people."},
    }


def facts(cohort: Cohort) -> list[Any]:
    """All that the actions change."""
    return [
        list(Session.objects.filter(cohort=cohort).values()),
        list(Cohort.objects.filter(pk=cohort.pk).values()),
        list(Place.objects.filter(cohort=cohort).values()),
        OutboxMessage.objects.count(),
    ]


def test_looking_changes_nothing(client: Client, booked: Cohort) -> None:
    log_in(client)
    before = facts(booked)
    for address, form in pages(booked).items():
        assert client.get(address).status_code == 200
        for does in ("look", "change", "", "nonsense"):
            assert client.post(address, form | {"do": does}).status_code == 200
    assert facts(booked) == before


@pytest.mark.parametrize("number", [0, 1, 2])
def test_what_one_looked_at_is_what_is_sent(client: Client, booked: Cohort, number: int) -> None:
    log_in(client)
    address, form = list(pages(booked).items())[number]
    would = client.post(address, form | {"do": "look"}).context["would"]
    assert would.words == "Two people and one person who booked are told by mail"
    assert client.post(address, form | {"do": "do"}).status_code == 302
    for _, mail in would.mails:
        assert OutboxMessage.objects.get(to=mail.to).text == mail.text
    assert OutboxMessage.objects.count() == 3


def test_a_session_is_moved_by_the_clock_in_london(client: Client, booked: Cohort) -> None:
    log_in(client)
    session = booked.dated[0]
    address = url("move_session", session.pk)
    client.post(address, moved(session, do="do"))
    wanted = day(session)
    session.refresh_from_db()
    assert local(session.starts_at).date() == wanted
    assert (f"{local(session.starts_at):%H:%M}", f"{local(session.ends_at):%H:%M}") == (
        "17:00",
        "19:00",
    )


def test_a_session_is_cancelled_and_a_cohort_called_off(client: Client, booked: Cohort) -> None:
    log_in(client)
    session = booked.dated[0]
    client.post(url("cancel_session", session.pk), {"do": "do"})
    session.refresh_from_db()
    assert session.state == "cancelled"
    client.post(url("call_off", booked.pk), {"do": "do"})
    booked.refresh_from_db()
    assert booked.called_off_at
    page = client.get(url("sessions", booked.pk)).content.decode()
    assert "Called off on" in page
    assert url("call_off", booked.pk) not in page


def test_a_second_press_is_told_that_it_is_so_already(client: Client, booked: Cohort) -> None:
    log_in(client)
    for address, form in pages(booked).items():
        client.post(address, form | {"do": "do"})
        if "move" in address:
            continue
        again = client.post(address, form | {"do": "do"})
        assert again.status_code == 422
        assert "nothing to change" in again.content.decode()


def test_times_that_do_not_fit_are_refused_in_words(client: Client, booked: Cohort) -> None:
    log_in(client)
    session = booked.dated[0]
    address = url("move_session", session.pk)
    for odd, words in (
        ({"ends": "16:00"}, "ends after it starts"),
        ({"day": "2020-01-01"}, "over already"),
        ({"day": "tomorrow"}, "Enter a valid date"),
    ):
        for does in ("look", "do"):
            answer = client.post(address, moved(session, do=does, **odd))
            assert answer.status_code == 422
            assert words in answer.content.decode()
            assert 'value="The hall is taken."' in answer.content.decode()


def test_a_session_that_is_over_stays_as_it_was(client: Client, booked: Cohort) -> None:
    log_in(client)
    past = shift(booked, to=timezone.now() - timedelta(days=60))
    session = past.dated[0]
    answer = client.post(url("cancel_session", session.pk), {"do": "do"})
    assert "is over" in answer.content.decode()
    assert (
        url("move_session", session.pk) not in client.get(url("sessions", past.pk)).content.decode()
    )


def test_hostile_reasons_break_nothing(client: Client, booked: Cohort) -> None:
    log_in(client)
    for words in HOSTILE[::29]:
        for address, form in pages(booked).items():
            answer = client.post(address, form | {"reason": words, "do": "look"})
            assert answer.status_code in (200, 422), words
            assert "<script>alert(1)" not in answer.content.decode()


def test_staff_of_other_things_can_neither_look_nor_do(client: Client, booked: Cohort) -> None:
    log_in_wrong(client)
    before = facts(booked)
    assert client.get(url("sessions", booked.pk)).status_code == 302
    for address, form in pages(booked).items():
        assert client.get(address).status_code == 302
        for does in ("look", "do"):
            assert client.post(address, form | {"do": does}).status_code == 302
    assert facts(booked) == before


def test_what_does_not_exist_is_not_found(client: Client, booked: Cohort) -> None:
    log_in(client)
    for name in ("move_session", "cancel_session", "call_off", "sessions"):
        assert client.get(url(name, 999_999)).status_code == 404
