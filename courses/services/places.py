"""What happens to a place after it was booked: cancelled, given to somebody else, moved."""

from copy import copy
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from courses.enums import BookingState, CohortState, InvoiceState, PlaceState
from courses.models import Attendance, Booking, Certificate, Cohort, Place
from courses.models.bookings import make_token
from courses.services.again import again
from courses.services.bookers import tell_booker
from courses.services.confirmations import (
    write_booking_changed,
    write_place,
    write_place_cancelled,
    write_place_moved,
)
from courses.services.errors import NothingToChange, RegistrationClosed, TooLate, TooManyPeople
from courses.services.history import note
from courses.services.offers import give_back
from courses.services.orders import Attendee
from courses.services.outbox import wake
from courses.services.people import other_places, raise_repeated, state_for
from courses.services.registration import refuse_closed
from courses.services.seats import lock_cohort, lock_cohorts, take_seats
from courses.services.steps import step
from courses.transitions import BOOKING, INVOICE, PLACE


@again
def cancel_place(
    *,
    place: Place,
    by: Any = None,
    link: str = "",
    news: list[str] | None = None,
    now: datetime | None = None,
) -> None:
    """Give a place up; its seat goes to who waits. Raises TooLate, or NothingToChange.

    Organisers (`by`) may cancel also after the cohort has begun. When nobody of a booking is left,
    the booking is cancelled with it. `link`, here and below: the token of the private page by
    which the person did it themselves; if the place went to somebody else meanwhile, it opens
    nothing any more. Who booked for them hears of what they did not do themselves: by a mail, or,
    where there is more to tell, by `news`, which the caller sends in the same transaction.
    """
    now = now or timezone.now()
    with transaction.atomic():
        cohort = lock_cohort(place.cohort_id)
        refuse_late(cohort, now, by=by)
        release(cohort, place, link=link, now=now)
        close_if_empty(place.booking, now=now)
        own = f"{place.name} ({place.email}) has given up the place."
        ours = f"We have cancelled the place of {place.name} ({place.email})."
        note("place_cancelled", cohort=cohort, by=by, place=place.pk)
        tell(place, own if link else ours, link, by, news)
        transaction.on_commit(wake)


@again
def cancel_booking(*, booking: Booking, by: Any = None, now: datetime | None = None) -> None:
    """Cancel every place of a booking, also those that moved to other cohorts; each person and
    whoever booked get a mail that says so. Raises as above."""
    now = now or timezone.now()
    with transaction.atomic():
        places = list(booking.places.filter(state__in=PlaceState.with_seat()))
        if not places:
            raise NothingToChange
        cohort_ids = {place.cohort_id for place in places}
        cohorts = dict(zip(cohort_ids, lock_cohorts(*cohort_ids), strict=True))
        for place in places:
            refuse_late(cohorts[place.cohort_id], now, by=by)
            release(cohorts[place.cohort_id], place, now=now)
        close_if_empty(booking, now=now)
        tell_booker(booking=booking, news=[])
        note("booking_cancelled", cohort=booking.cohort, by=by, booking=booking.pk)
        transaction.on_commit(wake)


def release(cohort: Cohort, place: Place, *, link: str = "", now: datetime) -> None:
    """Cancel a place of a locked cohort, tell its person, and pass its seat on."""
    reread(cohort, place, link)
    was_repeated = place.state == PlaceState.REPEATED
    step(PLACE, place, PlaceState.CANCELLED, cancelled_at=now)
    if not was_repeated:
        say_goodbye(cohort, place)
    give_back(cohort, 1, now=now)


def reread(cohort: Cohort, place: Place, link: str = "") -> None:
    """A place as it is now that its cohort is locked. Raises NothingToChange if it is gone."""
    place.refresh_from_db()
    if place.state not in PlaceState.with_seat() or place.cohort_id != cohort.pk:
        raise NothingToChange
    if link and link != place.token:
        raise NothingToChange


def say_goodbye(cohort: Cohort, place: Place) -> None:
    """To a person whose booked place is gone; but if they were booked twice, they keep a place."""
    other = raise_repeated(cohort, place.email)
    if other:
        write_place(cohort=cohort, place=other)
    else:
        write_place_cancelled(cohort=cohort, place=place)


@again
def swap_person(
    *,
    place: Place,
    person: Attendee,
    by: Any = None,
    link: str = "",
    now: datetime | None = None,
) -> Place:
    """Give a place to a colleague. The address of its page changes, so that the person before no
    longer opens it; both get a mail. Raises TooLate or NothingToChange."""
    person, now = person.cleaned(), now or timezone.now()
    with transaction.atomic():
        cohort = lock_cohort(place.cohort_id)
        refuse_late(cohort, now, by=by, until_the_end=True)
        reread(cohort, place, link)
        before = copy(place)
        refuse_done(before, person)
        known = other_places(cohort.pk, [person.email], but=place)
        place.name, place.email, place.token = person.name, person.email, make_token()
        place.state = state_for(person.email, known)
        place.save(update_fields=["name", "email", "token", "state"])
        if is_another(before, person):
            keep_what_was_attended(before, now=now)
        if before.state == PlaceState.BOOKED and before.email != place.email:
            say_goodbye(cohort, before)
        write_place(cohort=cohort, place=place)
        own = f"{before.email} has given the place to {place.name}."
        renamed = f"We have changed the name of {before.name} ({before.email}) to {place.name}."
        given = f"We have given the place of {before.name} ({before.email}) to {place.name}."
        ours = renamed if before.email == place.email else given
        tell(before, own if link else ours, link, by)
        note("place_swapped", cohort=cohort, by=by, place=place.pk)
        transaction.on_commit(wake)
    return place


