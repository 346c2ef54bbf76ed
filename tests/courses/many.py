"""Cohorts with many people, written straight into the database."""

from decimal import Decimal

from courses.models import Booking, Cohort, Organisation, OutboxMessage, Place
from courses.models.organisations import organisation_key


def fill_with_people(cohort: Cohort, number: int) -> None:
    """Two people a booking, five bookings an organisation; a mail for each person; 30th failed."""
    organisations = Organisation.objects.bulk_create(
        Organisation(name=name, postcode="BD1 1AA", key=organisation_key(name, "BD1 1AA"))
        for name in (f"School {index}" for index in range(number // 10 + 1))
    )
    bookings = Booking.objects.bulk_create(
        Booking(
            cohort=cohort,
            organisation=organisations[index // 5],
            booker_name=f"Manager {index}",
            booker_email=f"manager{index}@school.example",
            amount=Decimal("500.00"),
            invoice_state="requested",
            consent_version="1",
            idempotency_key=f"{cohort.pk}-{index}",
            fingerprint="",
        )
        for index in range(number // 2 + 1)
    )
    places = Place.objects.bulk_create(
        Place(
            cohort=cohort,
            booking=bookings[index // 2],
            name=f"Teacher {index:04}",
            email=f"teacher{index}@school.example",
        )
        for index in range(number)
    )
    OutboxMessage.objects.bulk_create(
        OutboxMessage(
            kind="place",
            cohort=cohort,
            booking=place.booking,
            place=place,
            to=place.email,
            subject="Your place",
            text="Words",
            html="<p>Words</p>",
            state="failed" if index % 30 == 29 else "sent",
            last_error="550 no such box" if index % 30 == 29 else "",
        )
        for index, place in enumerate(places)
    )
    Cohort.objects.filter(pk=cohort.pk).update(
        capacity=max(number, 1), seats_taken=cohort.places.count()
    )
