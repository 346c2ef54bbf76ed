"""What is declared, as one table for people: docs/operating/privacy.md and a page of the admin."""

from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.db.models import Model

from privacy.declared import (
    Account,
    Address,
    ByHand,
    Erasure,
    Field,
    InWords,
    Nobody,
    Person,
    Table,
)
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
    """What has the same end: the name, the address: deleted."""

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


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    entries: list[Entry]


SECTIONS: tuple[tuple[str, tuple[type, ...]], ...] = (
    ("People who write to us, register or wait", (Address,)),
    ("Whoever is named in words", (InWords,)),
    ("Colleagues", (Account,)),
    ("People in talks, pages and pictures", (ByHand,)),
    ("What does not say who it is", (Nobody,)),
)


# What, what it holds, how long: no table of the database, so it is written down here.
OUTSIDE = (
    (
        "Backups of the database",
        "all of the above as it was, also whom you have erased since",
        "at most a year; after restoring one, erase again (see the top of this page)",
    ),
    (
        "File `erased.jsonl` in `DATA_DIR`",
        "of each erasure the moment and a keyed hash of the address: nobody can read it back, but"
        " the site knows the address again when it meets it in a backup",
        "a year",
    ),
    ("The mail server, and mailboxes", "mails that were sent", "by their own rules"),
    (
        "Log of the site",
        "numbers of rows and kinds of errors; no names, no addresses",
        "by your log keeper",
    ),
    (
        "Log of the proxy",
        "network addresses of visitors, addresses of pages; private pages have a secret in theirs",
        "set it to 30 days or less",
    ),
    (
        "Folder `mail` in `DATA_DIR`",
        "mails as files, only where `EMAIL_URL` is not set",
        "for trying out; delete it",
    ),
    (
        "Exports of rosters and of persons",
        "what was asked for; the site keeps none of them",
        "colleagues delete the files that they downloaded when their purpose is over",
    ),
    (
        "Freed space in the database’s files",
        "what was deleted, until it is written over",
        "SQLite: at once, if it is built with `SECURE_DELETE` as Debian’s is; PostgreSQL: until"
        " its next vacuum",
    ),
    (
        "AssemblyAI, only with a key",
        "sound of recordings",
        "deleted there as soon as the words are here",
    ),
)


def sections() -> list[Section]:
    """By how somebody is found; the tables of each in the order of their names."""
    tables = sorted(TABLES.values(), key=lambda table: table.label.lower())
    people = [(table, person) for table in tables for person in table.people]
    return [
        Section(
            heading,
            [entry(table, person) for table, person in people if isinstance(person.found, finders)],
        )
        for heading, finders in SECTIONS
    ]


def entry(table: Table, person: Person) -> Entry:
    return Entry(
        table=plural(apps.get_model(table.label)),
        label=table.label,
        who=person.who,
        found=person.found.words,
        kept=person.kept,
        lines=lines_of(person),
    )


def lines_of(person: Person) -> list[Line]:
    ends: dict[str, list[str]] = {}
    for field in person.fields:
        ends.setdefault(becomes(field), []).append(field.words)
    return [Line(", ".join(what), end) for end, what in ends.items()]


def becomes(field: Field) -> str:
    if field.erasure is Erasure.STAYS:
        return f"stays: {field.why}"
    return field.erasure.value


def plural(model: type[Model]) -> str:
    """As people call its rows; Django makes “settingss” of what has its s already."""
    one, many = str(model._meta.verbose_name), str(model._meta.verbose_name_plural)
    words = one if one.endswith("s") else many
    return words[:1].upper() + words[1:]


def without_persons() -> list[str]:
    return sorted((label for label, table in TABLES.items() if not table.people), key=str.lower)


def markdown() -> str:
    rules = "\n".join(f"- {rule.words}" for rule in RULES.values())
    nothing = ", ".join(f"`{label}`" for label in without_persons())
    parts = [
        (WORDS / "begin.md").read_text(),
        f"## What goes by itself, every night\n\n{rules}\n",
        *(section_table(section) for section in sections()),
        f"## What tells of nobody\n\n{nothing}.\n",
        outside_table(),
    ]
    return "\n".join(parts)


def outside_table() -> str:
    rows = (f"| {' | '.join(each)} |" for each in OUTSIDE)
    head = "| what | what it holds | how long |\n|---|---|---|"
    return "\n".join(["## Outside the database\n", head, *rows, ""])


def section_table(section: Section) -> str:
    head = f"| {' | '.join(HEADINGS)} |\n|---|---|---|---|"
    rows = (
        f"| {each.table} (`{each.label}`): {each.who} |"
        f" {'; '.join(f'{line.what}: {line.becomes}' for line in each.lines)} | {each.kept} |"
        f" {each.found} |"
        for each in section.entries
    )
    return "\n".join([f"## {section.heading}\n", head, *rows, ""])
