"""What organisers do to several people at once: each on its own, nothing lost when one fails."""

import hashlib
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import Case, Max, QuerySet, TextChoices, Value, When

from courses.enums import CohortState, PlaceState
from courses.models import Cohort, Place
from courses.services import (
    CohortFull,
    NothingToChange,
    RegistrationClosed,
    RegistrationRefused,
    cancel_place,
    move_place,
)
from courses.services.bookers import tell_booker
from courses.services.corrections import confirm_again
from courses.services.seats import lock_cohorts

MOST = 200  # people at once: a request must end while its browser still waits


class Deed(TextChoices):
    CANCEL = "cancel", "Cancel places"
    MOVE = "move", "Move to another cohort"
    CONFIRM = "confirm", "Send confirmations again"

    @property
    def for_one(self) -> str:
        return {
            Deed.CANCEL: "Cancel the place",
            Deed.MOVE: "Move to another cohort",
            Deed.CONFIRM: "Send the confirmation again",
        }[self]


class ChangedMeanwhile(Exception):
    """The place is no longer what the organiser has seen and agreed to."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """`problem` is empty where it was done."""

    place: Place
    problem: str = ""


REFUSALS: dict[type[Exception], str] = {
    ChangedMeanwhile: "This place has changed since you looked. Look at it, then do it again.",
    CohortFull: "No place is free on that cohort.",
    RegistrationClosed: "That cohort is past or called off.",
    NothingToChange: "There is nothing to do: it is cancelled already, or its cohort is over.",
    RegistrationRefused: "It is not possible any more.",
    DatabaseError: "The database refused it. Try it again.",
}


def refusal_words(error: Exception) -> str:
    return next(words for kind, words in REFUSALS.items() if isinstance(error, kind))


def with_stamp(places: QuerySet[Place]) -> QuerySet[Place]:
    return places.select_related("booking__organisation").annotate(newest=Max("messages__pk"))


def stamp(place: Any) -> str:
    """Who has the place, where, and the last that they were told, in a few letters."""
    seen = f"{place.cohort_id} {place.state} {place.name} {place.email} {place.newest}"
    return hashlib.sha256(seen.encode()).hexdigest()[:12]


def perform(
    deed: Deed, stamps: dict[int, str], *, to: Cohort | None = None, by: Any
) -> list[Outcome]:
    """To everybody of `stamps`, booking by booking. One that fails stays as it is.

    Each booking is a transaction of its own: what is done stays done, and is in the history. Second
    places come first: when the first goes, its second becomes an ordinary one.
    """
    places = Place.objects.filter(pk__in=stamps).select_related("booking__organisation")
    second_first = Case(When(state=PlaceState.REPEATED, then=Value(0)), default=Value(1))
    rows = places.annotate(turn=second_first).order_by("turn", "booking_id", "pk")
    outcomes = []
    for _, together in groupby(rows, key=lambda place: (place.turn, place.booking_id)):
        outcomes += perform_together(deed, list(together), stamps, to, by)
    return outcomes


def perform_together(
    deed: Deed, places: list[Place], stamps: dict[int, str], to: Cohort | None, by: Any
) -> list[Outcome]:
    """On places of one booking, so that whoever made it gets one mail about all of them."""
    outcomes: list[Outcome] = []
    news: list[str] = []
    try:
        with transaction.atomic():
            for place in places:
                outcomes.append(perform_one(deed, place, stamps[place.pk], to, by, news=news))
            if news:
                tell_booker(booking=places[0].booking, news=news)
    except DatabaseError as error:
        return [Outcome(place, refusal_words(error)) for place in places]
    return outcomes


def perform_one(
    deed: Deed, place: Place, seen: str, to: Cohort | None, by: Any, *, news: list[str]
) -> Outcome:
    cohort_ids = {place.cohort_id, to.pk} if deed == Deed.MOVE and to else {place.cohort_id}
    told: list[str] = []
    try:
        with transaction.atomic():
            lock_cohorts(*cohort_ids)
            fresh = with_stamp(Place.objects.filter(pk=place.pk)).get()
            if stamp(fresh) != seen:
                raise ChangedMeanwhile
            do(deed, fresh, to, by, told)
    except tuple(REFUSALS) as error:
        return Outcome(place, refusal_words(error))
    news += told
    return Outcome(fresh)


def do(deed: Deed, place: Place, to: Cohort | None, by: Any, news: list[str]) -> None:
    if deed == Deed.CANCEL:
        cancel_place(place=place, by=by, news=news)
    elif deed == Deed.CONFIRM:
        confirm_again(place=place, by=by)
    elif to is not None:
        move_place(place=place, to_cohort_id=to.pk, by=by, news=news)


def targets(cohort: Cohort) -> list[Cohort]:
    """Cohorts of the same programme that have not ended, for people of `cohort` to move to."""
    rows = Cohort.objects.filter(programme=cohort.programme_id).exclude(pk=cohort.pk).for_page()
    over = (CohortState.PAST, CohortState.CALLED_OFF)
    found = [each for each in rows if each.state() not in over]
    return sorted(found, key=lambda each: each.facts.starts or each.opens_at)
