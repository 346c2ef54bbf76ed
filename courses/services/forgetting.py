"""Names and addresses go: when their time is over, or when a person is erased.

What each field turns into is declared in courses/privacy.py; here stands what else must be done.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils import timezone

from courses.enums import InvoiceState, MessageState, PlaceState, WaitingState
from courses.models import (
    Booking,
    Certificate,
    Cohort,
    OutboxMessage,
    Place,
    WaitingEntry,
)
from courses.services.history import note
from courses.services.offers import leave_list
from courses.services.outbox import DUE_STATES, wake
from courses.services.places import close_if_empty, release
from courses.services.seats import lock_cohort
from courses.when import months_after
from privacy.declared import NOBODY
from privacy.erasing import as_declared
from privacy.registry import Asked, Obstacle

WORDS_KEPT = timedelta(days=90)
OPEN_INVOICES = (InvoiceState.REQUESTED, InvoiceState.SENT)
Rows = Any

# Erasing a person --------------------------------------------------------------------------------


def give_up(asked: Asked) -> None:
    """Places on cohorts that are not over, offers and places on lists go back; nothing is sent."""
    now = timezone.now()
    for place in places_of(asked.address).order_by("cohort_id", "pk"):
        with transaction.atomic():
            free_place(place, asked, now)
    waits = WaitingEntry.objects.filter(email__iexact=asked.address)
    for entry in waits.filter(state__in=[WaitingState.WAITING, WaitingState.OFFERED]):
        leave_list(entry=entry)
    mails = OutboxMessage.objects.filter(to__iexact=asked.address)
    mails.filter(state__in=[*DUE_STATES, MessageState.FAILED]).delete()
    transaction.on_commit(wake)


def places_of(address: str) -> Rows:
    return Place.objects.filter(email__iexact=address).select_related("booking")


def free_place(place: Place, asked: Asked, now: datetime) -> None:
    """On a cohort that is over the place stays as it is: it counts for the statistics."""
    cohort = lock_cohort(place.cohort_id)
    place.refresh_from_db()
    ends = cohort.facts.ends
    if place.state in PlaceState.with_seat() and (ends is None or now < ends):
        release(cohort, place, now=now)
        close_if_empty(place.booking, now=now)
    note("person_erased", cohort=cohort, by=asked.by, place=place.pk)


def note_export(asked: Asked) -> None:
    for cohort in Cohort.objects.filter(places__email__iexact=asked.address).distinct():
        note("person_exported", cohort=cohort, by=asked.by)


def open_invoices(address: str) -> Iterator[Obstacle]:
    bookings = Booking.objects.filter(booker_email__iexact=address, invoice_state__in=OPEN_INVOICES)
    for booking in bookings.order_by("pk"):
        yield Obstacle(
            f"The invoice for booking {booking.reference} is not settled. Note that it was paid or"
            " credited, or cancel the booking, first.",
            roster_of(booking),
        )


def roster_of(row: Place | Booking | WaitingEntry | OutboxMessage) -> str:
    return reverse("courses_office:roster", args=[row.cohort_id]) if row.cohort_id else ""


# What is kept no longer --------------------------------------------------------------------------


def over(now: datetime) -> list[int]:
    """Cohorts whose names go: the months that each says after its last session have gone by."""
    cohorts = Cohort.objects.annotate(last=Max("sessions__ends_at"))
    rows = cohorts.values_list(
        "pk", "kept_months", "last", "called_off_at", "closes_at", "opens_at"
    )
    return [
        pk
        for pk, months, *moments in rows
        if months_after(next(moment for moment in moments if moment), months) <= now
    ]


def places_due(now: datetime) -> Rows:
    return Place.objects.filter(cohort__in=over(now)).exclude(email__endswith=NOBODY)


def bookings_due(now: datetime) -> Rows:
    """Not while an invoice is open, nor while one of its people is on a later cohort."""
    gone = over(now)
    rows = Booking.objects.filter(cohort__in=gone).exclude(booker_email__endswith=NOBODY)
    later = Place.objects.exclude(cohort__in=gone).values("booking")
    return rows.exclude(invoice_state__in=OPEN_INVOICES).exclude(pk__in=later)


def entries_due(now: datetime) -> Rows:
    return WaitingEntry.objects.filter(cohort__in=over(now)).exclude(email__endswith=NOBODY)


def certificates_due(now: datetime) -> Rows:
    return Certificate.objects.filter(place__cohort__in=over(now)).exclude(name="")


def mails_due(now: datetime) -> Rows:
    gone = Q(cohort__in=over(now)) | Q(cohort=None, created_at__lt=now - timedelta(days=365))
    return OutboxMessage.objects.filter(gone).exclude(to__endswith=NOBODY)


def words_due(now: datetime) -> Rows:
    """The words of mails that are no longer of use; to whom and when they went still shows."""
    rows = OutboxMessage.objects.filter(
        state__in=MessageState.settled(), created_at__lt=now - WORDS_KEPT
    )
    sent = Q(sent_at=None) | Q(sent_at__lt=now - WORDS_KEPT)
    return rows.filter(sent).exclude(text="", html="")


def forget_places(rows: Rows) -> None:
    touched = dict(rows.order_by().values_list("cohort").annotate(Count("pk")))
    as_declared("courses.Place")(rows)
    for cohort in Cohort.objects.filter(pk__in=touched):
        note("kept_no_longer", cohort=cohort, places=touched[cohort.pk])


def forget_mails(rows: Rows) -> None:
    rows.filter(state__in=DUE_STATES).delete()
    as_declared("courses.OutboxMessage")(rows)


def empty_words(rows: Rows) -> None:
    rows.update(text="", html="", attachments=[])


Rule = tuple[str, str, Callable[[datetime], Rows], Callable[[Rows], object]]
RULES: tuple[Rule, ...] = (
    (
        "certificates",
        "Names on certificates, when their cohort’s time is over",
        certificates_due,
        as_declared("courses.Certificate"),
    ),
    ("mails", "Mails of cohorts whose time is over", mails_due, forget_mails),
    (
        "words of mails",
        f"The words of mails, {WORDS_KEPT.days} days after they were sent",
        words_due,
        empty_words,
    ),
    (
        "lists",
        "Names on waiting lists, when their cohort’s time is over",
        entries_due,
        as_declared("courses.WaitingEntry"),
    ),
    (
        "bookers",
        "Who booked, when the cohort’s time is over and the invoice settled",
        bookings_due,
        as_declared("courses.Booking"),
    ),
    ("places", "Who attended, when the cohort’s time is over", places_due, forget_places),
)
