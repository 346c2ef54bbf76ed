"""Rows as they stood before cohorts had every state; run by test_migrations.py on a copy."""

from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

BEFORE = ("courses", "0002_plain_names")
NOW = timezone.now()


def make_rows() -> None:
    call_command("migrate", *BEFORE, verbosity=0)
    apps = MigrationExecutor(connection).loader.project_state([BEFORE]).apps
    cohort = make_cohort(apps)
    organisation = apps.get_model("courses", "Organisation").objects.create(name="School", key="k")
    bookings = [
        apps.get_model("courses", "Booking").objects.create(
            cohort=cohort,
            organisation=organisation,
            state=state,
            amount=amount,
            **dict.fromkeys(("reference", "token", "idempotency_key"), f"{state} {amount}"),
        )
        for state, amount in (("booked", 500), ("booked", 0), ("cancelled", 500))
    ]
    for number, booking in enumerate(bookings):
        apps.get_model("courses", "Place").objects.create(
            booking=booking, cohort=cohort, email=f"{number}@school.example", state=booking.state,
            token=f"place {number}",
        )  # fmt: skip
        apps.get_model("courses", "WaitingEntry").objects.create(
            cohort=cohort, kind="place", name="Person", email=f"{number}@school.example"
        )


def make_cohort(apps: Any) -> Any:
    """Of a programme that need not be a page: nothing here asks for one."""
    content_type = apps.get_model("contenttypes", "ContentType").objects.create(
        app_label="courses", model="earlier"
    )
    programme = apps.get_model("courses", "ProgrammePage").objects.create(
        title="Programme", slug="programme", path="99990001", depth=2, content_type=content_type,
        locale=apps.get_model("wagtailcore", "Locale").objects.first(),
    )  # fmt: skip
    version = apps.get_model("courses", "ProgrammeVersion").objects.create(programme=programme)
    price = apps.get_model("courses", "PriceRule").objects.create(programme=programme)
    return apps.get_model("courses", "Cohort").objects.create(
        programme=programme, version=version, price=price, slug="cohort", seats_taken=2,
        opens_at=NOW - timedelta(days=1),
    )  # fmt: skip


def migrated() -> dict[str, Any]:
    """What became of them."""
    make_rows()
    call_command("migrate", verbosity=0)
    from courses.models import Booking, Place, WaitingEntry

    return {
        "invoices": list(Booking.objects.order_by("pk").values_list("invoice_state", flat=True)),
        "cancelled": [
            [row.cancelled_at == row.created_at for row in rows if row.state == "cancelled"]
            for rows in (Booking.objects.all(), Place.objects.all())
        ],
        "tokens": {len(token) for token in WaitingEntry.objects.values_list("token", flat=True)},
        "own tokens": WaitingEntry.objects.values("token").distinct().count(),
        "a cancelled place is booked again": is_booked_again(
            Place.objects.filter(state="cancelled")
        ),
    }


def is_booked_again(places: Any) -> bool:
    try:
        with transaction.atomic():
            return bool(places.update(state="booked", cancelled_at=None))
    except IntegrityError:
        return False
