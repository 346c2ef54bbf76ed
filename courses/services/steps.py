"""Taking a step of a transition table, once: of two who try, one gets True."""

from typing import Any

from django.db.models import Model

from courses.transitions import Machine


def step(machine: Machine, row: Model, after: str, **fields: Any) -> bool:
    """One conditional statement from any state that allows it; False if the row was elsewhere.

    `fields` are written with it. The object then says what the database says.
    """
    changes = {machine.column: after, **fields}
    rows = type(row)._default_manager.filter(pk=row.pk)
    if not rows.filter(**{f"{machine.column}__in": machine.before(after)}).update(**changes):
        return False
    for name, value in changes.items():
        setattr(row, name, value)
    return True
