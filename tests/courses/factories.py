"""Programmes, cohorts and bookings for tests."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import Group, User
from django.utils import timezone

from core import guard
from core.groups import ORGANISERS
from courses.models import (
    Cohort,
    OutboxMessage,
    PriceRule,
    ProgrammeIndexPage,
    ProgrammePage,
    ProgrammePart,
    ProgrammeVersion,
    Session,
)
from courses.services import (
    Attendee,
    Order,
    OrganisationDetails,
    Registration,
    register,
)
from courses.services.wording import nothing_to_confirm, put_into_words
from courses.when import LONDON
from tests.factories import make_home, make_page

PARTS = ("Change and power", "One-to-ones", "The cycle of action", "Leaders", "Making a plan")
LINK = "https://zoom.example/j/secret-{}"


def make_programme(title: str = "Community Organising in Schools", **fields: Any) -> ProgrammePage:
    home = make_home()
    index = ProgrammeIndexPage.objects.first() or make_page(
        ProgrammeIndexPage, home, title="Training", slug="training"
    )
    return make_page(ProgrammePage, index, title=title, **fields)


def make_version(programme: ProgrammePage, label: str = "now", **fields: Any) -> ProgrammeVersion:
    fields.setdefault("name", programme.title)
    version = ProgrammeVersion.objects.create(programme=programme, label=label, **fields)
    for order, title in enumerate(PARTS):
        ProgrammePart.objects.create(version=version, title=title, sort_order=order)
    return version


def make_price(programme: ProgrammePage, **fields: Any) -> PriceRule:
    defaults: dict[str, Any] = {
        "name": "2027",
        "amount": Decimal("500.00"),
        "member_waiver": True,
        "dues_to": "Citizens UK",
        "conference": "Schools Conference",
        "conference_places": 5,
        "credited_later": True,
    }
    return PriceRule.objects.create(programme=programme, **{**defaults, **fields})


def make_cohort(
    programme: ProgrammePage | None = None, *, starts: datetime | None = None, **fields: Any
) -> Cohort:
    """Open now, 24 places, five weekly sessions from 30 days ahead."""
    programme = programme or ProgrammePage.objects.first() or make_programme()
    now = timezone.now()
    first = starts or at(now + timedelta(days=30))
    defaults: dict[str, Any] = {
        "version": programme.versions.first() or make_version(programme),
        "price": programme.prices.first() or make_price(programme),
        "term": "Spring term 2027",
        "opens_at": min(now, first) - timedelta(days=10),
        "capacity": 24,
    }
    sold = fields.pop("seats_taken", 0)
    weeks = fields.pop("weeks", 5)
    cohort = Cohort(programme=programme, **{**defaults, **fields})
    cohort.seats_taken = sold
    cohort.save()
    add_sessions(cohort, [first + timedelta(weeks=week) for week in range(weeks)])
    return cohort


def at(day: datetime, hour: int = 16) -> datetime:
    return day.astimezone(LONDON).replace(hour=hour, minute=0, second=0, microsecond=0)


def add_sessions(cohort: Cohort, starts: Sequence[datetime]) -> None:
    """Two hours each, by the clock in London, also over a change of the clocks."""
    parts = list(cohort.version.parts.all())
    for number, start in enumerate(starts):
        Session.objects.create(
            cohort=cohort,
            part=parts[number % len(parts)],
            starts_at=start,
            ends_at=start + timedelta(hours=2),
            joining_link=LINK.format(f"{cohort.pk}-{number + 1}"),
        )
    cohort.refresh_from_db()


def make_order(*emails: str, **fields: Any) -> Order:
    """An order for people with these addresses, or one person."""
    people = tuple(Attendee(f"Person {n}", email) for n, email in enumerate(emails, start=1))
    defaults: dict[str, Any] = {
        "organisation": OrganisationDetails("Sample secondary", "BD1 1AA"),
        "booker": Attendee("Sample manager", "office@school.example"),
        "people": people or (Attendee("Person 1", "one@school.example"),),
        "purchase_order": "PO 12",
        "consent_version": "2026-11",
    }
    return Order(**{**defaults, **fields})


def make_organiser(name: str = "organiser") -> User:
    user = User.objects.create_user(name, password="pw")
    user.groups.add(Group.objects.get(name=ORGANISERS))
    return user


def make_registration(cohort: Cohort, *emails: str, **fields: Any) -> Registration:
    """Its mails have their words already, as if a first try had been made to send them."""
    order = make_order(*emails, **fields)
    registration = register(cohort_id=cohort.pk, order=order, key=str(uuid4()))
    write_mails()
    return registration


def write_mails() -> None:
    for mail in OutboxMessage.objects.filter(text=""):
        if mail.is_unwritten and not nothing_to_confirm(mail):
            put_into_words(mail)


def registration_form(**fields: Any) -> dict[str, Any]:
    """What a browser sends: two people, a purchase order, opened a minute ago."""
    filled = {
        "organisation": "Sample secondary, Bradford",
        "postcode": "BD1 1AA",
        "urn": "",
        "booker": "Sample business manager",
        "booker_email": "office@school.example",
        "person_1": "Sample teacher",
        "person_1_email": "teacher@school.example",
        "person_2": "Sample link worker",
        "person_2_email": "linkworker@school.example",
        "order": "PO 4711",
        "consent": "on",
        "website": "",
        "opened": opened_earlier(),
        "key": str(uuid4()),
    }
    return {name: value for name, value in {**filled, **fields}.items() if value is not None}


def waiting_form(**fields: Any) -> dict[str, Any]:
    filled = {
        "name": "Sample teacher",
        "email": "teacher@school.example",
        "organisation": "",
        "consent": "on",
        "website": "",
        "opened": opened_earlier(),
        "key": str(uuid4()),
    }
    return {**filled, **fields}


def opened_earlier(seconds: float = 60) -> str:
    return guard.stamp(timezone.now().timestamp() - seconds)
