"""What is declared, as one table for people: docs/operating/privacy.md and a page of the admin."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps

from privacy.declared import Erasure, Field, Person, Table
from privacy.registry import RULES, TABLES

WORDS = Path(__file__).parent / "words"
HEADINGS = (
    "table: whom it tells of",
    "what, and what becomes of it at erasure",
    "how long",
    "how found",
)


@dataclass(frozen=True, slots=True)
class Line:
    what: str
    becomes: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One way in which a table tells of somebody."""

    table: str
    label: str
    who: str
    found: str
    kept: str
    lines: list[Line]


def entries() -> Iterator[Entry]:
    for table in sorted(TABLES.values(), key=lambda table: table.label.lower()):
        for person in table.people:
            yield entry(table, person)


def entry(table: Table, person: Person) -> Entry:
    return Entry(
        table=plain_name(table.label),
        label=table.label,
        who=person.who,
        found=person.found.words,
        kept=person.kept,
        lines=[Line(field.words, becomes(field)) for field in person.fields],
    )


def becomes(field: Field) -> str:
    if field.erasure is Erasure.STAYS:
        return f"stays: {field.why}"
    return field.erasure.value


def plain_name(label: str) -> str:
    words = str(apps.get_model(label)._meta.verbose_name_plural)
    return words[:1].upper() + words[1:]


def without_persons() -> list[str]:
    return sorted((label for label, table in TABLES.items() if not table.people), key=str.lower)


def markdown() -> str:
    rows = [
        f"| {each.table} (`{each.label}`): {each.who} | {listed(each.lines)} | {each.kept} |"
        f" {each.found} |"
        for each in entries()
    ]
    rules = [f"- {rule.words}" for rule in RULES.values()]
    nothing = ", ".join(f"`{label}`" for label in without_persons())
    parts = [
        (WORDS / "begin.md").read_text(),
        "\n## What goes by itself, every night\n\n",
        "\n".join(rules),
        "\n\n## What is kept of whom\n\n",
        f"| {' | '.join(HEADINGS)} |\n|---|---|---|---|\n",
        "\n".join(rows),
        f"\n\nTables that tell of nobody: {nothing}.\n\n",
        (WORDS / "end.md").read_text(),
    ]
    return "".join(parts)


def listed(lines: list[Line]) -> str:
    """Fields with the same end stand together: the name, the address: deleted."""
    ends: dict[str, list[str]] = {}
    for line in lines:
        ends.setdefault(line.becomes, []).append(line.what)
    return "; ".join(f"{', '.join(what)}: {end}" for end, what in ends.items())
