"""One person with something in every app, and others whose data must stay."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection
from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.log_actions import log

from core.models import Enquiry
from courses.enums import AttendanceState, InvoiceState
from courses.models import Attendance, Booking, Certificate, Cohort, Place
from courses.services import Attendee, join_waiting_list, register, send_due
from privacy.finding import tables
from privacy.redaction import spellings
from search.engines.database import named
from tests.courses.factories import make_cohort, make_order, write_mails

ADA = "ada.example@school.example"
NAME = "Ada Sampleton"
BO = "bo@school.example"


def make_administrator(name: str = "admin") -> User:
    return User.objects.create_superuser(name, f"{name}@trust.example", "pw")


def book(cohort: Cohort, *people: Attendee, booker: Attendee | None = None) -> Booking:
    order = replace(make_order(), people=people, booker=booker or make_order().booker)
    now = cohort.opens_at + timedelta(days=1)
    booking = register(cohort_id=cohort.pk, order=order, key=str(uuid4()), now=now).booking
    write_mails()
    return booking


def past_cohort(*, months_ago: int = 1, **fields: Any) -> Cohort:
    """Its last session was so many months ago."""
    return make_cohort(starts=timezone.now() - timedelta(days=30 * months_ago), weeks=1, **fields)


def make_ada() -> tuple[Booking, Booking]:
    """On a cohort that is over, where she came, and as the booker of one that is to come, with
    everything sent; on a list; with an enquiry that stands in the log."""
    ada, bo = Attendee(NAME, ADA), Attendee("Bo Sampleson", BO)
    over = book(past_cohort(), ada, bo)
    ahead = book(make_cohort(), ada, bo, booker=ada)
    Booking.objects.update(invoice_state=InvoiceState.NOTHING)
    came(Place.objects.get(cohort=over.cohort, email=ADA))
    full = make_cohort(capacity=1)
    book(full, bo)
    join_waiting_list(cohort_id=full.pk, person=ada, consent_version="2026-11")
    send_due()
    enquiry = make_enquiry(name=NAME, email=ADA.upper())
    log(instance=enquiry, action="wagtail.edit", data={"note": f"{NAME}, {ADA}"})
    return over, ahead


def came(place: Place) -> None:
    Attendance.objects.create(
        session=place.cohort.sessions.get(), place=place, state=AttendanceState.PRESENT
    )
    Certificate.objects.create(
        place=place, name=place.name, programme="Organising", cohort="Spring", minutes=120
    )


def make_enquiry(**fields: Any) -> Enquiry:
    defaults: dict[str, Any] = {"kind": "visit", "message": "May we come?", "school": "Sample"}
    return Enquiry.objects.create(form_token=uuid4(), **{**defaults, **fields})


def everything() -> Iterator[str]:
    """Each value of the whole database as text, with where it stands."""
    yield from values_of_models()
    yield from values_beside_models()


def values_of_models() -> Iterator[str]:
    for table in tables():
        model = apps.get_model(table.label)
        for field in model._meta.concrete_fields:
            texts = model._base_manager.annotate(as_text=Cast(field.name, TextField()))
            for text in texts.values_list("as_text", flat=True):
                yield f"{table.label}.{field.name}: {text}"


def values_beside_models() -> Iterator[str]:
    """Tables that no model has: of a search index, with the pieces that SQLite keeps of it."""
    ours = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    with connection.cursor() as cursor:
        for name in set(connection.introspection.table_names(cursor)) - ours:
            cursor.execute(named("SELECT * FROM TABLE_NAME", connection.ops.quote_name(name)))
            for value in (value for row in cursor.fetchall() for value in row):
                is_binary = isinstance(value, bytes | memoryview)
                yield f"{name}: {bytes(value).decode(errors='replace') if is_binary else value}"


def standing(*words: str) -> list[str]:
    """Where in the database one of these words stands, in whatever letters."""
    forms = [form.lower() for word in words for form in spellings(word)]
    return [text for text in everything() if any(form in text.lower() for form in forms)]


def at(days: int) -> datetime:
    return timezone.now() + timedelta(days=days)
