from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from courses.models import Booking, Cohort, Organisation, OutboxMessage, Place
from courses.services import (
    CohortFull,
    KeyUsedBefore,
    OrganisationDetails,
    RegistrationClosed,
    TooManyPeople,
    register,
)
from courses.services.seats import take_seats
from tests.courses.factories import at, make_cohort, make_order, make_registration


def test_registering_takes_seats_and_writes_places_and_a_mail_for_each(cohort: Cohort) -> None:
    result = make_registration(cohort, "one@school.example", "two@school.example")
    cohort.refresh_from_db()
    assert result.is_new
    assert cohort.seats_taken == 2
    assert [place.email for place in result.booking.places.all()] == [
        "one@school.example",
        "two@school.example",
    ]
    mails = OutboxMessage.objects.order_by("pk").values_list("kind", "to")
    assert list(mails) == [
        ("booking", "office@school.example"),
        ("place", "one@school.example"),
        ("place", "two@school.example"),
    ]


def test_the_price_at_the_time_of_booking_is_kept(cohort: Cohort) -> None:
    booking = make_registration(cohort).booking
    cohort.price.amount = 900
    cohort.price.save()
    booking.refresh_from_db()
    assert booking.price_words == "£500"


def test_an_organisation_that_pays_dues_pays_nothing(cohort: Cohort) -> None:
    member = OrganisationDetails("Sample primary", "LS1 1AA", claims_membership=True)
    booking = make_registration(cohort, organisation=member).booking
    assert (booking.price_words, booking.claims_membership) == ("Nothing", True)
    assert not booking.organisation.is_member  # what it says is not what was checked


def test_the_same_form_sent_twice_makes_one_booking(cohort: Cohort) -> None:
    order, key = make_order(), str(uuid4())
    first = register(cohort_id=cohort.pk, order=order, key=key)
    second = register(cohort_id=cohort.pk, order=order, key=key)
    assert (first.is_new, second.is_new) == (True, False)
    assert first.booking == second.booking
    assert (Booking.objects.count(), OutboxMessage.objects.count()) == (1, 2)


def test_the_same_form_sent_again_is_answered_when_it_took_the_last_place(
    cohort: Cohort,
) -> None:
    Cohort.objects.filter(pk=cohort.pk).update(capacity=1)
    order, key = make_order(), str(uuid4())
    first = register(cohort_id=cohort.pk, order=order, key=key)
    assert register(cohort_id=cohort.pk, order=order, key=key).booking == first.booking


def test_a_key_with_another_order_is_refused(cohort: Cohort) -> None:
    key = str(uuid4())
    register(cohort_id=cohort.pk, order=make_order("one@school.example"), key=key)
    with pytest.raises(KeyUsedBefore):
        register(cohort_id=cohort.pk, order=make_order("two@school.example"), key=key)


def test_too_few_seats_refuse_the_whole_booking(cohort: Cohort) -> None:
    Cohort.objects.filter(pk=cohort.pk).update(seats_taken=23)
    with pytest.raises(CohortFull) as refusal:
        make_registration(cohort, "one@school.example", "two@school.example")
    cohort.refresh_from_db()
    assert (refusal.value.left, cohort.seats_taken) == (1, 23)
    assert not Place.objects.exists()
    assert not OutboxMessage.objects.exists()
    assert not Booking.objects.exists()


def test_a_cohort_without_limit_takes_everybody(cohort: Cohort) -> None:
    Cohort.objects.filter(pk=cohort.pk).update(capacity=None, seats_taken=1000)
    make_registration(cohort)
    cohort.refresh_from_db()
    assert cohort.seats_taken == 1001


def test_a_key_that_booked_another_cohort_is_refused(cohort: Cohort) -> None:
    other = make_cohort(cohort.programme)
    register(cohort_id=cohort.pk, order=make_order(), key="one")
    with pytest.raises(KeyUsedBefore):
        register(cohort_id=other.pk, order=make_order(), key="one")
    assert not other.bookings.exists()


def test_somebody_booked_again_however_the_address_is_written_is_told_alone(
    cohort: Cohort,
) -> None:
    first = make_registration(cohort, "one@school.example").booking.places.get()
    again = make_registration(cohort, "two@school.example", "ONE@School.Example ").booking
    states = dict(again.places.values_list("email", "state"))
    cohort.refresh_from_db()
    assert states == {"two@school.example": "booked", "one@school.example": "repeated"}
    assert cohort.seats_taken == 3
    assert first.token in OutboxMessage.objects.get(kind="repeated").text
    to_booker = OutboxMessage.objects.get(kind="booking", booking=again).text
    assert "already" not in to_booker
    assert "one@school.example" in to_booker


def test_the_same_person_may_come_to_another_cohort(cohort: Cohort) -> None:
    other = make_cohort(cohort.programme)
    make_registration(cohort, "one@school.example")
    assert make_registration(other, "one@school.example").is_new


@pytest.mark.parametrize("days", [-1, -100])
def test_a_cohort_that_has_begun_takes_nobody(cohort: Cohort, days: int) -> None:
    begun = make_cohort(cohort.programme, starts=at(timezone.now() + timedelta(days=days)))
    with pytest.raises(RegistrationClosed):
        make_registration(begun)


def test_a_cohort_that_is_not_open_yet_takes_nobody(cohort: Cohort) -> None:
    soon = make_cohort(cohort.programme, opens_at=timezone.now() + timedelta(days=2))
    with pytest.raises(RegistrationClosed) as refusal:
        make_registration(soon)
    assert refusal.value.state == "soon"


@pytest.mark.parametrize("people", [0, 3])
def test_a_booking_covers_as_many_people_as_its_price_says(cohort: Cohort, people: int) -> None:
    order = make_order(*(f"{number}@school.example" for number in range(people)))
    if not people:
        order = make_order(people=())
    with pytest.raises(TooManyPeople):
        register(cohort_id=cohort.pk, order=order, key=str(uuid4()))


def test_one_organisation_is_known_by_name_and_postcode(cohort: Cohort) -> None:
    first = make_registration(cohort, "one@school.example").booking.organisation
    written = OrganisationDetails("  sample  SECONDARY", "bd1  1aa")
    second = make_registration(cohort, "two@school.example", organisation=written).booking
    assert second.organisation == first
    assert Organisation.objects.count() == 1


def test_seats_are_not_taken_outside_a_transaction(transactional_db: None) -> None:
    with pytest.raises(RuntimeError, match="inside the transaction"):
        take_seats(cohort_id=1, seats=1)


def test_tokens_are_long_and_never_the_same(cohort: Cohort) -> None:
    booking = make_registration(cohort, "one@school.example", "two@school.example").booking
    tokens = {booking.token, *(place.token for place in booking.places.all())}
    assert len(tokens) == 3
    assert all(len(token) >= 43 for token in tokens)