def refuse_done(place: Place, person: Attendee) -> None:
    """The form was sent twice; or a certificate says already who had this place."""
    if (place.name, place.email) == (person.name, person.email):
        raise NothingToChange
    if is_another(place, person) and Certificate.objects.filter(place=place.pk).exists():
        raise TooLate


def is_another(place: Place, person: Attendee) -> bool:
    """And not the same one, with a name or an address that is put right."""
    return place.email != person.email and place.name.casefold() != person.name.casefold()


def keep_what_was_attended(before: Place, *, now: datetime) -> None:
    """It stays with the person who did: a certificate of the next one may not say it."""
    attended = Attendance.objects.filter(place=before.pk)
    if attended.exists():
        left = Place.objects.create(
            booking=before.booking,
            cohort=before.cohort,
            name=before.name,
            email=before.email,
            state=PlaceState.CANCELLED,
            cancelled_at=now,
        )
        attended.update(place=left)


@again
def move_place(
    *,
    place: Place,
    to_cohort_id: int,
    by: Any = None,
    link: str = "",
    news: list[str] | None = None,
    now: datetime | None = None,
) -> Place:
    """To another cohort of the same programme; the place keeps its page's address.

    Raises TooLate, NothingToChange, RegistrationClosed or CohortFull.
    """
    now = now or timezone.now()
    if place.cohort_id == to_cohort_id:
        raise NothingToChange
    with transaction.atomic():
        old, new = lock_cohorts(place.cohort_id, to_cohort_id)
        refuse_late(old, now, by=by)
        refuse_unfit(old, new, now, by=by)
        reread(old, place, link)
        take_seats(cohort_id=new.pk, seats=1)
        was_booked = place.state == PlaceState.BOOKED
        put_into(place, new)
        other = raise_repeated(old, place.email) if was_booked else None
        if other:
            write_place(cohort=old, place=other)
        give_back(old, 1, now=now)
        write_place_moved(place=place, old=old, new=new)
        own = f"{place.name} ({place.email}) has moved to {new.dated_title}."
        ours = f"We have moved {place.name} ({place.email}) to {new.dated_title}."
        note("place_moved", cohort=old, by=by, place=place.pk, to=new.pk)
        note("place_moved", cohort=new, by=by, place=place.pk, of=old.pk)
        tell(place, own if link else ours, link, by, news)
        transaction.on_commit(wake)
    return place


def tell(person: Place, what: str, link: str, by: Any, news: list[str] | None = None) -> None:
    """Who booked, unless they did it themselves: by their booking, or by their own place."""
    if news is not None:
        news.append(what)
    elif by or (link and person.email != person.booking.booker_email):
        tell_booker(booking=person.booking, news=[what])


def put_into(place: Place, cohort: Cohort) -> None:
    place.cohort = cohort
    place.state = state_for(place.email, other_places(cohort.pk, [place.email], but=place))
    place.save(update_fields=["cohort", "state"])


@again
def add_person(
    *, booking: Booking, person: Attendee, by: Any = None, now: datetime | None = None
) -> Place:
    """A further colleague on a booking whose price covers one more.

    Raises RegistrationClosed, CohortFull, TooManyPeople; NothingToChange also if the person is on
    this booking already, as when the form was sent twice.
    """
    person, now = person.cleaned(), now or timezone.now()
    with transaction.atomic():
        cohort = lock_cohort(booking.cohort_id)
        refuse_closed(cohort, now)
        refuse_booked_here(booking, person)
        refuse_full_booking(booking, cohort)
        take_seats(cohort_id=cohort.pk, seats=1)
        known = other_places(cohort.pk, [person.email])
        place = Place.objects.create(
            booking=booking,
            cohort=cohort,
            name=person.name,
            email=person.email,
            state=state_for(person.email, known),
        )
        write_place(cohort=cohort, place=place)
        write_booking_changed(cohort=cohort, booking=booking)
        note("place_added", cohort=cohort, by=by, place=place.pk)
        transaction.on_commit(wake)
    return place


def close_if_empty(booking: Booking, *, now: datetime) -> None:
    if booking.places.filter(state__in=PlaceState.with_seat()).exists():
        return
    step(BOOKING, booking, BookingState.CANCELLED, cancelled_at=now)
    step(INVOICE, booking, InvoiceState.NOTHING)  # unless it was sent


def refuse_full_booking(booking: Booking, cohort: Cohort) -> None:
    booking.refresh_from_db(fields=["state"])
    if booking.state != BookingState.BOOKED:
        raise NothingToChange
    allowed = cohort.price.places_included
    if booking.places.filter(state__in=PlaceState.with_seat()).count() >= allowed:
        raise TooManyPeople(allowed)


def refuse_booked_here(booking: Booking, person: Attendee) -> None:
    with_seat = booking.places.filter(state__in=PlaceState.with_seat())
    if with_seat.filter(email=person.email).exists():
        raise NothingToChange


def refuse_unfit(old: Cohort, new: Cohort, now: datetime, *, by: Any) -> None:
    if new.programme_id != old.programme_id:
        raise NothingToChange
    if by is None:
        refuse_closed(new, now)
    elif new.state(now) in (CohortState.PAST, CohortState.CALLED_OFF):
        raise RegistrationClosed(new.state(now))


def refuse_late(cohort: Cohort, now: datetime, *, by: Any, until_the_end: bool = False) -> None:
    """By a private link one changes what has not begun; a name until the last session ends."""
    if by is None and not is_changeable(cohort, now, until_the_end=until_the_end):
        raise TooLate


def is_changeable(cohort: Cohort, now: datetime, *, until_the_end: bool = False) -> bool:
    facts = cohort.facts
    last = facts.ends if until_the_end else facts.starts
    return last is not None and now < last
