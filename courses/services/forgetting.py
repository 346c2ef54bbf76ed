"""Names and addresses go: when their time is over, or when a person is erased.

What each field turns into is declared in courses/privacy.py; here stands what else must be done.
"""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, Q
from django.db.models.functions import Substr
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
from privacy.forgetting import as_declared
from privacy.registry import Asked, Obstacle

WORDS_KEPT = timedelta(days=90)
OPEN_INVOICES = (InvoiceState.REQUESTED, InvoiceState.SENT)
Rows = Any

# Erasing a person --------------------------------------------------------------------------------


def give_up(asked: Asked) -> None:
    """Places on cohorts that are not over, offers and places on lists go back; nothing is sent."""
    now = timezone.now()
    for cohort_id in sorted(set(places_of(asked.address).values_list("cohort", flat=True))):
        with transaction.atomic():
            free_places(lock_cohort(cohort_id), asked, now)
    waits = WaitingEntry.objects.filter(email__iexact=asked.address)
    for entry in waits.filter(state__in=[WaitingState.WAITING, WaitingState.OFFERED]):
        leave_list(entry=entry)
    mails = OutboxMessage.objects.filter(to__iexact=asked.address)
    mails.filter(state__in=[*DUE_STATES, MessageState.FAILED]).delete()
    transaction.on_commit(wake)


def places_of(address: str) -> Rows:
    return Place.objects.filter(email__iexact=address).select_related("booking")


def free_places(cohort: Cohort, asked: Asked, now: datetime) -> None:
    """On a cohort that is over places stay as they are: they count for the statistics."""
    places = places_of(asked.address).filter(cohort=cohort)
    ends = cohort.facts.ends
    if ends is None or now < ends:
        for place in places.filter(state__in=PlaceState.with_seat()).order_by("pk"):
            release(cohort, place, now=now)
            close_if_empty(place.booking, now=now)
    note("person_erased", cohort=cohort, by=asked.by, people=1, places=places.count())


GREETING = re.compile(r"Hello (.+),")
BEGINNING = 160  # of a mail: who is greeted; a name has 120 letters at most


def greeted(address: str) -> Iterator[str]:
    """What mails to this address call its person: still so when the place was given to somebody
    else, or the name mended. A test mail calls an organiser by the name of another."""
    mails = OutboxMessage.objects.filter(to__iexact=address)
    theirs = mails.exclude(place=None, entry=None, booking=None).order_by()
    begins = theirs.values_list(Substr("text", 1, BEGINNING), flat=True).distinct()
    yield from (found[1] for text in begins if (found := GREETING.match(text)))


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
    return rows.filter(sent).exclude(text="", html="").exclude(pk__in=mails_due(now).values("pk"))


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
