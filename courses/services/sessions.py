"""The sessions of a cohort as lines of a mail or a page, and as a calendar file."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr

from django.conf import settings

from courses.calendars import CalendarEvent, Method, calendar_file
from courses.enums import SessionState
from courses.models import Cohort, Session
from courses.when import day_words, times_words, zone_words

LINK_SHOWN_BEFORE = timedelta(hours=24)


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionLine:
    """`link` is empty where it may not, or cannot yet, be shown; `link_from` then says when.

    A cancelled session keeps its line and its number, and says so.
    """

    session: int
    number: int
    title: str
    day: str
    times: str
    zone: str
    facilitator: str
    link: str
    link_from: str
    is_over: bool
    is_cancelled: bool


def mail_lines(cohort: Cohort, *, with_links: bool) -> tuple[SessionLine, ...]:
    """For a mail, which goes to one person: links at once, for those who attend."""
    return tuple(
        line(
            number, session, link=session.joining_link if with_links and is_planned(session) else ""
        )
        for number, session in enumerate(cohort_sessions(cohort), start=1)
    )


def page_lines(cohort: Cohort, *, with_links: bool, now: datetime) -> list[SessionLine]:
    """For a private page, whose address may be passed on: links from 24 hours before."""
    lines = []
    for number, session in enumerate(cohort_sessions(cohort), start=1):
        opens = session.starts_at - LINK_SHOWN_BEFORE
        takes_place = is_planned(session)
        due = with_links and takes_place and opens <= now < session.ends_at
        later = with_links and takes_place and now < opens
        lines.append(
            line(
                number,
                session,
                link=session.joining_link if due else "",
                link_from=day_words(opens) if later else "",
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
        session=session.pk,
        number=number,
        title=session.part.title if session.part else "",
        day=day_words(session.starts_at),
        times=times_words(session.starts_at, session.ends_at),
        zone=zone_words([session.starts_at, session.ends_at]),
        facilitator=session.facilitator,
        link=link,
        link_from=link_from,
        is_over=is_over,
        is_cancelled=not is_planned(session),
    )


def is_planned(session: Session) -> bool:
    return session.state == SessionState.PLANNED


# Calendars: never with joining links, because they are shared -------------------------------------


def cohort_calendar(cohort: Cohort, *, given_up: bool = False) -> str:
    """To fetch, once or again and again: what is cancelled stays in it and says so, and the file is
    the same until something changes. `given_up`: for somebody who has no place any more."""
    return written(cohort, cohort_sessions(cohort), method=Method.PUBLISH, given_up=given_up)


def mailed_calendar(cohort: Cohort, *, now: datetime) -> str:
    """To put into a calendar: what takes place."""
    sessions = [each for each in cohort_sessions(cohort) if is_planned(each)]
    return written(cohort, sessions, method=Method.PUBLISH, now=now)


def cancellation(cohort: Cohort, session: Session, *, now: datetime) -> str:
    """Takes one session out of a calendar: RFC 5546 lets a CANCEL speak of one only."""
    return written(cohort, [session], method=Method.CANCEL, now=now, given_up=True)


def written(
    cohort: Cohort,
    sessions: list[Session],
    *,
    method: Method,
    now: datetime | None = None,
    given_up: bool = False,
) -> str:
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    numbers = {each.pk: number for number, each in enumerate(cohort_sessions(cohort), start=1)}
    events = [
        event(
            cohort,
            session,
            f"{numbers[session.pk]}/{len(numbers)}",
            is_cancelled=given_up or not is_planned(session),
        )
        for session in sessions
    ]
    return calendar_file(
        events,
        name=cohort.version.name,
        organiser=name,
        organiser_email=address,
        method=method,
        sent_at=now,
    )


def event(cohort: Cohort, session: Session, number: str, *, is_cancelled: bool) -> CalendarEvent:
    part = f": {session.part.title}" if session.part else ""
    return CalendarEvent(
        uid=session.uid,
        sequence=session.sequence,
        changed_at=session.changed_at,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        title=f"{cohort.version.name} {number}{part}",
        description="The joining link is in your confirmation mail.",
        location=session.part.format if session.part else "Online",
        is_cancelled=is_cancelled,
    )
