"""What the clients of test_race.py do (see crowd.py), and what is then in the database."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, transaction
from django.db.models import F
from django.utils import timezone

from courses.enums import PlaceState, WaitingKind, WaitingState
from courses.models import Cohort, Place, ProgrammePage, WaitingEntry
from courses.services import (
    Attendee,
    CohortFull,
    Order,
    RegistrationRefused,
    accept_offer,
    add_person,
    cancel_place,
    expire_offers,
    join_waiting_list,
    leave_list,
    move_place,
    register,
    registration,
    settle,
    swap_person,
)
from courses.services.again import was_in_the_way
from courses.services.seats import take_seats
from tests.courses.crowd import number, together
from tests.courses.factories import make_cohort, make_order, make_programme, make_registration

WAITS = {"kind": WaitingKind.PLACE, "state": WaitingState.WAITING}


def open_cohorts(count: int, **fields: Any) -> list[int]:
    programme = ProgrammePage.objects.first() or make_programme()
    return [make_cohort(programme, weeks=1, **fields).pk for _ in range(count)]


@dataclass(frozen=True)
class Seats:
    """A cohort after a race."""

    capacity: int
    counter: int
    places: int
    offers: int
    waiting: int

    @property
    def taken(self) -> int:
        return self.places + self.offers

    @property
    def is_well(self) -> bool:
        """Counted right, nothing sold twice, and nothing free while somebody waits."""
        is_right = self.counter == self.taken <= self.capacity
        return is_right and not (self.waiting and self.taken < self.capacity)


def seats(cohort_ids: Sequence[int]) -> list[Seats]:
    cohorts = Cohort.objects.filter(pk__in=cohort_ids).order_by("pk")
    return [
        Seats(
            capacity=cohort.capacity or 0,
            counter=cohort.seats_taken,
            places=cohort.places.filter(state__in=PlaceState.with_seat()).count(),
            offers=cohort.waiting.filter(state=WaitingState.OFFERED).count(),
            waiting=cohort.waiting.filter(**WAITS).count(),
        )
        for cohort in cohorts
    ]


# The last places --------------------------------------------------------------------------------


def look_for_seats(way: str) -> None:
    """How all clients of this process book from now on."""
    vars(registration).update(WAYS[way])


def want_places(cohort_ids: Sequence[int]) -> Counter[str]:
    """One try on each cohort, all clients at the same one at the same time."""
    tries: Counter[str] = Counter()
    for cohort_id in cohort_ids:
        together()
        tries[outcome(partial(book, cohort_id))] += 1
    return tries


def book(cohort_id: int, email: str = "") -> Place:
    order = make_order(email or f"{uuid4().hex}@school.example")
    booked = register(cohort_id=cohort_id, order=order, key=str(uuid4()))
    return booked.booking.places.get()


def outcome(verb: Callable[[], object]) -> str:
    try:
        verb()
    except OperationalError as error:
        return DEADLOCKED if was_in_the_way(error) else type(error).__name__
    except Exception as error:
        return type(error).__name__
    return "done"


def look(cohort: Cohort, order: Order, **kwargs: Any) -> None:
    seated = cohort.places.filter(state__in=PlaceState.with_seat()).count()
    if seated + len(order.people) > (cohort.capacity or 0):
        raise CohortFull(left=0)


def do_not_look(*args: Any, **kwargs: Any) -> None:
    pass


def add_without_asking(*, cohort_id: int, seats: int, **kwargs: Any) -> None:
    Cohort.objects.filter(pk=cohort_id).update(seats_taken=F("seats_taken") + seats)


# How it is looked whether a seat is free, and how it is taken. The second is the fault that this
# app must not have; the third shows that the database would not take the half of it.
WAYS: dict[str, dict[str, Callable[..., None]]] = {
    "as it is": {"refuse": registration.refuse, "take_seats": take_seats},
    "check, then add": {"refuse": look, "take_seats": do_not_look},
    "count without asking": {"refuse": do_not_look, "take_seats": add_without_asking},
}


# One form many times ----------------------------------------------------------------------------


def send_one_form(cohort_ids: Sequence[int], at_once: int) -> list[tuple[int, int, bool]]:
    """Groups of `at_once` clients send the same form: cohort, booking, and whether it was new."""
    sent = []
    form = number() // at_once
    for cohort_id in cohort_ids:
        together()
        order = make_order(f"person-{form}@school.example")
        made = register(cohort_id=cohort_id, order=order, key=f"form-{cohort_id}-{form}")
        sent.append((cohort_id, made.booking.pk, made.is_new))
    return sent


# Moves in opposite directions -------------------------------------------------------------------


def have_places(cohort_ids: Sequence[int], each: int) -> None:
    for cohort_id in cohort_ids:
        cohort = Cohort.objects.get(pk=cohort_id)
        for person in range(each):
            make_registration(cohort, f"person-{cohort_id}-{person}@school.example")


def move_back_and_forth(cohort_ids: Sequence[int], times: int) -> Counter[str]:
    """Each client has a place of its own, half of them on each of two cohorts."""
    places = Place.objects.filter(cohort_id__in=cohort_ids).order_by("pk")
    pk = places.values_list("pk", flat=True)[number()]
    tries: Counter[str] = Counter()
    together()
    for _ in range(times):
        place = Place.objects.get(pk=pk)
        (to,) = (other for other in cohort_ids if other != place.cohort_id)
        tries[outcome(partial(move_place, place=place, to_cohort_id=to))] += 1
    return tries


# Everything at once -----------------------------------------------------------------------------


def do_anything(cohort_ids: Sequence[int], times: int) -> Counter[str]:
    """Verbs by chance, on few cohorts and few people; what each try came to.

    A row chosen a moment ago may be another's by now: that is the race.
    """
    chance = random.Random(number())
    tries: Counter[str] = Counter()
    for _ in range(times):
        verb = chance.choice(VERBS)
        cohort_id = chance.choice(cohort_ids)
        result = outcome(partial(verb, chance, cohort_id, cohort_ids))
        tries[f"{verb.__name__}: {result}"] += 1
    return tries


Chance = random.Random


def somebody(chance: Chance) -> Attendee:
    return Attendee("Sample person", f"person-{chance.randrange(40)}@school.example")


def a_place(chance: Chance, cohort_id: int) -> Place:
    places = Place.objects.filter(cohort_id=cohort_id, state__in=PlaceState.with_seat())
    return chance.choice(list(places) or [refuse()])


def an_entry(chance: Chance, cohort_id: int, *states: WaitingState) -> WaitingEntry:
    entries = WaitingEntry.objects.filter(cohort_id=cohort_id, state__in=states)
    return chance.choice(list(entries) or [refuse()])


def refuse() -> Any:
    raise RegistrationRefused


def registers(chance: Chance, cohort_id: int, others: Sequence[int]) -> None:
    book(cohort_id, somebody(chance).email)


def cancels(chance: Chance, cohort_id: int, others: Sequence[int]) -> None:
    cancel_place(place=a_place(chance, cohort_id))


def moves(chance: Chance, cohort_id: int, others: Sequence[int]) -> None:
    move_place(place=a_place(chance, cohort_id), to_cohort_id=chance.choice(others))


def swaps(chance: Chance, cohort_id: int, others: Sequence[int]) -> None:
    swap_person(place=a_place(chance, cohort_id), person=somebody(chance))


def adds(chance: Chance, cohort_id: int, others: Sequence[int]) -> None:
    add_person(booking=a_place(chance, cohort_id).booking, person=somebody(chance))


def joins(chance: Chance, cohort_id: int, others: Sequence[int]) -> None:
    join_waiting_list(cohort_id=cohort_id, person=somebody(chance), consent_version="2026-11")


def leaves(chance: Chance, cohort_id: int, others: Sequence[int]) -> None:
    leave_list(entry=an_entry(chance, cohort_id, WaitingState.WAITING, WaitingState.OFFERED))


def accepts(chance: Chance, cohort_id: int, others: Sequence[int]) -> None:
    entry = an_entry(chance, cohort_id, WaitingState.OFFERED)
    accept_offer(entry=entry, order=make_order(), key=f"offer-{entry.pk}")


def lets_expire(chance: Chance, cohort_id: int, others: Sequence[int]) -> None:
    """One offer's time is over, and the clock of the worker passes."""
    entry = an_entry(chance, cohort_id, WaitingState.OFFERED)
    now = timezone.now()
    WaitingEntry.objects.filter(pk=entry.pk, state=WaitingState.OFFERED).update(
        offered_at=now - timedelta(hours=2), offer_ends_at=now - timedelta(hours=1)
    )
    expire_offers()


