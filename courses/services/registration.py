"""Registering: seats, booking, places and mails in one transaction, or nothing.

All that can be made beforehand is made beforehand, and the seats are taken last: a hot cohort's row
is locked for the time of one commit (docs/adr/0009).
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import CharField
from django.utils import timezone

from core.prepared import Insert, Prepared
from courses.enums import InvoiceState
from courses.models import Booking, Cohort, Organisation, OutboxMessage, Place
from courses.models.organisations import organisation_key
from courses.services.again import again
from courses.services.confirmations import confirmations
from courses.services.errors import (
    CohortFull,
    KeyUsedBefore,
    RegistrationClosed,
    RegistrationRefused,
    TooManyPeople,
)
from courses.services.orders import Attendee, Order, OrganisationDetails
from courses.services.outbox import wake
from courses.services.people import other_places, state_for
from courses.services.seats import lock_cohort, read_cohort, take_seats


@dataclass(frozen=True, slots=True)
class Registration:
    """`is_new` is False when the same form was sent again: the booking is the first one's."""

    booking: Booking
    is_new: bool


@again
def register(
    *, cohort_id: int, order: Order, key: str, now: datetime | None = None
) -> Registration:
    """Book all of `order` on a cohort; the same `key` with the same order books once.

    Somebody who has a place already is booked like everybody: only they and the organisers learn
    of it. Raises RegistrationClosed, CohortFull, TooManyPeople or KeyUsedBefore.
    """
    order, now = order.cleaned(), now or timezone.now()
    try:
        return Registration(book(cohort_id, order, key=key, now=now), is_new=True)
    except (RegistrationRefused, IntegrityError) as refusal:
        # This very form, sent before or in the same moment, may be what stands in the way.
        earlier = booked_before(cohort_id, key=key, order=order)
        if earlier:
            return earlier
        if isinstance(refusal, RegistrationRefused):
            raise
    return register_alone(cohort_id, order, key=key, now=now)


def register_alone(cohort_id: int, order: Order, *, key: str, now: datetime) -> Registration:
    """One of its people was booked in the same moment. While nobody else writes, that is known."""
    with transaction.atomic():
        lock_cohort(cohort_id)
        earlier = booked_before(cohort_id, key=key, order=order)
        return earlier or Registration(book(cohort_id, order, key=key, now=now), is_new=True)


def booked_before(cohort_id: int, *, key: str, order: Order) -> Registration | None:
    booking = Booking.objects.filter(idempotency_key=key).first()
    if booking is None:
        return None
    if (booking.cohort_id, booking.fingerprint) != (cohort_id, order.fingerprint):
        raise KeyUsedBefore
    return Registration(booking, is_new=False)


def book(cohort_id: int, order: Order, *, key: str, now: datetime) -> Booking:
    cohort = read_cohort(cohort_id)
    refuse(cohort, order, now=now)
    written = write_order(cohort, order, key=key)
    with transaction.atomic():
        written.save()
        take_seats(cohort_id=cohort_id, seats=len(order.people), timetable=cohort.timetable)
        transaction.on_commit(wake)
    return written.booking


def refuse(cohort: Cohort, order: Order, *, now: datetime) -> None:
    """What can be said without a lock; whether seats are free is decided when they are taken."""
    refuse_closed(cohort, now)
    allowed = cohort.price.places_included
    if not 1 <= len(order.people) <= allowed:
        raise TooManyPeople(allowed)
    if cohort.left is not None and cohort.left < len(order.people):
        raise CohortFull(cohort.left)


def refuse_closed(cohort: Cohort, now: datetime) -> None:
    state = cohort.state(now)
    if not (state.is_bookable or state.is_full):
        raise RegistrationClosed(state)


@dataclass(frozen=True, slots=True)
class Written:
    """A booking with all that belongs to it, not yet in the database."""

    booking: Booking
    places: list[Place]
    mails: list[OutboxMessage]

    def save(self) -> None:
        """Raises IntegrityError if its form or one of its people was written meanwhile."""
        organisation, details = self.booking.organisation, self.booking.organisation
        if organisation.pk is None:
            organisation, _ = Organisation.objects.get_or_create(
                key=organisation_key(details.name, details.postcode),
                defaults={
                    "name": details.name,
                    "postcode": details.postcode,
                    "urn": details.urn,
                    "type": details.type,
                },
            )
            self.booking.organisation = organisation
        insert_booking(self.booking)
        for place in self.places:
            place.booking = self.booking  # which has its key now
            insert_place(place)
        for mail in self.mails:
            mail.booking, mail.place = self.booking, mail.place
            insert_mail(mail)


def write_order(cohort: Cohort, order: Order, *, key: str) -> Written:
    booking = write_booking(cohort, order, key)
    # In the order of addresses: two orders for the same people never wait for each other.
    people = sorted(order.people, key=lambda person: person.email)
    known = other_places(cohort.pk, [person.email for person in people])
    places = [write_place_of(cohort, booking, person, known) for person in people]
    mails = confirmations(cohort=cohort, booking=booking, places=places)
    return Written(booking, places, mails)


def write_place_of(
    cohort: Cohort, booking: Booking, person: Attendee, known: dict[str, Place]
) -> Place:
    return Place(
        booking=booking,
        cohort=cohort,
        name=person.name,
        email=person.email,
        state=state_for(person.email, known),
    )


def write_booking(cohort: Cohort, order: Order, key: str) -> Booking:
    amount = cohort.price.due_from(is_member=order.organisation.claims_membership)
    return Booking(
        cohort=cohort,
        organisation=organisation_for(order.organisation),
        booker_name=order.booker.name,
        booker_email=order.booker.email,
        claims_membership=order.organisation.claims_membership,
        purchase_order=order.purchase_order,
        amount=amount,
        currency=cohort.price.currency,
        invoice_state=InvoiceState.REQUESTED if amount else InvoiceState.NOTHING,
        consent_version=order.consent_version,
        idempotency_key=key,
        fingerprint=order.fingerprint,
    )


def organisation_for(details: OrganisationDetails) -> Organisation:
    """The organisation of this name and postcode; what an organiser corrected stays."""
    key = organisation_key(details.name, details.postcode)
    return next(iter(organisations(key)), None) or Organisation(
        name=details.name,
        postcode=details.postcode,
        urn=details.urn,
        type=details.type,
        key=key,
    )


insert_booking, insert_place, insert_mail = Insert(Booking), Insert(Place), Insert(OutboxMessage)
organisations = Prepared(lambda key: Organisation.objects.filter(key=key).order_by(), CharField())
