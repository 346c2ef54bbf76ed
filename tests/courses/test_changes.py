"""What people change by their private link: asked first, done by POST, said in plain words."""

import re
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db.models import F
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from core import guard
from core.models import Tally
from courses.enums import InvoiceState, PlaceState
from courses.models import Booking, Certificate, Cohort, Organisation, OutboxMessage, Place, Session
from courses.services import (
    Attendee,
    OrganisationDetails,
    cancel_booking,
    cancel_place,
    swap_person,
)
from tests.courses.factories import (
    make_cohort,
    make_price,
    make_programme,
    make_registration,
    opened_earlier,
)
from tests.courses.hostile import HOSTILE

Queries = Callable[[int], AbstractContextManager[Any]]

ONE, TWO, NEW = "one@school.example", "two@school.example", "new@school.example"


@pytest.fixture
def booking(cohort: Cohort) -> Booking:
    return make_registration(cohort, ONE, TWO).booking


@pytest.fixture
def place(booking: Booking) -> Place:
    return booking.places.get(email=ONE)


@pytest.fixture
def other(cohort: Cohort) -> Cohort:
    return make_cohort(cohort.programme, term="Summer term 2027")


def form(**fields: Any) -> dict[str, Any]:
    return {"website": "", "opened": opened_earlier(), "key": str(uuid4()), **fields}


def person(name: str = "New person", email: str = NEW) -> dict[str, Any]:
    return form(name=name, email=email)


def address(what: str, *args: Any) -> str:
    return reverse(f"courses:{what}", args=args)


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split("<main")[1].split("</main>")[0].split())


def begin(cohort: Cohort, *, ago: timedelta = timedelta(days=1)) -> None:
    """The first session was `ago`; the others keep their distance."""
    first = cohort.dated[0].starts_at
    shift = timezone.now() - ago - first
    sessions = Session.objects.filter(cohort=cohort)
    sessions.update(starts_at=F("starts_at") + shift, ends_at=F("ends_at") + shift)


def changes_of(booking: Booking) -> list[str]:
    """Every page of a change, as the booker and as a person."""
    place = booking.places.all()[0]
    own = [address(what, place.token) for what in ("swap", "move", "cancel")]
    named = [address(what, booking.token, place.pk) for what in ("swap", "move", "cancel")]
    whole = [address(what, booking.token) for what in ("add", "order", "cancel")]
    return [*own, *named, *whole]


# What each does ----------------------------------------------------------------------------------


def test_a_booker_adds_a_colleague_while_the_price_covers_one_more(
    client: Client, cohort: Cohort
) -> None:
    booking = make_registration(cohort, ONE).booking
    assert "The price covers one more person" in words(client.get(booking.url))
    answer = client.post(address("add", booking.token), person())
    assert answer["Location"] == f"{booking.url}?done=added"
    page = words(client.get(answer["Location"]))
    assert "Two people are registered" in page
    assert "Your colleague is on the booking" in page
    assert "The price covers" not in page
    assert OutboxMessage.objects.filter(to=NEW, kind="place").count() == 1


def test_a_form_that_adds_somebody_sent_twice_adds_them_once(
    client: Client, cohort: Cohort
) -> None:
    cohort.price.places_included = 5
    cohort.price.save()
    booking = make_registration(cohort, ONE).booking
    sent = person()
    first = client.post(address("add", booking.token), sent)
    second = client.post(address("add", booking.token), sent)
    assert (first["Location"], second["Location"]) == (
        f"{booking.url}?done=added",
        f"{booking.url}?done=already",
    )
    assert booking.places.count() == 2


def test_a_booker_changes_a_name(client: Client, booking: Booking, place: Place) -> None:
    answer = client.post(address("swap", booking.token, place.pk), person())
    assert answer["Location"] == f"{booking.url}?done=swapped"
    page = words(client.get(booking.url))
    assert NEW in page
    assert ONE not in page


def test_a_person_gives_their_place_away_and_their_link_opens_nothing(
    client: Client, place: Place
) -> None:
    answer = client.post(address("swap", place.token), person())
    assert answer["Location"] == "/training/given/"
    assert "The place is your colleague" in words(client.get(answer["Location"]))
    assert client.get(place.url).status_code == 404
    assert Place.objects.get(pk=place.pk).email == NEW


def test_a_person_who_corrects_their_name_stays_on_their_page(client: Client, place: Place) -> None:
    answer = client.post(address("swap", place.token), person("Right name", ONE))
    assert "Right name" in words(client.get(answer["Location"]))


def test_a_name_that_is_on_the_booking_already_changes_nothing(
    client: Client, booking: Booking, place: Place
) -> None:
    answer = client.post(address("swap", booking.token, place.pk), person("Two", TWO))
    assert answer["Location"] == f"{booking.url}?done=already"
    assert Place.objects.get(pk=place.pk).email == ONE


def test_a_place_moves_to_a_cohort_of_the_list_with_its_dates_and_places(
    client: Client, place: Place, other: Cohort
) -> None:
    asked = words(client.get(address("move", place.token)))
    assert "Summer term 2027" in asked
    assert "24 of 24 places left" in asked
    assert asked.count('class="dates"') == 2
    answer = client.post(address("move", place.token), form(cohort=other.pk))
    assert answer["Location"] == f"{place.url}?done=moved"
    assert Place.objects.get(pk=place.pk).cohort == other


def test_a_booker_sees_who_is_on_which_cohort(
    client: Client, booking: Booking, place: Place, other: Cohort
) -> None:
    client.post(address("move", booking.token, place.pk), form(cohort=other.pk))
    page = words(client.get(booking.url))
    assert page.count(other.dated_title) == 2
    assert page.count(booking.cohort.dated_title) == 2


