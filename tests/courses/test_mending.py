"""What organisers mend: a wrong address, a lost confirmation, a turn on the waiting list."""

import pytest
from django.contrib.auth.models import User
from wagtail.models import ModelLogEntry

from courses.enums import PlaceState, WaitingState
from courses.models import Cohort, OutboxMessage, Place, WaitingEntry
from courses.services import Attendee, NothingToChange, cancel_place, join_waiting_list
from courses.services.corrections import confirm_again, correct_person
from courses.services.turns import give_next_place, take_off_list
from tests.courses.factories import make_organiser, make_registration


@pytest.fixture
def by(cohort: Cohort) -> User:
    return make_organiser()


@pytest.fixture
def place(cohort: Cohort) -> Place:
    return make_registration(cohort, "wrnog@school.example").booking.places.get()


def mails_to(address: str) -> list[str]:
    rows = OutboxMessage.objects.filter(to=address).order_by("pk")
    return [f"{kind} {state}" for kind, state in rows.values_list("kind", "state")]


def test_a_corrected_address_gets_the_place_and_the_old_one_hears_nothing(
    place: Place, by: User
) -> None:
    before = place.token
    correct_person(place=place, person=Attendee("Person 1", "Right@school.example"), by=by)
    place.refresh_from_db()
    assert (place.email, place.state) == ("right@school.example", PlaceState.BOOKED)
    assert place.token != before  # who had the old address no longer opens the page
    assert mails_to("wrnog@school.example") == ["place dropped"]
    assert mails_to("right@school.example") == ["place queued"]


def test_a_corrected_name_sends_nothing(place: Place, by: User) -> None:
    count, before = OutboxMessage.objects.count(), place.token
    correct_person(place=place, person=Attendee("Zoë Person", place.email), by=by)
    place.refresh_from_db()
    assert (place.name, place.token) == ("Zoë Person", before)
    assert OutboxMessage.objects.count() == count
    assert ModelLogEntry.objects.filter(action="courses.place_corrected").count() == 1


def test_a_correction_to_somebody_known_is_a_second_place(
    cohort: Cohort, place: Place, by: User
) -> None:
    make_registration(cohort, "right@school.example")
    correct_person(place=place, person=Attendee("Person 1", "right@school.example"), by=by)
    place.refresh_from_db()
    assert place.state == PlaceState.REPEATED
    assert mails_to("right@school.example")[-1] == "repeated queued"


def test_the_second_place_of_an_address_takes_over_when_the_first_was_a_mistake(
    cohort: Cohort, place: Place, by: User
) -> None:
    second = make_registration(cohort, place.email).booking.places.get()
    assert second.state == PlaceState.REPEATED
    correct_person(place=place, person=Attendee("Person 1", "right@school.example"), by=by)
    second.refresh_from_db()
    assert second.state == PlaceState.BOOKED


def test_nothing_is_corrected_to_the_same_nor_on_a_cancelled_place(place: Place, by: User) -> None:
    with pytest.raises(NothingToChange):
        correct_person(place=place, person=Attendee(place.name, place.email), by=by)
    cancel_place(place=place, by=by)
    with pytest.raises(NothingToChange):
        correct_person(place=place, person=Attendee("Other", "other@school.example"), by=by)


def test_a_confirmation_is_written_anew(place: Place, by: User) -> None:
    confirm_again(place=place, by=by)
    assert mails_to(place.email) == ["place queued"] * 2
    assert ModelLogEntry.objects.filter(action="courses.place_confirmed").count() == 1


def test_who_is_booked_twice_hears_that_again(cohort: Cohort, place: Place, by: User) -> None:
    second = make_registration(cohort, place.email).booking.places.get()
    confirm_again(place=second, by=by)
    assert mails_to(place.email)[-1] == "repeated queued"


def test_a_cancelled_place_is_not_confirmed(place: Place, by: User) -> None:
    cancel_place(place=place, by=by)
    with pytest.raises(NothingToChange):
        confirm_again(place=place, by=by)


# The waiting list ---------------------------------------------------------------------


def wait(cohort: Cohort, *names: str) -> list[WaitingEntry]:
    Cohort.objects.filter(pk=cohort.pk).update(capacity=1)
    people = [Attendee(name, f"{name}@school.example") for name in names]
    entries = [
        join_waiting_list(cohort_id=cohort.pk, person=person, consent_version="1")
        for person in people
    ]
    return [entry for entry in entries if entry]


def states(*entries: WaitingEntry) -> list[str]:
    for entry in entries:
        entry.refresh_from_db()
    return [entry.state for entry in entries]


def test_the_next_free_place_goes_to_whom_an_organiser_gave_it(place: Place, by: User) -> None:
    first, second, third = wait(place.cohort, "a", "b", "c")
    give_next_place(entry=third, by=by)
    give_next_place(entry=second, by=by)
    entries = WaitingEntry.objects.filter(cohort=place.cohort)
    assert [entry.name for entry in entries.in_turn()] == ["c", "b", "a"]
    for entry in (first, second, third):
        entry.refresh_from_db()
    ahead = [WaitingEntry.objects.ahead_of(entry).count() for entry in (first, second, third)]
    assert ahead == [2, 1, 0]
    cancel_place(place=place, by=by)
    assert states(first, second, third) == ["waiting", "waiting", "offered"]


def test_the_turn_is_given_once_and_only_to_one_who_waits(place: Place, by: User) -> None:
    first, second = wait(place.cohort, "a", "b")
    give_next_place(entry=second, by=by)
    with pytest.raises(NothingToChange):
        give_next_place(entry=second, by=by)
    take_off_list(entry=first, by=by)
    with pytest.raises(NothingToChange):
        give_next_place(entry=first, by=by)


def test_who_is_taken_off_the_list_gives_the_offer_on(place: Place, by: User) -> None:
    first, second = wait(place.cohort, "a", "b")
    cancel_place(place=place, by=by)
    take_off_list(entry=first, by=by)
    assert states(first, second) == [WaitingState.DECLINED, WaitingState.OFFERED]
    with pytest.raises(NothingToChange):
        take_off_list(entry=first, by=by)
    assert ModelLogEntry.objects.filter(action="courses.waiting_removed").count() == 1
