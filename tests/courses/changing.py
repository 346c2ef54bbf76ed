"""What people send by their private link, for the tests."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from courses.models import Booking, Cohort, Session
from tests.courses.factories import (
    opened_earlier,
)

NEW = "new@school.example"


def form(**fields: Any) -> dict[str, Any]:
    return {"website": "", "opened": opened_earlier(), "key": str(uuid4()), **fields}


def person(name: str = "New person", email: str = NEW) -> dict[str, Any]:
    return form(name=name, email=email)


def address(what: str, *args: Any) -> str:
    return reverse(f"courses:{what}", args=args)


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split("<main")[1].split("</main>")[0].split())


def begin(cohort: Cohort, *, ago: timedelta = timedelta(days=1)) -> None:
    """The first session was `ago`; the others keep their distance."""
    first = cohort.dated[0].starts_at
    shift = timezone.now() - ago - first
    sessions = Session.objects.filter(cohort=cohort)
    sessions.update(starts_at=F("starts_at") + shift, ends_at=F("ends_at") + shift)


def changes_of(booking: Booking) -> list[str]:
    """Every page of a change, as the booker and as a person."""
    place = booking.places.all()[0]
    own = [address(what, place.token) for what in ("swap", "move", "cancel")]
    named = [address(what, booking.token, place.pk) for what in ("swap", "move", "cancel")]
    whole = [address(what, booking.token) for what in ("add", "order", "cancel")]
    return [*own, *named, *whole]
