"""The transition tables in the database itself, so that no code can take a forbidden step.

Installed after every migrate: SQLite loses the triggers of a table when a migration remakes it, and
a changed transition table needs no migration of its own.
"""

from typing import Any

from django.db import connections

from courses.transitions import MACHINES, Machine


def install(*, using: str, **kwargs: Any) -> None:
    """Receiver of `post_migrate`. A forbidden step raises IntegrityError from then on."""
    connection = connections[using]
    make = {"sqlite": sqlite_statements, "postgresql": postgresql_statements}[connection.vendor]
    with connection.cursor() as cursor:
        existing = set(connection.introspection.table_names(cursor))
        for machine in MACHINES:
            for statement in make(machine) if machine.table in existing else ():
                cursor.execute(statement)


def sqlite_statements(machine: Machine) -> list[str]:
    name, column = trigger_name(machine), machine.column
    return [
        f"DROP TRIGGER IF EXISTS {name}",
        f"CREATE TRIGGER {name} BEFORE UPDATE OF {column} ON {machine.table}"
        f" WHEN {is_forbidden(machine)}"
        f" BEGIN SELECT RAISE(ABORT, '{machine.name} cannot take this step.'); END",
    ]


def postgresql_statements(machine: Machine) -> list[str]:
    name = trigger_name(machine)
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$"
        f" BEGIN RAISE '{machine.name} cannot go from % to %.', OLD.{machine.column},"
        f" NEW.{machine.column} USING ERRCODE = 'check_violation'; END $$",
        f"CREATE OR REPLACE TRIGGER {name} BEFORE UPDATE OF {machine.column} ON {machine.table}"
        f" FOR EACH ROW WHEN ({is_forbidden(machine)}) EXECUTE FUNCTION {name}()",
    ]


def trigger_name(machine: Machine) -> str:
    return f"{machine.table}_{machine.column}_steps"


def is_forbidden(machine: Machine) -> str:
    """An SQL condition over OLD and NEW. The names and states are this app's own constants."""
    old, new = f"OLD.{machine.column}", f"NEW.{machine.column}"
    steps = [
        f"({old} = '{before!s}' AND {new} = '{after!s}')"
        for before, following in machine.steps.items()
        for after in following
    ]
    return f"{old} <> {new} AND NOT ({' OR '.join(steps)})"
