"""What happens to a place after it was booked."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from courses.enums import BookingState, PlaceState
from courses.models import Booking, Cohort, OutboxMessage, Place
from courses.services import (
    Attendee,
    CohortFull,
    NothingToChange,
    RegistrationClosed,
    TooLate,
    TooManyPeople,
    add_person,
    cancel_booking,
    cancel_place,
    move_place,
    swap_person,
)
from tests.courses.factories import (
    at,
    make_cohort,
    make_organiser,
    make_programme,
    make_registration,
)

ONE, TWO, KNOWN = "one@school.example", "two@school.example", "known@school.example"
THIRD = Attendee("Third", "three@school.example")


def seats(cohort: Cohort) -> int:
    return Cohort.objects.values_list("seats_taken", flat=True).get(pk=cohort.pk)


def place_of(booking: Booking, email: str = ONE) -> Place:
    return booking.places.get(email=email)


def mails(**wanted: Any) -> list[str]:
    return sorted(OutboxMessage.objects.filter(**wanted).values_list("kind", flat=True))


@pytest.fixture
def booking(cohort: Cohort) -> Booking:
    made = make_registration(cohort, ONE, TWO).booking
    OutboxMessage.objects.all().delete()
    return made


def test_a_place_given_up_frees_its_seat_and_tells_its_person(
    cohort: Cohort, booking: Booking
) -> None:
    cancel_place(place=place_of(booking))
    assert seats(cohort) == 1
    assert place_of(booking).state == PlaceState.CANCELLED
    assert mails(to=ONE) == ["place_cancelled"]
    booking.refresh_from_db()
    assert booking.state == BookingState.BOOKED


def test_a_booking_nobody_is_left_of_is_cancelled_and_not_invoiced(booking: Booking) -> None:
    for place in booking.places.all():
        cancel_place(place=place)
    booking.refresh_from_db()
    assert (booking.state, booking.invoice_state) == (BookingState.CANCELLED, "nothing")
    assert booking.cancelled_at is not None


def test_a_booking_is_cancelled_as_a_whole(cohort: Cohort, booking: Booking) -> None:
    cancel_booking(booking=booking)
    booking.refresh_from_db()
    assert (booking.state, seats(cohort)) == (BookingState.CANCELLED, 0)
    assert mails(kind="place_cancelled") == ["place_cancelled", "place_cancelled"]


def test_a_place_is_cancelled_once(cohort: Cohort, booking: Booking) -> None:
    twice = place_of(booking), place_of(booking)
    cancel_place(place=twice[0])
    with pytest.raises(NothingToChange):
        cancel_place(place=twice[1])
    assert seats(cohort) == 1


def test_a_cohort_that_has_begun_is_changed_by_organisers_alone(booking: Booking) -> None:
    later = timezone.now() + timedelta(days=31)
    with pytest.raises(TooLate):
        cancel_place(place=place_of(booking), now=later)
    cancel_place(place=place_of(booking), now=later, by=make_organiser())
    assert place_of(booking).state == PlaceState.CANCELLED


def test_a_name_is_swapped_until_the_last_session_and_the_old_address_closes(
    cohort: Cohort, booking: Booking
) -> None:
    place = place_of(booking)
    before = place.token
    later = timezone.now() + timedelta(days=40)
    swap_person(place=place, person=Attendee("Colleague", "Three@School.Example"), now=later)
    place.refresh_from_db()
    assert (place.email, seats(cohort)) == ("three@school.example", 2)
    assert place.token != before
    assert mails(to=ONE) == ["place_cancelled"]
    assert mails(to="three@school.example") == ["place"]
    with pytest.raises(TooLate):
        swap_person(place=place, person=Attendee("X", ONE), now=later + timedelta(days=60))


def test_a_corrected_name_is_no_goodbye(booking: Booking) -> None:
    swap_person(place=place_of(booking), person=Attendee("Another spelling", ONE))
    assert mails(to=ONE) == ["place"]


def test_a_place_moves_with_its_address_and_both_counters(cohort: Cohort, booking: Booking) -> None:
    other, place = make_cohort(cohort.programme), place_of(booking)
    token = place.token
    move_place(place=place, to_cohort_id=other.pk)
    place.refresh_from_db()
    assert (place.cohort_id, place.token) == (other.pk, token)
    assert (seats(cohort), seats(other)) == (1, 1)
    assert mails(to=ONE) == ["place_changed"]


def test_a_place_does_not_move_to_a_full_cohort(cohort: Cohort, booking: Booking) -> None:
    other = make_cohort(cohort.programme, capacity=1, seats_taken=1)
    with pytest.raises(CohortFull):
        move_place(place=place_of(booking), to_cohort_id=other.pk)
    assert (seats(cohort), seats(other)) == (2, 1)


def test_a_place_does_not_move_to_another_programme_or_to_itself(
    cohort: Cohort, booking: Booking
) -> None:
    for target in (make_cohort(make_programme("Another")), cohort):
        with pytest.raises(NothingToChange):
            move_place(place=place_of(booking), to_cohort_id=target.pk)


def test_only_an_organiser_moves_a_place_to_a_cohort_that_has_begun(
    cohort: Cohort, booking: Booking
) -> None:
    begun = make_cohort(cohort.programme, starts=at(timezone.now() - timedelta(days=1)))
    with pytest.raises(RegistrationClosed):
        move_place(place=place_of(booking), to_cohort_id=begun.pk)
    move_place(place=place_of(booking), to_cohort_id=begun.pk, by=make_organiser())
    assert seats(begun) == 1


def test_a_booking_takes_as_many_as_its_price_covers(cohort: Cohort, booking: Booking) -> None:
    with pytest.raises(TooManyPeople):
        add_person(booking=booking, person=THIRD)
    cancel_place(place=place_of(booking))
    add_person(booking=booking, person=THIRD)
    assert seats(cohort) == 2
    assert mails(to=THIRD.email) == ["place"]


def test_nobody_is_added_to_a_cancelled_booking(booking: Booking) -> None:
    cancel_booking(booking=booking)
    with pytest.raises(NothingToChange):
        add_person(booking=booking, person=THIRD)


@pytest.mark.parametrize("verb", ["swap", "add", "move"])
def test_whoever_has_a_place_already_looks_booked_and_is_told_alone(
    cohort: Cohort, booking: Booking, verb: str
) -> None:
    known = make_registration(cohort, KNOWN).booking
    if verb == "swap":
        place = swap_person(place=place_of(booking), person=Attendee("Known", KNOWN))
    elif verb == "add":
        cancel_place(place=place_of(booking))
        place = add_person(booking=booking, person=Attendee("Known", KNOWN))
    else:
        elsewhere = make_registration(make_cohort(cohort.programme), KNOWN).booking
        place = move_place(place=place_of(elsewhere, KNOWN), to_cohort_id=cohort.pk)
    place.refresh_from_db()
    assert place.state == PlaceState.REPEATED
    assert place_of(known, KNOWN).state == PlaceState.BOOKED


def test_a_second_place_takes_the_part_of_the_first_when_that_goes(cohort: Cohort) -> None:
    first, second = (make_registration(cohort, ONE).booking for _ in range(2))
    OutboxMessage.objects.all().delete()
    cancel_place(place=place_of(first))
    assert place_of(second).state == PlaceState.BOOKED
    assert mails(to=ONE) == ["place"]
    assert seats(cohort) == 1


def test_every_change_stands_in_the_history_with_who_made_it_and_without_names(
    booking: Booking,
) -> None:
    user = make_organiser()
    cancel_place(place=place_of(booking), by=user)
    entry = ModelLogEntry.objects.get(action="courses.place_cancelled")
    assert entry.user == user
    assert "school.example" not in str(entry.data)


def test_somebody_booked_twice_who_moves_gets_the_mail_of_the_place_that_stays(
    cohort: Cohort, booking: Booking
) -> None:
    second = make_registration(cohort, ONE).booking.places.get()
    move_place(place=place_of(booking), to_cohort_id=make_cohort(cohort.programme).pk)
    second.refresh_from_db()
    assert second.state == PlaceState.BOOKED
    assert mails(place=second) == ["place", "repeated"]
