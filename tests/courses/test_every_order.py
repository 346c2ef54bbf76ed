"""All verbs of training in every order that chance finds, against a small model of who has what."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar
from unittest.mock import patch

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from courses.enums import MessageKind, PlaceState, WaitingState
from courses.models import Booking, Cohort, OutboxMessage, Place, WaitingEntry
from courses.services import (
    Attendee,
    CohortFull,
    ListClosed,
    NothingToChange,
    OfferOver,
    RegistrationClosed,
    TooManyPeople,
    accept_offer,
    add_person,
    call_off_cohort,
    cancel_booking,
    cancel_place,
    expire_offers,
    join_waiting_list,
    leave_list,
    move_place,
    register,
    settle,
    swap_person,
)
from courses.services.staleness import useless
from home.models import HomePage
from tests.courses.factories import make_cohort, make_order

T = TypeVar("T")
NUMBERS = st.integers(0, 99)
HERE = st.integers(0, 1)  # which of the two cohorts
PEOPLE = [Attendee("Sample person", f"person-{number}@school.example") for number in range(3)]
SOMEBODY = st.sampled_from(PEOPLE)
OFFER_HOURS = 48
CONFIRMING = (MessageKind.PLACE, MessageKind.REPEATED, MessageKind.PLACE_CHANGED)


@dataclass
class Expected:
    """A cohort as it must be: its seats by place, its list in order, its offers with their ends."""

    pk: int
    capacity: int
    seats: dict[int, str] = field(default_factory=dict)
    waiting: dict[int, str] = field(default_factory=dict)
    offers: dict[int, datetime] = field(default_factory=dict)
    repeated: dict[int, str] = field(default_factory=dict)  # stand in line a second time
    is_called_off: bool = False

    @property
    def free(self) -> int:
        return self.capacity - len(self.seats) - len(self.offers)

    def pass_on(self, now: datetime) -> None:
        free = max(0, self.free)
        entries = list(self.waiting)[:free]
        for entry in entries:
            del self.waiting[entry]
            self.offers[entry] = now + timedelta(hours=OFFER_HOURS)
        passed = (
            self.repeated
            if len(entries) < free
            else {pk for pk in self.repeated if pk < max(entries, default=0)}
        )
        for entry in list(passed):
            del self.repeated[entry]


class Training(RuleBasedStateMachine):
    """Two cohorts of three and four seats. An example leaves nothing behind in the database."""

    @initialize()
    def begin(self) -> None:
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.now = timezone.now()
        self.clock = patch.object(timezone, "now", lambda: self.now)
        self.clock.start()
        self.forms, self.reminded = 0, set[int]()
        self.last_day = self.now + timedelta(days=26)  # the sessions are in a month
        rows = [make_cohort(capacity=capacity, weeks=1) for capacity in (3, 4)]
        self.cohorts = [Expected(pk=row.pk, capacity=row.capacity or 0) for row in rows]

    def teardown(self) -> None:
        if hasattr(self, "atomic"):
            self.clock.stop()
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    # What people do

    @rule(here=HERE, people=st.lists(SOMEBODY, min_size=1, max_size=2, unique=True))
    def register(self, here: int, people: list[Attendee]) -> None:
        cohort = self.cohorts[here]
        self.forms += 1
        order = make_order(people=tuple(people))

        def book() -> Booking:
            return register(cohort_id=cohort.pk, order=order, key=f"form {self.forms}").booking

        if cohort.is_called_off:
            refused(RegistrationClosed, book)
        elif cohort.free < len(people):
            refused(CohortFull, book)
        else:
            booking = book()
            assert book() == booking  # the same form sent twice
            cohort.seats |= dict(booking.places.values_list("pk", "email"))

    @precondition(lambda self: self.seated())
    @rule(number=NUMBERS, person=SOMEBODY)
    def add(self, number: int, person: Attendee) -> None:
        booking = pick(self.seated(), number).booking
        cohort = self.expected(booking.cohort_id)
        seats = booking.places.filter(state__in=PlaceState.with_seat())

        def add() -> Place:
            return add_person(booking=booking, person=person)

        if cohort.is_called_off:
            refused(RegistrationClosed, add)
        elif seats.filter(email=person.email).exists():
            refused(NothingToChange, add)
        elif seats.count() == 2:
            refused(TooManyPeople, add)
        elif not cohort.free:
            refused(CohortFull, add)
        else:
            cohort.seats[add().pk] = person.email

    @precondition(lambda self: self.seated())
    @rule(number=NUMBERS)
    def cancel(self, number: int) -> None:
        place = pick(self.seated(), number)
        cancel_place(place=place)
        self.frees(place)
        refused(NothingToChange, lambda: cancel_place(place=place))

    @precondition(lambda self: self.seated())
    @rule(number=NUMBERS)
    def cancel_all(self, number: int) -> None:
        booking = pick(self.seated(), number).booking
        places = list(booking.places.filter(state__in=PlaceState.with_seat()))
        cancel_booking(booking=booking)
        for place in places:
            self.frees(place)

    @precondition(lambda self: self.seated())
    @rule(number=NUMBERS, person=SOMEBODY)
    def swap(self, number: int, person: Attendee) -> None:
        place = pick(self.seated(), number)
        if (place.name, place.email) == (person.name, person.email):
            refused(NothingToChange, lambda: swap_person(place=place, person=person))
            return
        swap_person(place=place, person=person)
        self.expected(place.cohort_id).seats[place.pk] = person.email

    @precondition(lambda self: self.seated())
    @rule(number=NUMBERS)
    def move(self, number: int) -> None:
        place = pick(self.seated(), number)
        old = self.expected(place.cohort_id)
        (new,) = (cohort for cohort in self.cohorts if cohort is not old)

        def move() -> Place:
            return move_place(place=place, to_cohort_id=new.pk)

        if new.is_called_off:
            refused(RegistrationClosed, move)
        elif not new.free:
            refused(CohortFull, move)
        else:
            move()
            new.seats[place.pk] = old.seats.pop(place.pk)
            old.pass_on(self.now)

    @rule(here=HERE, person=SOMEBODY)
    def join(self, here: int, person: Attendee) -> None:
        cohort = self.cohorts[here]
        listed = WaitingEntry.objects.filter(pk__in=[*cohort.waiting, *cohort.offers])

        def join() -> WaitingEntry:
            return join_waiting_list(cohort_id=cohort.pk, person=person, consent_version="1")

        if cohort.is_called_off or cohort.free:
            refused(ListClosed, join)
        elif listed.filter(email=person.email).exists():
            cohort.repeated[join().pk] = person.email
            self.reminded |= set(listed.filter(email=person.email).values_list("pk", flat=True))
        else:
            cohort.waiting[join().pk] = person.email

    @precondition(lambda self: self.listed())
    @rule(number=NUMBERS)
    def leave(self, number: int) -> None:
        entry = pick(self.listed(), number)
        cohort = self.expected(entry.cohort_id)
        assert leave_list(entry=entry)
        assert not leave_list(entry=entry)
        cohort.waiting.pop(entry.pk, None)
        if cohort.offers.pop(entry.pk, None):
            cohort.pass_on(self.now)

    @precondition(lambda self: self.listed())
    @rule(number=NUMBERS)
    def accept(self, number: int) -> None:
        """An entry without an offer, or whose offer is over, takes nothing."""
        entry = pick(self.listed(), number)
        cohort = self.expected(entry.cohort_id)

        def accept() -> Booking:
            return accept_offer(entry=entry, order=make_order(), key=f"of {entry.pk}").booking

        if cohort.offers.get(entry.pk, self.now) <= self.now:
            refused(OfferOver, accept)
        else:
            del cohort.offers[entry.pk]
            cohort.seats[accept().places.get().pk] = entry.email

    # What happens by itself, and what the office does

    @rule(hours=st.integers(1, 60))
    def time_goes_by(self, hours: int) -> None:
        self.now = min(self.now + timedelta(hours=hours), self.last_day)

    @rule()
    def worker_comes_by(self) -> None:
        over = [
            (cohort, entry)
            for cohort in self.cohorts
            for entry, ends in cohort.offers.items()
            if ends <= self.now
        ]
        assert expire_offers() == len(over)
        for cohort, entry in over:
            del cohort.offers[entry]
        for cohort in self.cohorts:
            cohort.pass_on(self.now)

    @rule(here=HERE, capacity=st.integers(1, 6))
    def resize(self, here: int, capacity: int) -> None:
        expected = self.cohorts[here]
        cohort = Cohort.objects.get(pk=expected.pk)
        cohort.capacity = capacity
        if capacity < len(expected.seats) + len(expected.offers):
            refused(ValidationError, cohort.clean)
        else:
            cohort.clean()
            cohort.save()
            settle(cohort=cohort)
            expected.capacity = capacity
            if not expected.is_called_off:
                expected.pass_on(self.now)

    @precondition(lambda self: self.forms > 4)
    @rule(here=HERE)
    def call_off(self, here: int) -> None:
        expected = self.cohorts[here]
        cohort = Cohort.objects.get(pk=expected.pk)
        if expected.is_called_off:
            refused(NothingToChange, lambda: call_off_cohort(cohort=cohort, by=None))
        else:
            call_off_cohort(cohort=cohort, by=None)
            self.cohorts[here] = Expected(expected.pk, expected.capacity, is_called_off=True)

    # What holds after each step

    @invariant()
    def everybody_has_what_the_model_says(self) -> None:
        for cohort in self.cohorts:
            seated = Place.objects.filter(cohort=cohort.pk, state__in=PlaceState.with_seat())
            assert dict(seated.values_list("pk", "email")) == cohort.seats
            entries = WaitingEntry.objects.filter(cohort=cohort.pk).order_by("pk")
            waiting = entries.filter(state=WaitingState.WAITING)
            assert list(waiting.values_list("pk", flat=True)) == list(cohort.waiting)
            repeated = entries.filter(state=WaitingState.REPEATED)
            assert dict(repeated.values_list("pk", "email")) == cohort.repeated
            offers = entries.filter(state=WaitingState.OFFERED)
            assert dict(offers.values_list("pk", "offer_ends_at")) == cohort.offers

    @invariant()
    def seats_are_counted_and_none_is_free_while_somebody_waits(self) -> None:
        for cohort in self.cohorts:
            taken = Cohort.objects.values_list("seats_taken", flat=True).get(pk=cohort.pk)
            assert taken == len(cohort.seats) + len(cohort.offers) <= cohort.capacity
            assert not (cohort.waiting and cohort.free)

    @invariant()
    def somebody_booked_twice_has_one_first_place(self) -> None:
        for cohort in self.cohorts:
            first = Place.objects.filter(cohort=cohort.pk, state=PlaceState.BOOKED)
            emails = list(first.values_list("email", flat=True))
            assert sorted(emails) == sorted(set(cohort.seats.values()))

    @invariant()
    def everybody_is_told_once_of_an_offer_and_of_their_own_place(self) -> None:
        offered = WaitingEntry.objects.exclude(offered_at=None)
        told = offered.filter(messages__kind=MessageKind.OFFER).annotate(times=Count("messages"))
        assert told.count() == offered.count()
        assert {entry.times for entry in told.exclude(pk__in=self.reminded)} <= {1}
        for place in Place.objects.filter(state=PlaceState.BOOKED):
            mails = OutboxMessage.objects.filter(place=place, to=place.email, kind__in=CONFIRMING)
            mails = mails.exclude(kind=MessageKind.REPEATED)
            assert any(not useless(mail, self.now) for mail in mails)

    # Helpers

    def frees(self, place: Place) -> None:
        cohort = self.expected(place.cohort_id)
        del cohort.seats[place.pk]
        cohort.pass_on(self.now)

    def expected(self, pk: int) -> Expected:
        return next(cohort for cohort in self.cohorts if cohort.pk == pk)

    def seated(self) -> list[Place]:
        keys = [pk for cohort in self.cohorts for pk in cohort.seats]
        rows = Place.objects.filter(pk__in=keys).select_related("booking__organisation")
        return list(rows.order_by("pk"))

    def listed(self) -> list[WaitingEntry]:
        keys = [pk for cohort in self.cohorts for pk in (*cohort.waiting, *cohort.offers)]
        return list(WaitingEntry.objects.filter(pk__in=keys).order_by("pk"))


def pick(items: list[T], number: int) -> T:
    return items[number % len(items)]


def refused(error: type[Exception], verb: Callable[[], object]) -> None:
    with pytest.raises(error), transaction.atomic():
        verb()


def test_in_every_order_seats_offers_and_lists_are_as_the_model_says(home: HomePage) -> None:
    make_cohort()  # the programme and what belongs to it, made once
    run_state_machine_as_test(
        Training,
        settings=settings(
            max_examples=40,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