def resizes(chance: Chance, cohort_id: int, others: Sequence[int]) -> None:
    """As the office saves a cohort: asked beforehand, refused by the database at the latest."""
    with transaction.atomic():
        cohort = Cohort.objects.get(pk=cohort_id)
        cohort.capacity = chance.randrange(3, 12)
        cohort.clean()
        cohort.save()
        settle(cohort=cohort)


VERBS = (
    *(registers, registers, registers, registers, cancels, cancels, cancels),
    *(moves, moves, swaps, adds, joins, joins, joins, leaves, accepts, accepts, lets_expire),
    resizes,
)
EXPECTED = {"done", *(kind.__name__ for kind in RegistrationRefused.__subclasses__())}
# A place goes to somebody who is booked in the same moment, and whoever waits for the cohort may be
# sent back for it: a verb tries again, and who saves a form is asked to.
DEADLOCKED = "sent back by PostgreSQL"
REFUSED = {
    *(kind.__name__ for kind in (ValidationError, IntegrityError, RegistrationRefused)),
    DEADLOCKED,
}


def surprises(tries: Counter[str]) -> Counter[str]:
    """What no verb may come to; lowering the capacity may be refused by the database."""
    allowed = EXPECTED | {RegistrationRefused.__name__}
    return Counter(
        {
            told: count
            for told, count in tries.items()
            if told.split(": ")[1] not in (allowed | REFUSED if told[:7] == "resizes" else allowed)
        }
    )
