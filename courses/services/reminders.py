"""Reminders of sessions: each is told once, however long the worker was away."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone

from courses.enums import MessageKind, PlaceState, SessionState
from courses.models import Cohort, OutboxMessage, Place, Session
from courses.services.confirmations import compose
from courses.services.outbox import wake
from courses.services.sessions import SessionLine, mail_lines
from courses.when import clock_words, day_words


@dataclass(frozen=True, slots=True)
class Lead:
    """How long before a session a reminder is due, and whether a cohort wants it."""

    name: str
    before: timedelta
    wanted_by: str

    def due_at(self, session: Session) -> datetime:
        return session.starts_at - self.before


# The nearest first: when two are due at once, the worker was away and the earlier is of no use.
LEADS = (
    Lead("hour", timedelta(hours=1), "reminds_hour_before"),
    Lead("day", timedelta(days=1), "reminds_day_before"),
    Lead("week", timedelta(weeks=1), "reminds_week_before"),
)


def remind(*, now: datetime | None = None) -> int:
    """Write every reminder that is due and was not written before. Returns how many are new.

    None is written after its session has begun, and none goes out then. Who got a place, or heard
    of the new time, when the reminder was due already was told by that mail.
    """
    now = now or timezone.now()
    due = [(session, lead) for session in soon(now) if (lead := lead_for(session, now))]
    mails = [mail for session, lead in due for mail in reminders(session, lead)]
    if not mails:
        return 0
    with transaction.atomic():
        OutboxMessage.objects.bulk_create(mails, ignore_conflicts=True)
        transaction.on_commit(wake)
    return len(mails)


def soon(now: datetime) -> Iterable[Session]:
    """Sessions in time for a reminder, with all that their mails say."""
    cohorts = Cohort.objects.select_related("version", "programme").with_sessions()
    return (
        Session.objects.filter(
            state=SessionState.PLANNED,
            cohort__called_off_at__isnull=True,
            starts_at__gt=now,
            starts_at__lte=now + LEADS[-1].before,
        )
        .select_related("part")
        .prefetch_related(Prefetch("cohort", cohorts))
    )


def lead_for(session: Session, now: datetime) -> Lead | None:
    """The nearest that is due, unless the session got its time after that moment."""
    wanted = (lead for lead in LEADS if getattr(session.cohort, lead.wanted_by))
    lead = next((lead for lead in wanted if lead.due_at(session) <= now), None)
    return lead if lead and session.changed_at <= lead.due_at(session) else None


def reminders(session: Session, lead: Lead) -> Iterator[OutboxMessage]:
    told = set(session.messages.filter(kind=MessageKind.REMINDER).values_list("key", flat=True))
    places = Place.objects.filter(
        cohort=session.cohort_id, state=PlaceState.BOOKED, created_at__lte=lead.due_at(session)
    )
    all_lines = mail_lines(session.cohort, with_links=True)
    lines = tuple(each for each in all_lines if not each.is_cancelled)
    for place in places:
        key = f"reminder:{session.pk}:{place.pk}:{lead.name}:{session.sequence}"
        if key not in told:
            yield reminder(session, place, lines, key)


def reminder(
    session: Session, place: Place, lines: tuple[SessionLine, ...], key: str
) -> OutboxMessage:
    cohort = session.cohort
    line = next(each for each in lines if each.session == session.pk)
    return compose(
        MessageKind.REMINDER,
        cohort=cohort,
        session=session,
        place=place,
        booking_id=place.booking_id,
        to=place.email,
        subject=f"{day_words(session.starts_at)}, {clock_words(session.starts_at)}:"
        f" {cohort.version.name}, session {line.number}",
        key=key,
        not_after=session.starts_at,
        context={
            "name": place.name,
            "line": line,
            "day": day_words(session.starts_at),
            "lines": lines[lines.index(line) :],
            "url": settings.SITE_URL + place.url,
        },
    )
