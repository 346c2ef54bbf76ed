"""The page of one place, and the waiting list, as an organiser has them."""

import re
from typing import Any

import pytest
from django.test import Client

from courses.models import Cohort, OutboxMessage
from courses.services import (
    Attendee,
    cancel_place,
    join_waiting_list,
    swap_person,
)
from tests.courses.rosters import book, url_of


def test_a_name_is_mended_and_a_place_given_away_on_its_page(
    organiser: Client, cohort: Cohort
) -> None:
    (one,) = book(cohort, "a@x.example")
    url = url_of("place", one.pk)
    typed = {"verb": "correct", "correct-name": "Zoë", "correct-email": "zoe@x.example"}
    assert organiser.post(url, typed)["Location"] == url
    one.refresh_from_db()
    assert (one.name, one.email) == ("Zoë", "zoe@x.example")
    organiser.post(url, {"verb": "swap", "swap-name": "Kim", "swap-email": "kim@x.example"})
    one.refresh_from_db()
    assert one.name == "Kim"
    assert OutboxMessage.objects.filter(kind="place_cancelled", to="zoe@x.example").exists()
    page = organiser.get(url).content.decode()
    assert "Your place is cancelled" in page


def test_what_is_refused_is_said_and_what_was_typed_stays(
    organiser: Client, cohort: Cohort
) -> None:
    (one,) = book(cohort, "a@x.example")
    url = url_of("place", one.pk)
    wrong = organiser.post(url, {"verb": "swap", "swap-name": "Kim", "swap-email": "kim"})
    assert wrong.status_code == 422
    assert 'value="Kim"' in wrong.content.decode()
    cancel_place(place=one)
    late = organiser.post(
        url, {"verb": "correct", "correct-name": "K", "correct-email": "k@x.example"}
    )
    assert late.status_code == 422
    assert organiser.post(url, {"verb": "odd"}).status_code == 200


@pytest.mark.parametrize("verb", ["correct", "swap"])
def test_a_page_left_open_does_not_change_the_place_of_who_came_meanwhile(
    organiser: Client, cohort: Cohort, verb: str
) -> None:
    (one,) = book(cohort, "a@x.example")
    url = url_of("place", one.pk)

    def send() -> Any:
        typed = {f"{verb}-name": "Kim", f"{verb}-email": "kim@x.example"}
        return organiser.post(url, {"verb": verb, "seen": seen.group(1), **typed})

    seen = find_seen(organiser.get(url))
    swap_person(place=one, person=Attendee("Lee", "lee@x.example"), link=one.token)
    refused = send()
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "This place has changed since you looked." in page
    assert 'value="Kim"' in page
    one.refresh_from_db()
    assert one.name == "Lee"
    seen = find_seen(refused)
    assert send().status_code == 302
    one.refresh_from_db()
    assert one.name == "Kim"


def find_seen(page: Any) -> Any:
    return re.search(r'name="seen" value="(\w+)"', page.content.decode())


def test_the_page_of_a_second_place_leads_to_the_first(organiser: Client, cohort: Cohort) -> None:
    first, second = book(cohort, "a@x.example", "a@x.example")
    page = organiser.get(url_of("place", second.pk)).content.decode()
    assert "keeps a seat from others" in page
    assert url_of("place", first.pk) in page


def test_the_waiting_list_shows_turns_and_offers_and_obeys(
    organiser: Client, cohort: Cohort
) -> None:
    Cohort.objects.filter(pk=cohort.pk).update(capacity=1)
    (one,) = book(cohort, "a@x.example")
    for name in ("Ann", "Ben", "Cem"):
        join_waiting_list(
            cohort_id=cohort.pk,
            person=Attendee(name, f"{name}@x.example"),
            consent_version="1",
        )
    cem = cohort.waiting.get(name="Cem")
    organiser.post(url_of("give_next", cem.pk))
    page = organiser.get(url_of("waiting", cohort.pk)).content.decode()
    assert page.index("Cem") < page.index("Ann") < page.index("Ben")
    cancel_place(place=one)
    page = organiser.get(url_of("waiting", cohort.pk)).content.decode()
    assert page.index("Cem") < page.index("Waiting, in order")
    asked = organiser.get(url_of("take_off", cem.pk)).content.decode()
    assert "A place is kept for them until" in asked
    assert "Take Cem off the list" in asked
    organiser.post(url_of("take_off", cem.pk))
    assert [entry.state for entry in cohort.waiting.order_by("pk")] == [
        "offered",
        "waiting",
        "declined",
    ]
    for verb in ("take_off", "give_next"):
        again = organiser.post(url_of(verb, cem.pk), follow=True)
        assert "no longer waiting: nothing was changed" in again.content.decode()
