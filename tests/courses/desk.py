"""Steps of the organisers’ tests: cohorts with people and notes, logins, addresses."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.groups import EDITORS, ORGANISERS
from courses.enums import AttendanceState
from courses.models import Attendance, Cohort, Place, ProgrammePage, Session
from tests.courses.factories import make_cohort, make_registration

PEOPLE = ("amina@school.example", "ben@school.example", "cara@school.example")


def log_in(client: Client, group: str = ORGANISERS, name: str = "organiser") -> User:
    user = User.objects.create_user(name, password="pw", email=f"{name}@trust.example")
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)
    return user


def log_in_wrong(client: Client) -> User:
    """Staff of the site, but not of training."""
    return log_in(client, EDITORS, "editor")


def make_past_cohort(programme: ProgrammePage, people: Iterable[str] = PEOPLE) -> Cohort:
    """Five sessions, the last one two days ago; people who registered in time."""
    cohort = make_cohort(programme)
    for email in people:
        make_registration(cohort, email)
    return shift(cohort, to=timezone.now() - timedelta(days=30))


def shift(cohort: Cohort, *, to: datetime) -> Cohort:
    """Let the first session begin at that moment, the others a week after each other."""
    for week, session in enumerate(cohort.dated):
        starts = to + timedelta(weeks=week)
        Session.objects.filter(pk=session.pk).update(
            starts_at=starts, ends_at=starts + timedelta(hours=2)
        )
    return Cohort.objects.with_sessions().get(pk=cohort.pk)


def note(session: Session, place: Place, state: str = AttendanceState.PRESENT) -> Attendance:
    return Attendance.objects.create(session=session, place=place, state=state)


def places_of(cohort: Cohort) -> list[Place]:
    return list(Place.objects.filter(cohort=cohort).order_by("email"))


def url(name: str, *keys: int) -> str:
    return reverse(f"courses_office:{name}", args=keys)


def queries_of(client: Client, address: str) -> int:
    """Of the second look: the first fills what is kept between requests."""
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)
