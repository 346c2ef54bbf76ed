"""Each step of each transition table is taken in the database; each other step is refused by it."""

from datetime import timedelta
from itertools import product

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from courses.enums import WaitingKind
from courses.models import Booking, Cohort, OutboxMessage, Place, Session, WaitingEntry
from courses.transitions import MACHINES, Machine
from courses.triggers import install
from tests.courses.factories import make_registration

MODELS: dict[str, type[models.Model]] = {
    model._meta.db_table: model for model in (Booking, Place, Session, WaitingEntry, OutboxMessage)
}
EVERY_STEP = [
    pytest.param(machine, before, after, id=f"{machine.table}.{machine.column}:{before}-{after}")
    for machine in MACHINES
    for before, after in product(machine.steps, repeat=2)
]


@pytest.fixture
def rows(cohort: Cohort) -> None:
    make_registration(cohort)
    WaitingEntry.objects.create(
        cohort=cohort,
        kind=WaitingKind.PLACE,
        name="Sample person",
        email="waits@school.example",
        consent_version="2026-11",
    )


def put(machine: Machine, state: str) -> int:
    """A row in this state, past the triggers, as only somebody with the keys to the server can."""
    model = MODELS[machine.table]
    pk: int = model._default_manager.values_list("pk", flat=True)[0]
    with connection.cursor() as cursor:
        trigger = f"{machine.table}_{machine.column}_steps"
        cursor.execute(
            f"DROP TRIGGER {trigger}"
            + (f" ON {machine.table}" if connection.vendor == "postgresql" else "")
        )
    take(machine, pk, state)
    install(using=connection.alias)
    return pk


def take(machine: Machine, pk: int, state: str) -> None:
    now = timezone.now()
    fields: dict[str, object] = {machine.column: state}
    if machine.table in ("courses_booking", "courses_place") and machine.column == "state":
        fields["cancelled_at"] = now if state == "cancelled" else None
    if machine.table == "courses_waitingentry" and state == "offered":
        fields |= {"offered_at": now, "offer_ends_at": now + timedelta(hours=1)}
    MODELS[machine.table]._default_manager.filter(pk=pk).update(**fields)


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize(("machine", "before", "after"), EVERY_STEP)
def test_the_database_takes_the_steps_of_the_table_and_no_other(
    machine: Machine, before: str, after: str
) -> None:
    pk = put(machine, before)
    if machine.allows(before, after):
        take(machine, pk, after)
    else:
        with pytest.raises(IntegrityError, match="cannot"), transaction.atomic():
            take(machine, pk, after)
    stored = MODELS[machine.table]._default_manager.filter(pk=pk).values_list(machine.column)
    assert stored[0][0] == (after if machine.allows(before, after) else before)


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.name)
def test_every_step_leads_to_a_state_of_the_model(machine: Machine) -> None:
    field = MODELS[machine.table]._meta.get_field(machine.column)
    assert isinstance(field, models.CharField)
    known = {value for value, _ in field.flatchoices}
    assert set(machine.steps) == known
    assert {after for following in machine.steps.values() for after in following} <= known
