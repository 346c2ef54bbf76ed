"""The dates of a cohort change: everybody with a place is told in the same transaction."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from courses.changes import Change, Known, What, changes
from courses.enums import (
    PlaceState,
    SessionState,
    WaitingState,
)
from courses.models import Booking, Cohort, Place, Session, WaitingEntry
from courses.services.again import again
from courses.services.errors import NothingToChange, TooLate, UnfitTimes
from courses.services.history import note
from courses.services.notices import Readers, tell_called_off, tell_changes
from courses.services.offers import pass_on
from courses.services.outbox import drop_unsent, wake
from courses.services.places import close_if_empty
from courses.services.seats import count_seats, lock_cohort
from courses.services.sessions import cohort_sessions
from courses.services.steps import step
from courses.text import one_line
from courses.transitions import PLACE, SESSION, WAITING
from search.services import reindex_page

Timetable = dict[int, Known]
NOTES = {What.CANCELLED: "session_cancelled", What.ADDED: "session_added"}


@dataclass(frozen=True, slots=True)
class Told:
    """How many people, bookers and people on a list get a mail of it."""

    people: int = 0
    bookers: int = 0
    waiting: int = 0

    @property
    def mails(self) -> int:
        return self.people + self.bookers + self.waiting


@again
def move_session(
    *,
    session: Session,
    starts_at: datetime,
    ends_at: datetime,
    by: Any,
    reason: str = "",
    now: datetime | None = None,
) -> Told:
    """To another time; mails and calendars of everybody with a place follow.

    `reason` is for those people, and may be empty. Raises TooLate, UnfitTimes or NothingToChange.
    """
    now = now or timezone.now()
    with transaction.atomic():
        cohort = lock_cohort(session.cohort_id)
        refuse_gone(session, now)
        if (session.starts_at, session.ends_at) == (starts_at, ends_at):
            raise NothingToChange
        refuse_unfit_times(starts_at, ends_at, now)
        before = known(cohort)
        session.starts_at, session.ends_at = starts_at, ends_at
        session.save()
        return follow(cohort.pk, before, by=by, reason=reason, now=now)


@again
def cancel_session(
    *, session: Session, by: Any, reason: str = "", now: datetime | None = None
) -> Told:
    """It will not take place. Raises TooLate or NothingToChange."""
    now = now or timezone.now()
    with transaction.atomic():
        cohort = lock_cohort(session.cohort_id)
        refuse_gone(session, now)
        before = known(cohort)
        end_session(session, now=now)
        return follow(cohort.pk, before, by=by, reason=reason, now=now)


@again
def call_off_cohort(
    *, cohort: Cohort, by: Any, reason: str = "", now: datetime | None = None
) -> Told:
    """All that is still to come will not take place; the lists are closed and everybody is told.

    Before it has begun, places and bookings are cancelled with it (their rows stay, with the
    moment), and invoices that were not sent are no longer due. Once it has begun they stay:
    people have been to sessions, and what they owe is for a person to settle. Raises
    NothingToChange if it is called off or over.
    """
    now = now or timezone.now()
    with transaction.atomic():
        locked = lock_cohort(cohort.pk)
        facts = locked.facts
        if locked.called_off_at or (facts.ends and facts.ends <= now):
            raise NothingToChange
        has_begun = facts.starts is not None and facts.starts <= now
        readers = readers_of(locked)
        readers.waiting = close_lists(locked)
        ended = [each for each in locked.dated if each.ends_at > now]
        for session in ended:
            end_session(session, now=now)
        Cohort.objects.filter(pk=cohort.pk).update(called_off_at=now, timetable=F("timetable") + 1)
        cohort.called_off_at = now
        if not has_begun:
            release_all(locked, now=now)
        drop_unsent(cohort_id=cohort.pk, reason="The cohort was called off.")
        tell_called_off(
            lock_cohort(cohort.pk), readers, ended, reason=one_line(reason), has_begun=has_begun
        )
        note("called_off", cohort=cohort, by=by, places=len(readers.places))
        return finish(cohort, readers)


def refuse_gone(session: Session, now: datetime) -> None:
    """Of a locked cohort: cancelled, or over, it changes no more."""
    session.refresh_from_db()
    if session.state != SessionState.PLANNED:
        raise NothingToChange
    if session.ends_at <= now:
        raise TooLate


def refuse_unfit_times(starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    if ends_at <= starts_at:
        raise UnfitTimes("A session ends after it starts.")
    if starts_at <= now:
        raise UnfitTimes("This time is over already.")


def end_session(session: Session, *, now: datetime) -> None:
    sequence = session.sequence + 1
    step(SESSION, session, SessionState.CANCELLED, sequence=sequence, changed_at=now)


# What follows ------------------------------------------------------------------------------------


def known(cohort: Cohort) -> Timetable:
    """The sessions as people know them, before something changes."""
    return {session.pk: known_session(session) for session in cohort_sessions(cohort)}


def known_session(session: Session) -> Known:
    return Known(
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        title=session.part.title if session.part else "",
        link=session.joining_link,
        takes_place=session.state == SessionState.PLANNED,
    )


def follow(cohort_id: int, before: Timetable, *, by: Any, reason: str = "", now: datetime) -> Told:
    """Whatever changed the sessions: tell those who know the earlier ones. One way for a session's
    own action and for the form of the whole cohort."""
    cohort = lock_cohort(cohort_id)
    after = [(each.pk, known_session(each)) for each in cohort_sessions(cohort)]
    found = changes(before, after, now=now)
    if not found:
        return Told()
    Cohort.objects.filter(pk=cohort.pk).update(timetable=F("timetable") + 1)
    shorten_offers(cohort)
    readers = readers_of(cohort)
    tell_changes(cohort, readers, found, reason=one_line(reason))
    for change in found:
        note_change(cohort, change, by=by)
    pass_on(cohort, now=now)
    return finish(cohort, readers)


def note_change(cohort: Cohort, change: Change, *, by: Any) -> None:
    action = NOTES.get(change.what, "session_moved")
    if change.what in (What.LINK, What.TITLE):
        action = "session_changed"
    starts = change.starts_at.isoformat()
    note(action, cohort=cohort, by=by, session=change.session, starts_at=starts)


def finish(cohort: Cohort, readers: Readers) -> Told:
    reindex_page(cohort.programme_id)
    transaction.on_commit(wake)
    return Told(len(readers.places), len(readers.bookings), len(readers.waiting))


def readers_of(cohort: Cohort) -> Readers:
    """Everybody with a place, once; who booked for them, unless they have a place themselves; and
    who decides on an offer. Whoever is booked twice has a first place, which is told."""
    rows = Place.objects.filter(cohort=cohort, state__in=PlaceState.with_seat())
    seated = list(rows.select_related("booking__organisation"))
    booked = [place for place in seated if place.state == PlaceState.BOOKED]
    told = {place.email for place in booked}
    bookings = {place.booking_id: place.booking for place in seated}
    return Readers(
        places=booked,
        bookings=[each for each in bookings.values() if each.booker_email not in told],
        people=names(seated),
        waiting=list(cohort.waiting.filter(state=WaitingState.OFFERED)),
    )


def names(places: list[Place]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for place in places:
        found.setdefault(place.booking_id, []).append(place.name)
    return found


def shorten_offers(cohort: Cohort) -> None:
    """An offer ends when the first session begins, at the latest."""
    starts = cohort.facts.starts
    if starts:
        offers = cohort.waiting.filter(state=WaitingState.OFFERED, offer_ends_at__gt=starts)
        offers.filter(offered_at__lt=starts).update(offer_ends_at=starts)


def close_lists(cohort: Cohort) -> list[WaitingEntry]:
    """Nobody waits any more; the seats of open offers come back. Returns who waited, each once."""
    cohort.waiting.filter(state=WaitingState.REPEATED).update(state=WaitingState.CLOSED)
    open_states = WAITING.before(WaitingState.CLOSED)
    entries = list(cohort.waiting.filter(state__in=open_states))
    offers = sum(entry.state == WaitingState.OFFERED for entry in entries)
    for entry in entries:
        step(WAITING, entry, WaitingState.CLOSED)
    count_seats(cohort, -offers)
    return entries


def release_all(cohort: Cohort, *, now: datetime) -> None:
    """Cancel every place of a locked cohort, and bookings of which nobody is left."""
    places = Place.objects.filter(cohort=cohort, state__in=PLACE.before(PlaceState.CANCELLED))
    bookings = list(Booking.objects.filter(pk__in=places.values("booking_id")))
    seats = places.update(state=PlaceState.CANCELLED, cancelled_at=now)
    count_seats(cohort, -seats)
    for booking in bookings:
        close_if_empty(booking, now=now)
