"""Who changes what by a private link, what keeps robots out, and what the pages say."""

import re
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import NoReverseMatch
from django.utils import timezone

from core import guard
from core.models import Tally
from courses.enums import PlaceState
from courses.models import Booking, Certificate, Cohort, Organisation, OutboxMessage, Place
from courses.services import (
    Attendee,
    OrganisationDetails,
    cancel_place,
    swap_person,
)
from tests.courses.changing import NEW, address, changes_of, form, person, words
from tests.courses.factories import (
    make_cohort,
    make_price,
    make_registration,
)
from tests.courses.hostile import HOSTILE

Queries = Callable[[int], AbstractContextManager[Any]]

ONE, TWO = "one@school.example", "two@school.example"


def test_asking_changes_nothing(client: Client, booking: Booking, other: Cohort) -> None:
    before = list(Place.objects.values_list("name", "email", "state", "cohort", "token"))
    for url in changes_of(booking):
        assert client.get(url).status_code == 200
        assert client.head(url).status_code == 200
        assert client.put(url).status_code == 405
    assert list(Place.objects.values_list("name", "email", "state", "cohort", "token")) == before
    assert Booking.objects.get().state == "booked"


def test_every_change_is_kept_by_nobody_and_sets_no_cookie(
    client: Client, booking: Booking, other: Cohort
) -> None:
    for url in changes_of(booking):
        for answer in (client.get(url), client.post(url, form())):
            assert "no-store" in answer["Cache-Control"]
            assert "noindex" in answer["X-Robots-Tag"]
            assert answer["Referrer-Policy"] == "same-origin"
    assert not client.cookies


def test_a_person_reaches_nobody_else_and_a_booker_only_their_own(
    client: Client, booking: Booking, place: Place
) -> None:
    colleague = booking.places.get(email=TWO)
    stranger = make_registration(booking.cohort, "else@school.example").booking.places.get()
    for what in ("swap", "move", "cancel"):
        for url in (
            address(what, place.token, colleague.pk),
            address(what, place.token, place.pk),
            address(what, booking.token, stranger.pk),
            address(what, booking.token, 10**30),
            address(what, "guessed"),
        ):
            assert client.get(url).status_code == 404
            assert client.post(url, form()).status_code == 404
    for what in ("add", "order"):
        assert client.get(address(what, place.token)).status_code == 404
    assert client.get(address("swap", booking.token)).status_code == 404
    assert Place.objects.filter(state=PlaceState.BOOKED).count() == 3


def test_links_that_open_nothing_all_say_the_same(client: Client, place: Place) -> None:
    old = place.url
    swap_person(place=place, person=Attendee("New", NEW))
    cancelled = address("swap", place.token)
    cancel_place(place=place)
    pages = [client.get(url) for url in (old, cancelled, "/training/booking/guessed/")]
    assert [page.status_code for page in pages] == [404, 404, 404]
    assert len({words(page) for page in pages}) == 1


@pytest.mark.parametrize(
    ("fields", "headers", "said"),
    [
        ({"website": "https://buy.example"}, {}, "only robots fill it"),
        ({"opened": "forged"}, {}, "could not be checked"),
        ({}, {"Sec-Fetch-Site": "cross-site"}, "another site"),
        ({}, {"Origin": "https://evil.example"}, "another site"),
    ],
)
def test_no_change_is_made_by_robots_or_from_other_sites(
    client: Client, booking: Booking, fields: dict[str, str], headers: dict[str, str], said: str
) -> None:
    other = make_cohort(booking.cohort.programme)
    OutboxMessage.objects.all().delete()
    sent = {**person(), "order": "PO 99", "cohort": other.pk, **fields}
    for url in changes_of(booking):
        answer = client.post(url, sent, headers=headers)
        assert (answer.status_code, said in words(answer)) == (422, True), url
    assert not OutboxMessage.objects.exists()


def test_a_change_sent_within_a_second_is_asked_to_press_again(
    client: Client, place: Place
) -> None:
    hasty = form(opened=guard.stamp(time.time()))
    assert "faster than anybody can write" in words(
        client.post(address("cancel", place.token), hasty)
    )
    assert Place.objects.get(pk=place.pk).state == PlaceState.BOOKED


