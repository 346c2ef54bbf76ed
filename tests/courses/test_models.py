from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from courses.models import Cohort, Place, ProgrammePage, ProgrammeVersion, Session
from tests.courses.factories import (
    at,
    make_cohort,
    make_price,
    make_programme,
    make_registration,
    make_version,
)


def test_the_database_refuses_more_seats_than_there_are(cohort: Cohort) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Cohort.objects.filter(pk=cohort.pk).update(seats_taken=25)


def test_the_database_refuses_a_person_twice_on_one_cohort(cohort: Cohort) -> None:
    booking = make_registration(cohort, "one@school.example").booking
    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.create(booking=booking, cohort=cohort, name="X", email="one@school.example")


def test_a_place_that_was_given_up_does_not_block_its_person(cohort: Cohort) -> None:
    booking = make_registration(cohort, "one@school.example").booking
    booking.places.update(state="cancelled", cancelled_at=timezone.now())
    Place.objects.create(booking=booking, cohort=cohort, name="X", email="one@school.example")
    assert booking.places.count() == 2


def test_saving_an_old_copy_of_a_cohort_keeps_the_seats_taken_meanwhile(cohort: Cohort) -> None:
    stale = Cohort.objects.get(pk=cohort.pk)
    make_registration(cohort, "one@school.example", "two@school.example")
    stale.term = "Summer term 2027"
    stale.save()
    cohort.refresh_from_db()
    assert (cohort.seats_taken, cohort.term) == (2, "Summer term 2027")


def test_capacity_below_the_number_sold_is_refused_with_the_number(cohort: Cohort) -> None:
    make_registration(cohort, "one@school.example", "two@school.example")
    cohort.capacity = 1
    with pytest.raises(ValidationError) as refusal:
        cohort.full_clean()
    assert refusal.value.message_dict["capacity"] == [
        "2 places are taken already; it cannot be less."
    ]


def test_version_and_price_of_another_programme_are_refused(cohort: Cohort) -> None:
    other = make_programme("Another")
    cohort.version, cohort.price = make_version(other), make_price(other)
    with pytest.raises(ValidationError) as refusal:
        cohort.full_clean()
    assert set(refusal.value.message_dict) == {"version", "price"}


def test_registration_cannot_close_before_it_opens(cohort: Cohort) -> None:
    cohort.closes_at = cohort.opens_at - timedelta(days=1)
    with pytest.raises(ValidationError):
        cohort.full_clean()


def test_a_session_ends_after_it_starts(cohort: Cohort) -> None:
    session = cohort.dated[0]
    session.ends_at = session.starts_at
    with pytest.raises(ValidationError):
        session.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        session.save()


def test_moving_a_session_raises_its_sequence_and_keeps_its_identity(cohort: Cohort) -> None:
    session = Session.objects.filter(cohort=cohort).earliest("starts_at")
    uid = session.uid
    session.starts_at += timedelta(hours=1)
    session.ends_at += timedelta(hours=1)
    session.save()
    session.refresh_from_db()
    assert (session.uid, session.sequence) == (uid, 1)


def test_saving_a_session_unchanged_or_with_another_link_leaves_its_sequence(
    cohort: Cohort,
) -> None:
    session = Session.objects.filter(cohort=cohort).earliest("starts_at")
    session.joining_link = "https://zoom.example/j/other"
    session.save()
    session.refresh_from_db()
    assert session.sequence == 0


def test_a_joining_link_is_a_web_address(cohort: Cohort) -> None:
    session = cohort.dated[0]
    session.joining_link = "javascript:alert(1)"
    with pytest.raises(ValidationError):
        session.full_clean()


def test_a_past_cohort_keeps_the_programme_it_was_given(programme: ProgrammePage) -> None:
    old = make_version(programme, "2021", name="Organising for Schools")
    past = make_cohort(programme, starts=at(timezone.now() - timedelta(days=900)), version=old)
    make_version(programme, "2027", name="Community Organising in Schools")
    programme.title = "Another name altogether"
    programme.save_revision().publish()
    past.refresh_from_db()
    assert past.version.name == "Organising for Schools"


def test_a_version_that_was_given_cannot_be_changed_any_more(programme: ProgrammePage) -> None:
    version = make_version(programme)
    version.full_clean()
    make_cohort(programme, starts=at(timezone.now() - timedelta(days=3)), version=version)
    with pytest.raises(ValidationError, match="Make a copy"):
        version.full_clean()


def test_what_people_have_booked_cannot_be_deleted_by_deleting_something_above(
    cohort: Cohort,
) -> None:
    make_registration(cohort)
    for above in (cohort, cohort.version, cohort.programme):
        with pytest.raises(ProtectedError), transaction.atomic():
            above.delete()


def test_a_cohort_without_an_address_gets_one_of_its_own(programme: ProgrammePage) -> None:
    slugs = [make_cohort(programme).slug for _ in range(3)]
    assert slugs == [
        "community-organising-in-schools-spring-term-2027",
        "community-organising-in-schools-spring-term-2027-2",
        "community-organising-in-schools-spring-term-2027-3",
    ]


def test_a_programme_cannot_take_the_address_of_registration(programme: ProgrammePage) -> None:
    programme.slug = "register"
    with pytest.raises(ValidationError):
        programme.full_clean()


def test_things_say_what_they_are(cohort: Cohort) -> None:
    booking = make_registration(cohort).booking
    cohort.number = 4
    assert str(cohort) == "Cohort 4, Spring term 2027"
    assert str(cohort.price) == "2027: £500"
    assert str(booking) == booking.reference
    assert str(booking.organisation) == "Sample secondary, BD1 1AA"
    assert "@" not in str(booking.places.get())
    assert str(ProgrammeVersion.objects.get()) == "Community Organising in Schools (now)"
    assert str(cohort.version.parts.first()) == "now: Change and power"


@pytest.mark.parametrize(("minutes", "words"), [(120, "2 h"), (90, "1 h 30 min"), (45, "45 min")])
def test_a_part_says_how_long_it_is(programme: ProgrammePage, minutes: int, words: str) -> None:
    part = make_version(programme).parts.first()
    part.minutes = minutes
    assert part.length_words == words