def test_the_dates_of_a_booking_whose_people_all_moved_are_the_new_ones(
    client: Client, booking: Booking, other: Cohort
) -> None:
    for each in booking.places.all():
        client.post(address("move", booking.token, each.pk), form(cohort=other.pk))
    file = client.get(address("calendar", booking.token)).content.decode()
    assert str(other.dated[0].uid) in file


@pytest.mark.parametrize("unfit", ["other programme", "full", "own", "unknown", "words", ""])
def test_no_place_moves_where_the_list_does_not_lead(
    client: Client, place: Place, unfit: str
) -> None:
    programme = make_programme("Another programme")
    elsewhere = make_cohort(programme)
    full = make_cohort(place.cohort.programme, seats_taken=24)
    targets = {
        "other programme": elsewhere.pk,
        "full": full.pk,
        "own": place.cohort_id,
        "unknown": 10**12,
    }
    make_cohort(place.cohort.programme)
    answer = client.post(address("move", place.token), form(cohort=str(targets.get(unfit, unfit))))
    assert answer.status_code == 422
    assert 'href="#cohort_0"' in words(answer)
    assert Place.objects.get(pk=place.pk).cohort_id == place.cohort_id


def test_where_nothing_is_open_the_page_says_so(client: Client, place: Place) -> None:
    asked = words(client.get(address("move", place.token)))
    assert "No other cohort of this programme has a place now" in asked
    assert "<form" not in asked
    assert address("move", place.token) not in words(client.get(place.url))


def test_a_person_cancels_and_their_page_says_so(client: Client, place: Place) -> None:
    answer = client.post(address("cancel", place.token), form())
    assert "Your place is cancelled" in words(client.get(answer["Location"]))
    assert Place.objects.get(pk=place.pk).state == PlaceState.CANCELLED


def test_a_booker_cancels_one_and_then_all(client: Client, booking: Booking, place: Place) -> None:
    client.post(address("cancel", booking.token, place.pk), form())
    assert "One person is registered" in words(client.get(booking.url))
    answer = client.post(address("cancel", booking.token), form())
    page = words(client.get(answer["Location"]))
    assert "This booking is cancelled" in page
    booking.refresh_from_db()
    assert (booking.state, booking.invoice_state) == ("cancelled", "nothing")


def test_cancelling_says_first_what_it_does_to_the_price(
    client: Client, booking: Booking, place: Place
) -> None:
    one = address("cancel", booking.token, place.pk)
    assert "The price stays £500" in words(client.get(one))
    assert "No invoice will come" in words(client.get(address("cancel", booking.token)))
    Booking.objects.filter(pk=booking.pk).update(invoice_state=InvoiceState.SENT)
    assert "has been sent already" in words(client.get(address("cancel", booking.token)))
    assert "£500" not in words(client.get(address("cancel", place.token)))


def test_a_booker_changes_the_purchase_order_until_the_invoice_is_sent(
    client: Client, booking: Booking
) -> None:
    answer = client.post(address("order", booking.token), form(order="PO 99"))
    page = words(client.get(answer["Location"]))
    assert "PO 99" in page
    assert "Change the purchase order" in page
    Booking.objects.filter(pk=booking.pk).update(invoice_state=InvoiceState.SENT)
    assert "Change the purchase order" not in words(client.get(booking.url))
    late = client.post(address("order", booking.token), form(order="PO 100"))
    assert "It is too late to change this here" in words(late)
    booking.refresh_from_db()
    assert booking.purchase_order == "PO 99"


def test_the_same_purchase_order_again_changes_nothing(client: Client, booking: Booking) -> None:
    answer = client.post(address("order", booking.token), form(order="PO 12"))
    assert answer["Location"].endswith("?done=already")


# When it is too late -----------------------------------------------------------------------------


def test_once_it_has_begun_only_names_change(
    client: Client, booking: Booking, place: Place, other: Cohort
) -> None:
    begin(booking.cohort)
    page = words(client.get(place.url))
    assert address("swap", place.token) in page
    assert address("move", place.token) not in page
    assert address("cancel", place.token) not in page
    for what, sent in (("move", form(cohort=other.pk)), ("cancel", form())):
        asked = client.get(address(what, place.token))
        assert "It is too late to change this here" in words(asked)
        assert "<form" not in words(asked)
        assert "It is too late" in words(client.post(address(what, place.token), sent))
    assert client.post(address("swap", place.token), person())["Location"] == "/training/given/"


def test_after_the_last_session_nothing_changes(
    client: Client, booking: Booking, place: Place
) -> None:
    begin(booking.cohort, ago=timedelta(days=60))
    assert "If something changes" not in words(client.get(place.url))
    for url in changes_of(booking)[:6]:
        assert "It is too late" in words(client.get(url))


def test_what_was_done_meanwhile_is_said_and_not_done_again(
    client: Client, booking: Booking
) -> None:
    cancel_booking(booking=booking)
    answer = client.post(address("cancel", booking.token), form())
    assert "That had been done before" in words(client.get(answer["Location"]))


def test_a_booking_that_is_full_says_how_many_the_price_covers(
    client: Client, booking: Booking
) -> None:
    answer = client.post(address("add", booking.token), person())
    assert answer.status_code == 422
    assert "One booking covers one to 2 people" in words(answer)
    assert NEW in words(answer)


def test_a_seat_that_went_meanwhile_is_said_and_what_was_typed_stays(
    client: Client, cohort: Cohort
) -> None:
    booking = make_registration(cohort, ONE).booking
    Cohort.objects.filter(pk=cohort.pk).update(seats_taken=24)
    answer = client.post(address("add", booking.token), person())
    assert "The last place on it has just gone" in words(answer)
    assert 'value="New person"' in words(answer)


# Who may, and what keeps robots out --------------------------------------------------------------


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
