"""Noting who came. Only what somebody changed is written, so two who note at once lose nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from courses.enums import AttendanceState, PlaceState, SessionState
from courses.models import Attendance, Cohort, Place, Session
from courses.services.history import note
from courses.services.seats import lock_cohort

NOBODY_SAID = ""
BEFORE_IT_BEGINS = (AttendanceState.EXCUSED, NOBODY_SAID)
MOST_CELLS = 400  # cells of one statement: SQLite takes so many conditions


@dataclass(frozen=True, slots=True)
class Cell:
    """One person at one session."""

    session: int
    place: int


def attendance_of(
    cohort: Cohort, sessions: Iterable[Session] | None = None
) -> dict[Cell, AttendanceState]:
    """What was noted of people who have a place, by cell; nothing where nobody said."""
    rows = Attendance.objects.filter(session__cohort=cohort)
    if sessions is not None:
        rows = rows.filter(session__in=sessions)
    found = rows.values_list("session_id", "place_id", "state")
    return {Cell(session, place): AttendanceState(state) for session, place, state in found}


def note_attendance(
    *,
    cohort: Cohort,
    changes: Mapping[Cell, str],
    present_at: Session | None = None,
    by: Any,
    now: datetime | None = None,
) -> int:
    """Write the changed cells, an empty state for "nobody said"; returns how many were written.

    `present_at`: then everybody of whom nothing is known at that session came. Cells of other
    cohorts, of cancelled sessions and, before a session begins, all but apologies are left out.
    """
    now = now or timezone.now()
    with transaction.atomic():
        lock_cohort(cohort.pk)
        sessions = {each.pk: each for each in planned(cohort)}
        places = set(booked(cohort).values_list("pk", flat=True))
        wanted = {
            cell: state
            for cell, state in changes.items()
            if cell.place in places and fits(sessions.get(cell.session), state, now)
        }
        written = write(wanted, by)
        if present_at and fits(sessions.get(present_at.pk), AttendanceState.PRESENT, now):
            written += all_present(present_at, places, by)
        if written:
            changed = sorted(
                {cell.session for cell in wanted} | ({present_at.pk} if present_at else set())
            )
            note("attendance_noted", cohort=cohort, by=by, cells=written, sessions=changed)
    return written


def planned(cohort: Cohort) -> list[Session]:
    rows = Session.objects.filter(cohort=cohort, state=SessionState.PLANNED)
    return list(rows.select_related("part"))


def booked(cohort: Cohort) -> Any:
    """One row a person: whoever was booked a second time stands under the first place."""
    return Place.objects.filter(cohort=cohort, state=PlaceState.BOOKED)


def fits(session: Session | None, state: str, now: datetime) -> bool:
    if session is None or state not in (*AttendanceState.values, NOBODY_SAID):
        return False
    return state in BEFORE_IT_BEGINS or session.starts_at <= now


def write(wanted: Mapping[Cell, str], by: Any) -> int:
    Attendance.objects.bulk_create(
        [
            Attendance(session_id=cell.session, place_id=cell.place, state=state, noted_by=by)
            for cell, state in wanted.items()
            if state != NOBODY_SAID
        ],
        update_conflicts=True,
        unique_fields=["session", "place"],
        update_fields=["state", "noted_by", "noted_at"],
        batch_size=MOST_CELLS,
    )
    gone = [cell for cell, state in wanted.items() if state == NOBODY_SAID]
    for session in {cell.session for cell in gone}:
        places = [cell.place for cell in gone if cell.session == session]
        Attendance.objects.filter(Q(session=session) & Q(place__in=places)).delete()
    return len(wanted)


def all_present(session: Session, places: set[int], by: Any) -> int:
    """Nobody who was noted otherwise is overwritten, also not in this very moment."""
    known = set(Attendance.objects.filter(session=session).values_list("place_id", flat=True))
    missing = sorted(places - known)
    Attendance.objects.bulk_create(
        [
            Attendance(session=session, place_id=place, state=AttendanceState.PRESENT, noted_by=by)
            for place in missing
        ],
        ignore_conflicts=True,
        batch_size=MOST_CELLS,
    )
    return len(missing)