def test_nobody_is_written_to_without_end(client: Client, booking: Booking, place: Place) -> None:
    """One link cannot be used to fill a stranger's letterbox."""
    url, back = address("swap", booking.token, place.pk), person("Back", "back@school.example")
    for _ in range(guard.BY_EMAIL.most):
        assert client.post(url, person()).status_code == 302
        Place.objects.filter(pk=place.pk).update(email=back["email"])
    assert "Too many forms" in words(client.post(url, person()))


def test_a_known_address_gets_the_answer_of_an_unknown_one(
    client: Client, cohort: Cohort, booking: Booking
) -> None:
    make_registration(cohort, "known@school.example")
    pages = []
    for email in ("known@school.example", "other@school.example"):
        mine = make_registration(cohort, f"{uuid4()}@school.example").booking
        place = mine.places.get()
        answer = client.post(address("swap", mine.token, place.pk), person("Same", email))
        page = words(client.get(answer["Location"]))
        pages.append(re.sub(r"(known|other)@|OS-\w+|booking/[\w-]+(/\d+)?", "", page))
    assert pages[0] == pages[1]


# Words -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words_", HOSTILE[::97])
def test_no_words_break_a_change(client: Client, booking: Booking, words_: str) -> None:
    for url in changes_of(booking)[:8]:
        for name in ("name", "email", "order", "cohort", "opened", "key"):
            Tally.objects.all().delete()  # the limit an hour is not what is tried here
            answer = client.post(url, {**person(), **form(**{name: words_})})
            assert answer.status_code in (302, 404, 422)
            assert b"<script>alert" not in answer.content
    assert not OutboxMessage.objects.filter(subject__contains="\n").exists()


def test_what_is_missing_is_said_and_leads_to_its_field(client: Client, place: Place) -> None:
    answer = client.post(address("swap", place.token), person("", "no-address"))
    assert answer.status_code == 422
    page = words(answer)
    assert 'href="#name">Give the name of your colleague' in page
    assert 'href="#email">E-mail: the address needs an @' in page
    assert 'value="no-address"' in page


def test_a_done_that_nobody_wrote_says_nothing(client: Client, booking: Booking) -> None:
    page = words(client.get(f"{booking.url}?done=%3Cscript%3E"))
    assert 'role="status"' not in page


def test_a_certificate_stands_on_the_page_of_its_person_until_it_is_withdrawn(
    client: Client, place: Place
) -> None:
    assert "Certificate" not in words(client.get(place.url))
    certificate = Certificate.objects.create(
        place=place, name="One", programme="Organising", cohort="Spring", minutes=600
    )
    try:
        url = certificate.url
    except NoReverseMatch:
        pytest.skip("certificates have no page yet")
    assert url in words(client.get(place.url))
    assert "Certificate" not in words(client.get(place.booking.url))
    Certificate.objects.update(withdrawn_at=timezone.now())
    assert "Certificate" not in words(client.get(place.url))


def test_the_kind_of_an_organisation_is_kept_when_it_is_new(cohort: Cohort) -> None:
    details = OrganisationDetails("Sample college", "LS1 1AA", type="college")
    make_registration(cohort, ONE, organisation=details)
    assert Organisation.objects.get(name="Sample college").type == "college"


def test_a_free_booking_has_no_purchase_order_to_change(client: Client, cohort: Cohort) -> None:
    price = make_price(cohort.programme, amount=0, member_waiver=False)
    free = make_cohort(cohort.programme, price=price)
    booking = make_registration(free, ONE).booking
    assert "Purchase order" not in words(client.get(booking.url))
    assert "It is too late" in words(client.get(address("order", booking.token)))


def test_the_bookers_page_costs_the_same_queries_with_one_person_and_with_many(
    client: Client, cohort: Cohort, other: Cohort, django_assert_num_queries: Queries
) -> None:
    cohort.price.places_included = 30
    cohort.price.save()
    Cohort.objects.update(capacity=None)
    one = make_registration(cohort, ONE).booking
    many = make_registration(cohort, *[f"{number}@b.example" for number in range(20)]).booking
    client.get(one.url)
    for booking in (one, many):
        with django_assert_num_queries(BOOKING_QUERIES):
            client.get(booking.url)


BOOKING_QUERIES = 12  # with settings and navigation, which every page needs
