"""Certificates: what a person attended, written once, after the last session (docs/adr/0018)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from courses.enums import AttendanceState, MessageKind, PlaceState
from courses.models import Attendance, Certificate, Cohort, Place, Session
from courses.services.confirmations import compose
from courses.services.errors import NothingToChange, RegistrationRefused
from courses.services.history import note
from courses.services.outbox import wake
from courses.services.seats import lock_cohort
from courses.text import one_line
from courses.when import date_words


class NotOverYet(RegistrationRefused):
    """The last session has not ended, or the cohort was called off before it began."""


class NothingAttended(RegistrationRefused):
    """Nothing is noted that a certificate could say."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person attended, and what was certified. `differs`: corrected since."""

    place: Place
    minutes: int
    sessions: list[dict[str, Any]]
    certificate: Certificate | None

    @property
    def is_certified(self) -> bool:
        return self.certificate is not None and self.certificate.withdrawn_at is None

    @property
    def is_withdrawn(self) -> bool:
        return self.certificate is not None and self.certificate.withdrawn_at is not None

    @property
    def differs(self) -> bool:
        certificate = self.certificate
        if certificate is None or certificate.withdrawn_at:
            return False
        said = (certificate.name, certificate.sessions)
        return said != (one_line(self.place.name), self.sessions)

    @property
    def can_be_issued(self) -> bool:
        return self.minutes > 0 and not self.is_certified


def issue(*, place: Place, by: Any = None, now: datetime | None = None) -> Certificate:
    """For one person, who gets a mail; the one they have if it stands. A withdrawn one gives way
    to a new one, with a new code. Raises NotOverYet or NothingAttended."""
    now = now or timezone.now()
    with transaction.atomic():
        cohort = lock_cohort(place.cohort_id)
        refuse_early(cohort, now)
        found = [each for each in standings(cohort) if each.place.pk == place.pk]
        if not found or not (found[0].minutes or found[0].is_certified):
            raise NothingAttended
        kept = found[0].certificate
        if kept and found[0].is_certified:
            return kept
        made = certify(cohort, found[0])
        note("certificates_issued", cohort=cohort, by=by, places=[place.pk])
        transaction.on_commit(wake)
    return made


def issue_for(*, cohort: Cohort, by: Any = None, now: datetime | None = None) -> int:
    """For everybody who attended and never had one; returns for how many. Raises NotOverYet.

    A certificate that an organiser withdrew is not made anew here: that is a decision of its own.
    """
    now = now or timezone.now()
    with transaction.atomic():
        locked = lock_cohort(cohort.pk)
        refuse_early(locked, now)
        due = [each for each in standings(locked) if each.minutes and not each.certificate]
        for standing in due:
            certify(locked, standing)
        if due:
            places = [each.place.pk for each in due]
            note("certificates_issued", cohort=locked, by=by, places=places)
            transaction.on_commit(wake)
    return len(due)


def withdraw(*, certificate: Certificate, by: Any, now: datetime | None = None) -> None:
    """Its public page says so from now on, and nothing else. Raises NothingToChange."""
    now = now or timezone.now()
    with transaction.atomic():
        rows = Certificate.objects.filter(pk=certificate.pk, withdrawn_at__isnull=True)
        if not rows.update(withdrawn_at=now) or certificate.place is None:
            raise NothingToChange
        cohort = certificate.place.cohort
        note("certificate_withdrawn", cohort=cohort, by=by, place=certificate.place.pk)


def refuse_early(cohort: Cohort, now: datetime) -> None:
    ends = cohort.facts.ends
    if ends is None or ends > now:
        raise NotOverYet


def standings(cohort: Cohort) -> list[Standing]:
    """Of everybody with a place, by name: three queries, however many they are."""
    rows = Place.objects.filter(cohort=cohort, state=PlaceState.BOOKED)
    places = rows.select_related("booking__organisation", "certificate").order_by("name", "pk")
    attended = attended_sessions(cohort)
    return [standing(place, attended[place.pk]) for place in places]


def standing(place: Place, sessions: list[Session]) -> Standing:
    lines = [line_of(session) for session in sessions]
    minutes = sum(line["minutes"] for line in lines)
    return Standing(place, minutes, lines, getattr(place, "certificate", None))


def attended_sessions(cohort: Cohort) -> dict[int, list[Session]]:
    """Sessions that took place and to which somebody is noted to have come, by place."""
    sessions = {session.pk: session for session in cohort.dated}
    rows = Attendance.objects.filter(session__in=sessions, state=AttendanceState.PRESENT)
    found: dict[int, list[Session]] = defaultdict(list)
    for place, session in rows.values_list("place_id", "session_id"):
        found[place].append(sessions[session])
    for attended in found.values():
        attended.sort(key=lambda each: (each.starts_at, each.pk))
    return found


def line_of(session: Session) -> dict[str, Any]:
    minutes = round((session.ends_at - session.starts_at).total_seconds() / 60)
    return {
        "day": date_words(session.starts_at),
        "title": session.part.title if session.part else "",
        "minutes": minutes,
    }


def certify(cohort: Cohort, standing: Standing) -> Certificate:
    """Of a locked cohort. The one withdrawn before is let go of: it names nobody any more."""
    if standing.certificate:
        Certificate.objects.filter(pk=standing.certificate.pk).update(place=None, name="")
    made = Certificate.objects.create(
        place=standing.place,
        name=one_line(standing.place.name),
        programme=cohort.version.name,
        cohort=f"{cohort.title} (sample)" if cohort.is_sample else cohort.title,
        minutes=standing.minutes,
        sessions=standing.sessions,
    )
    certificate_mail(cohort, made, standing.place).save()
    return made


def certificate_mail(cohort: Cohort, certificate: Certificate, place: Place) -> Any:
    return compose(
        MessageKind.CERTIFICATE,
        cohort=cohort,
        booking=place.booking,
        place=place,
        to=place.email,
        key=f"certificate-{certificate.code}",
        subject=f"Your certificate: {cohort.version.name}",
        context={
            "name": place.name,
            "url": settings.SITE_URL + place.url,
            "check_url": settings.SITE_URL + certificate.url,
        },
    )
