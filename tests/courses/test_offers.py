"""The waiting list: in order, for a time, and no seat free while somebody waits."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from courses.enums import WaitingKind, WaitingState
from courses.models import Booking, Cohort, OutboxMessage, WaitingEntry
from courses.services import (
    Attendee,
    CohortFull,
    OfferOver,
    accept_offer,
    cancel_place,
    expire_offers,
    join_waiting_list,
    leave_list,
    settle,
)
from tests.courses.factories import make_cohort, make_order, make_registration

ONE = "one@school.example"


@pytest.fixture
def full(cohort: Cohort) -> Cohort:
    """One seat, taken."""
    Cohort.objects.filter(pk=cohort.pk).update(capacity=1)
    make_registration(cohort, ONE)
    cohort.refresh_from_db()
    return cohort


def wait(cohort: Cohort, *names: str) -> list[WaitingEntry]:
    entries = []
    for name in names:
        person = Attendee(name, f"{name}@school.example")
        entry = join_waiting_list(cohort_id=cohort.pk, person=person, consent_version="2026-11")
        assert entry
        entries.append(entry)
    return entries


def free_the_seat(cohort: Cohort, now: datetime | None = None) -> None:
    cancel_place(place=cohort.places.filter(state="booked")[0], now=now)


def states(cohort: Cohort) -> list[str]:
    rows = WaitingEntry.objects.filter(cohort=cohort, kind=WaitingKind.PLACE)
    return list(rows.order_by("pk").values_list("state", flat=True))


def taken(cohort: Cohort) -> int:
    return Cohort.objects.values_list("seats_taken", flat=True).get(pk=cohort.pk)


def test_a_seat_that_comes_free_is_offered_to_the_first_and_to_nobody_else(full: Cohort) -> None:
    first, _ = wait(full, "a", "b")
    free_the_seat(full)
    assert states(full) == [WaitingState.OFFERED, WaitingState.WAITING]
    assert taken(full) == 1
    mail = OutboxMessage.objects.get(kind="offer")
    first.refresh_from_db()
    assert mail.to == "a@school.example"
    assert mail.not_after == first.offer_ends_at


def test_nobody_who_comes_later_gets_in_between(full: Cohort) -> None:
    wait(full, "a")
    free_the_seat(full)
    with pytest.raises(CohortFull):
        make_registration(full, "late@school.example")


def test_an_offer_taken_makes_a_booking_without_moving_the_counter(full: Cohort) -> None:
    (entry,) = wait(full, "a")
    free_the_seat(full)
    booking = accept_offer(entry=entry, order=make_order(), key="k").booking
    assert [place.email for place in booking.places.all()] == ["a@school.example"]
    entry.refresh_from_db()
    assert entry.state == WaitingState.PLACED
    assert entry.place == booking.places.get()
    assert taken(full) == 1


def test_an_offer_is_taken_once_also_when_the_form_is_sent_twice(full: Cohort) -> None:
    (entry,) = wait(full, "a")
    free_the_seat(full)
    first = accept_offer(entry=entry, order=make_order(), key="k")
    again = accept_offer(entry=entry, order=make_order(), key="k")
    assert (again.booking, again.is_new) == (first.booking, False)
    with pytest.raises(OfferOver):
        accept_offer(entry=entry, order=make_order(), key="another")
    assert Booking.objects.filter(cohort=full, state="booked").count() == 1


def test_an_offer_that_runs_out_passes_on_and_its_seat_is_never_free(full: Cohort) -> None:
    first, second = wait(full, "a", "b")
    free_the_seat(full)
    later = timezone.now() + timedelta(hours=49)
    with pytest.raises(OfferOver):
        accept_offer(entry=first, order=make_order(), key="k", now=later)
    assert expire_offers(now=later) == 1
    assert states(full) == [WaitingState.EXPIRED, WaitingState.OFFERED]
    assert taken(full) == 1
    second.refresh_from_db()
    assert second.offer_ends_at == later + timedelta(hours=48)


def test_the_last_offer_that_runs_out_gives_the_seat_to_everybody(full: Cohort) -> None:
    wait(full, "a")
    free_the_seat(full)
    expire_offers(now=timezone.now() + timedelta(hours=49))
    assert taken(full) == 0
    assert make_registration(full, "late@school.example").is_new


def test_a_declined_offer_passes_on_at_once(full: Cohort) -> None:
    first, _ = wait(full, "a", "b")
    free_the_seat(full)
    assert leave_list(entry=first)
    assert not leave_list(entry=first)
    assert states(full) == [WaitingState.DECLINED, WaitingState.OFFERED]


def test_whoever_leaves_the_list_is_passed_over(full: Cohort) -> None:
    first, _ = wait(full, "a", "b")
    leave_list(entry=first)
    free_the_seat(full)
    assert states(full) == [WaitingState.LEFT, WaitingState.OFFERED]


def test_a_raised_capacity_goes_to_those_who_wait(full: Cohort) -> None:
    wait(full, "a", "b", "c")
    Cohort.objects.filter(pk=full.pk).update(capacity=3)
    settle(cohort=full)
    assert states(full) == [WaitingState.OFFERED, WaitingState.OFFERED, WaitingState.WAITING]
    assert taken(full) == 3


def test_an_offer_ends_with_the_first_session_and_none_is_made_after_it(cohort: Cohort) -> None:
    starts = timezone.now() + timedelta(hours=5)
    soon = make_cohort(cohort.programme, starts=starts, capacity=1)
    make_registration(soon, ONE)
    entry, _ = wait(soon, "a", "b")
    free_the_seat(soon)
    entry.refresh_from_db()
    assert entry.offer_ends_at == starts
    expire_offers(now=starts)
    assert states(soon) == [WaitingState.EXPIRED, WaitingState.WAITING]
    assert taken(soon) == 0


def test_somebody_booked_meanwhile_who_takes_the_offer_is_told_alone(full: Cohort) -> None:
    (entry,) = wait(full, "a")
    other = make_cohort(full.programme)
    elsewhere = make_registration(other, "a@school.example").booking.places.get()
    elsewhere.cohort = full
    elsewhere.save()
    cancel_place(place=full.places.get(email=ONE))
    booking = accept_offer(entry=entry, order=make_order(), key="k").booking
    assert booking.places.get().state == "repeated"
