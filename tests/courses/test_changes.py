"""What people change by their private link: asked first, done by POST, said in plain words."""

from datetime import timedelta

import pytest
from django.test import Client

from courses.enums import InvoiceState, PlaceState
from courses.models import Booking, Cohort, OutboxMessage, Place
from courses.services import (
    cancel_booking,
)
from tests.courses.changing import NEW, address, begin, changes_of, form, person, words
from tests.courses.factories import (
    make_cohort,
    make_programme,
    make_registration,
)

ONE, TWO = "one@school.example", "two@school.example"


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
