"""Who booked for others hears of what a person changes by their own private link."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse

from courses.enums import InvoiceState
from courses.models import Booking, Cohort, OutboxMessage, Place
from courses.office.deeds import Deed, Outcome, perform, stamp, with_stamp
from courses.services import Attendee, cancel_booking, cancel_place, move_place, swap_person
from privacy.erasing import erase_person
from tests.courses.changing import form, words
from tests.courses.factories import make_organiser, make_registration

ONE, TWO, OFFICE = "one@school.example", "two@school.example", "office@school.example"
NEW = Attendee("New colleague", "new@school.example")
Verb = Callable[[Place, Cohort], object]

OWN: dict[str, Verb] = {
    "cancel": lambda place, other: cancel_place(place=place, link=place.token),
    "swap": lambda place, other: swap_person(place=place, person=NEW, link=place.token),
    "move": lambda place, other: move_place(place=place, to_cohort_id=other.pk, link=place.token),
}
verbs = pytest.mark.parametrize("verb", list(OWN))


@pytest.fixture
def booking(cohort: Cohort) -> Booking:
    made = make_registration(cohort, ONE, TWO).booking
    OutboxMessage.objects.all().delete()
    return made


def told() -> list[OutboxMessage]:
    return list(OutboxMessage.objects.filter(to=OFFICE).order_by("pk"))


@verbs
def test_the_booker_is_told_once_who_changed_what(place: Place, other: Cohort, verb: str) -> None:
    name = place.name
    OWN[verb](place, other)
    (mail,) = told()
    said = {
        "cancel": f"{name} ({ONE}) has given up the place.",
        "swap": f"{ONE} has given the place to New colleague.",
        "move": f"{name} ({ONE}) has moved to {other.dated_title}.",
    }[verb]
    assert mail.kind == "booking_changed"
    assert said in mail.text
    assert said in mail.html


def test_the_mail_says_who_has_a_place_now_and_where(place: Place, other: Cohort) -> None:
    move_place(place=place, to_cohort_id=other.pk, link=place.token)
    (mail,) = told()
    assert "It is now for two people" in mail.text
    assert f"{ONE}, on {other.dated_title}" in mail.text
    assert f"- {place.booking.places.get(email=TWO).name}, {TWO}\n" in mail.text


def test_a_mail_to_the_booker_has_no_joining_link(place: Place, other: Cohort) -> None:
    move_place(place=place, to_cohort_id=other.pk, link=place.token)
    assert "Join" not in told()[0].text


def test_with_the_last_place_the_booking_is_cancelled_and_the_mail_says_so(
    booking: Booking,
) -> None:
    for place in booking.places.all():
        cancel_place(place=place, link=place.token)
    last = told()[-1]
    assert last.subject.startswith(f"Your booking {booking.reference} is cancelled")
    assert "so it is cancelled. There is nothing to pay." in last.text
    assert "The sessions" not in last.text
    assert "Your booking is cancelled" in last.html


def test_an_invoice_that_was_sent_is_not_said_to_be_gone(booking: Booking) -> None:
    Booking.objects.filter(pk=booking.pk).update(invoice_state=InvoiceState.SENT)
    for place in booking.places.all():
        cancel_place(place=place, link=place.token)
    assert "About the invoice we write to you separately." in told()[-1].text


def change(place: Place, other: Cohort, verb: str, by: object) -> None:
    """By an organiser, or by the booker's own link."""
    if verb == "cancel":
        cancel_place(place=place, by=by)
    elif verb == "swap":
        swap_person(place=place, person=NEW, by=by)
    else:
        move_place(place=place, to_cohort_id=other.pk, by=by)


@verbs
def test_what_the_booker_does_is_no_news_to_the_booker(
    place: Place, other: Cohort, verb: str
) -> None:
    change(place, other, verb, None)
    assert told() == []


@verbs
def test_what_an_organiser_does_is_told_to_the_booker(
    place: Place, other: Cohort, verb: str
) -> None:
    name = place.name
    change(place, other, verb, make_organiser())
    (mail,) = told()
    said = {
        "cancel": f"We have cancelled the place of {name} ({ONE}).",
        "swap": f"We have given the place of {name} ({ONE}) to New colleague.",
        "move": f"We have moved {name} ({ONE}) to {other.dated_title}.",
    }[verb]
    assert said in mail.text
    assert said in mail.html


