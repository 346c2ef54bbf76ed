"""Registering: seats, booking, places and mails in one transaction, or nothing."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from courses.enums import PlaceState
from courses.models import Booking, Cohort, Organisation, Place
from courses.models.organisations import organisation_key
from courses.services.confirmations import write_confirmations
from courses.services.errors import (
    AlreadyRegistered,
    CohortFull,
    KeyUsedBefore,
    RegistrationClosed,
    TooManyPeople,
)
from courses.services.orders import Order, OrganisationDetails
from courses.services.outbox import wake
from courses.services.seats import take_seats


@dataclass(frozen=True, slots=True)
class Registration:
    """`is_new` is False when the same form was sent again: the booking is the first one's."""

    booking: Booking
    is_new: bool


def register(
    *, cohort_id: int, order: Order, key: str, now: datetime | None = None
) -> Registration:
    """Book all of `order` on a cohort; the same `key` with the same order books once.

    Raises RegistrationClosed, CohortFull, AlreadyRegistered, TooManyPeople or KeyUsedBefore.
    """
    order = order.cleaned()
    earlier = booked_before(key=key, order=order)
    if earlier:
        return earlier
    try:
        with transaction.atomic():
            booking = book(cohort_id=cohort_id, order=order, key=key, now=now or timezone.now())
            transaction.on_commit(wake)
    except (CohortFull, IntegrityError, AlreadyRegistered):
        # A twin of this very request may have won the race: then it is its booking we show.
        earlier = booked_before(key=key, order=order)
        if earlier:
            return earlier
        refuse_people_with_a_place(cohort_id, order)
        raise
    return Registration(booking, is_new=True)


def booked_before(*, key: str, order: Order) -> Registration | None:
    booking = Booking.objects.filter(idempotency_key=key).first()
    if booking is None:
        return None
    if booking.fingerprint != order.fingerprint:
        raise KeyUsedBefore
    return Registration(booking, is_new=False)


def book(*, cohort_id: int, order: Order, key: str, now: datetime) -> Booking:
    cohort = Cohort.objects.select_related("price", "version", "programme").get(pk=cohort_id)
    refuse_if_closed(cohort, now)
    allowed = cohort.price.places_included
    if not 1 <= len(order.people) <= allowed:
        raise TooManyPeople(allowed)
    refuse_people_with_a_place(cohort_id, order)
    take_seats(cohort_id=cohort_id, seats=len(order.people))
    booking = write_booking(cohort, order, key)
    places = [
        Place.objects.create(booking=booking, cohort=cohort, name=person.name, email=person.email)
        for person in order.people
    ]
    write_confirmations(cohort=cohort, booking=booking, places=places)
    return booking


def refuse_if_closed(cohort: Cohort, now: datetime) -> None:
    """Full is not closed: seats.py decides about seats, in the statement that takes them."""
    state = cohort.state(now)
    if not (state.is_bookable or state.is_full):
        raise RegistrationClosed(state)


def refuse_people_with_a_place(cohort_id: int, order: Order) -> None:
    emails = [person.email for person in order.people]
    booked = Place.objects.filter(cohort_id=cohort_id, email__in=emails, state=PlaceState.BOOKED)
    known = set(booked.values_list("email", flat=True))
    if known:
        raise AlreadyRegistered(tuple(i for i, email in enumerate(emails) if email in known))


def write_booking(cohort: Cohort, order: Order, key: str) -> Booking:
    return Booking.objects.create(
        cohort=cohort,
        organisation=organisation_for(order.organisation),
        booker_name=order.booker.name,
        booker_email=order.booker.email,
        claims_membership=order.organisation.claims_membership,
        purchase_order=order.purchase_order,
        amount=cohort.price.due_from(is_member=order.organisation.claims_membership),
        currency=cohort.price.currency,
        consent_version=order.consent_version,
        idempotency_key=key,
        fingerprint=order.fingerprint,
    )


def organisation_for(details: OrganisationDetails) -> Organisation:
    """The organisation of this name and postcode; what an organiser corrected stays."""
    organisation, _ = Organisation.objects.get_or_create(
        key=organisation_key(details.name, details.postcode),
        defaults={"name": details.name, "postcode": details.postcode, "urn": details.urn},
    )
    return organisation
