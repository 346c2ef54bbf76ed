"""The sessions of a cohort as lines of a mail or a page, and as a calendar file."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.utils import timezone

from courses.calendars import CalendarEvent, calendar_file
from courses.models import Cohort, Session
from courses.when import day_words, local, times_words

LINK_SHOWN_BEFORE = timedelta(hours=24)


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionLine:
    """`link` is empty where it may not, or cannot yet, be shown; `link_from` then says when."""

    number: int
    title: str
    day: str
    times: str
    zone: str
    facilitator: str
    link: str
    link_from: str
    is_over: bool


def mail_lines(cohort: Cohort, *, with_links: bool) -> list[SessionLine]:
    """For a mail, which goes to one person: links at once, for those who attend."""
    return [
        line(number, session, link=session.joining_link if with_links else "")
        for number, session in enumerate(cohort_sessions(cohort), start=1)
    ]


def page_lines(cohort: Cohort, *, with_links: bool, now: datetime) -> list[SessionLine]:
    """For a private page, whose address may be passed on: links from 24 hours before."""
    lines = []
    for number, session in enumerate(cohort_sessions(cohort), start=1):
        opens = session.starts_at - LINK_SHOWN_BEFORE
        due = with_links and opens <= now < session.ends_at
        lines.append(
            line(
                number,
                session,
                link=session.joining_link if due else "",
                link_from=day_words(opens) if with_links and now < opens else "",
                is_over=now >= session.ends_at,
            )
        )
    return lines


def cohort_sessions(cohort: Cohort) -> list[Session]:
    """All in order of time, also cancelled ones; reads what `with_sessions` has read."""
    return sorted(cohort.sessions.all(), key=lambda each: (each.starts_at, each.pk))


def line(
    number: int, session: Session, *, link: str, link_from: str = "", is_over: bool = False
) -> SessionLine:
    return SessionLine(
        number=number,
        title=session.part.title if session.part else "",
        day=day_words(session.starts_at),
        times=times_words(session.starts_at, session.ends_at),
        zone=local(session.starts_at).tzname() or "",
        facilitator=session.facilitator,
        link=link,
        link_from=link_from,
        is_over=is_over,
    )


def cohort_calendar(cohort: Cohort) -> str:
    """All sessions; without joining links, because calendars are shared."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    sessions = cohort_sessions(cohort)
    events = [
        event(cohort, session, number, len(sessions))
        for number, session in enumerate(sessions, start=1)
    ]
    return calendar_file(events, name=cohort.version.name, organiser=name, organiser_email=address)


def event(cohort: Cohort, session: Session, number: int, total: int) -> CalendarEvent:
    part = f": {session.part.title}" if session.part else ""
    return CalendarEvent(
        uid=session.uid,
        sequence=session.sequence,
        changed_at=timezone.now(),
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        title=f"{cohort.version.name} {number}/{total}{part}",
        description="The joining link is in your confirmation mail.",
        location=session.part.format if session.part else "Online",
    )