def perform_on(deed: Deed, places: QuerySet[Place], **fields: Any) -> list[Outcome]:
    stamps = {place.pk: stamp(place) for place in with_stamp(places)}
    return perform(deed, stamps, by=make_organiser(), **fields)


@pytest.mark.parametrize("deed", [Deed.CANCEL, Deed.MOVE])
def test_who_booked_for_several_gets_one_mail_about_them_all(
    cohort: Cohort, booking: Booking, other: Cohort, deed: Deed
) -> None:
    far = Attendee("Far manager", "far-office@school.example")
    make_registration(cohort, "far@school.example", booker=far)
    OutboxMessage.objects.all().delete()
    places = Place.objects.filter(cohort=cohort)
    names = {place.email: place.name for place in places}
    done = perform_on(deed, places, to=other)
    assert [outcome.problem for outcome in done] == [""] * 3
    (mail,) = told()
    for email in (ONE, TWO):
        assert f"{names[email]} ({email})" in mail.text
        assert f"{names[email]} ({email})" in mail.html
    assert "far@school.example" not in mail.text
    assert OutboxMessage.objects.filter(to="far-office@school.example").count() == 1


def test_the_one_mail_names_nobody_whose_place_stays(booking: Booking, other: Cohort) -> None:
    Cohort.objects.filter(pk=other.pk).update(capacity=1)
    done = perform_on(Deed.MOVE, booking.places.all(), to=other)
    assert [bool(outcome.problem) for outcome in done] == [False, True]
    (mail,) = told()
    assert "We have moved" in mail.text
    assert mail.text.count("We have moved") == 1
    assert booking.places.filter(cohort=other).count() == 1


def test_when_the_booker_cannot_be_told_the_places_stay(
    booking: Booking, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**fields: Any) -> None:
        raise DatabaseError("The disk is full.")

    monkeypatch.setattr("courses.office.deeds.tell_booker", fail)
    done = perform_on(Deed.CANCEL, booking.places.all(), to=None)
    assert {outcome.problem for outcome in done} == {"The database refused it. Try it again."}
    assert set(booking.places.values_list("state", flat=True)) == {"booked"}
    assert not OutboxMessage.objects.exists()


def test_who_cancels_a_whole_booking_gets_it_in_writing(booking: Booking) -> None:
    cancel_booking(booking=booking)
    (mail,) = told()
    assert mail.subject.startswith(f"Your booking {booking.reference} is cancelled")
    assert "There is nothing to pay." in mail.text


@verbs
def test_a_booker_who_attends_is_not_told_of_their_own_change(
    cohort: Cohort, other: Cohort, verb: str
) -> None:
    own = make_registration(cohort, OFFICE, TWO).booking.places.get(email=OFFICE)
    OWN[verb](own, other)
    assert not OutboxMessage.objects.filter(kind="booking_changed")


def test_a_person_reads_before_the_button_that_the_booker_is_told(
    client: Client, place: Place, other: Cohort
) -> None:
    booker = place.booking.booker_name
    for what in ("cancel", "swap", "move"):
        own = client.get(reverse(f"courses:{what}", args=[place.token]))
        named = client.get(reverse(f"courses:{what}", args=[place.booking.token, place.pk]))
        assert f"{booker}, who booked it, gets a mail too." in words(own)
        assert "gets a mail too" not in words(named)


def test_a_private_link_tells_the_booker_and_the_bookers_own_link_does_not(
    client: Client, booking: Booking, place: Place
) -> None:
    second = booking.places.get(email=TWO)
    client.post(reverse("courses:cancel", args=[booking.token, second.pk]), form())
    assert told() == []
    client.post(reverse("courses:cancel", args=[place.token]), form())
    assert len(told()) == 1


def test_somebody_who_gave_their_place_away_is_erased_from_the_bookers_mail(place: Place) -> None:
    name = place.name
    swap_person(place=place, person=NEW, link=place.token)
    erase_person(address=ONE)
    (mail,) = told()
    assert ONE not in mail.text
    assert name not in mail.text
