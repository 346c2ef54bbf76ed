"""The transition tables in the database itself, so that no code can take a forbidden step.

Put there after every migrate and taken away before it: SQLite loses the triggers of a table when a
migration remakes it, neither database changes a column that one of them names, and a changed
transition table needs no migration of its own.
"""

from collections.abc import Iterator
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from courses.transitions import MACHINES, Machine


def install(*, using: str, **kwargs: Any) -> None:
    """Receiver of `post_migrate`. A forbidden step raises IntegrityError from then on."""
    connection = connections[using]
    make = {"sqlite": sqlite_statements, "postgresql": postgresql_statements}[connection.vendor]
    execute(connection, (each for machine in present(connection) for each in make(machine)))


def remove(*, using: str, **kwargs: Any) -> None:
    """Receiver of `pre_migrate`."""
    connection = connections[using]
    where = " ON {0.table}" if connection.vendor == "postgresql" else ""
    drop = f"DROP TRIGGER IF EXISTS {{1}}{where}"
    machines = present(connection)
    execute(connection, (drop.format(machine, trigger_name(machine)) for machine in machines))


def present(connection: BaseDatabaseWrapper) -> list[Machine]:
    """Those whose column is there: not so before the first migration, nor after steps back."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        columns = {
            (table, column.name)
            for table in tables & {machine.table for machine in MACHINES}
            for column in connection.introspection.get_table_description(cursor, table)
        }
    return [machine for machine in MACHINES if (machine.table, machine.column) in columns]


def execute(connection: BaseDatabaseWrapper, statements: Iterator[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
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
