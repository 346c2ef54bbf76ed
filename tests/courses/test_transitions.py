"""Each step of each transition table is taken in the database; each other step is refused by it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from courses.enums import WaitingKind
from courses.models import Booking, Cohort, OutboxMessage, Place, Session, WaitingEntry
from courses.transitions import MACHINES, Machine
from courses.triggers import install
from tests.courses.factories import make_registration

DRAWINGS = Path(__file__).resolve().parents[2] / "docs/operating/states.md"
MODELS: dict[str, type[models.Model]] = {
    model._meta.db_table: model for model in (Booking, Place, Session, WaitingEntry, OutboxMessage)
}


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
@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.name)
def test_the_database_takes_the_steps_of_the_table_and_no_other(machine: Machine) -> None:
    model = MODELS[machine.table]
    for before in machine.steps:
        pk = put(machine, before)
        for after in machine.steps:
            with subtransaction():
                if machine.allows(before, after):
                    take(machine, pk, after)
                else:
                    with pytest.raises(IntegrityError, match="cannot"), transaction.atomic():
                        take(machine, pk, after)
                stored = model._default_manager.values_list(machine.column, flat=True).get(pk=pk)
                assert stored == (after if machine.allows(before, after) else before)


@contextmanager
def subtransaction() -> Iterator[None]:
    """What happens in it is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.name)
def test_every_step_leads_to_a_state_of_the_model(machine: Machine) -> None:
    field = MODELS[machine.table]._meta.get_field(machine.column)
    assert isinstance(field, models.CharField)
    known = {value for value, _ in field.flatchoices}
    assert set(machine.steps) == known
    assert {after for following in machine.steps.values() for after in following} <= known


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.name)
def test_the_drawing_for_people_agrees_with_the_table(machine: Machine) -> None:
    drawn = drawing(machine.name)
    steps = {(before, after) for before, following in machine.steps.items() for after in following}
    assert set(re.findall(r"^ +(\w+) --> (\w+)", drawn, re.MULTILINE)) == steps
    field = MODELS[machine.table]._meta.get_field(machine.column)
    assert isinstance(field, models.CharField)
    assert dict(field.flatchoices) == {
        state: words for words, state in re.findall(r'state "(.+)" as (\w+)', drawn)
    }
    ends = {state for state, following in machine.steps.items() if not following}
    assert set(re.findall(r"(\w+) --> \[\*\]", drawn)) == ends


def drawing(name: str) -> str:
    text = DRAWINGS.read_text()
    return text.split(f"## {name}\n")[1].split("```mermaid\n")[1].split("```")[0]
