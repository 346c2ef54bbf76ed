"""Looking for a person in every declared table."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.db.models import CharField, JSONField, Model, Q, TextField, Value
from django.db.models.functions import Cast, Concat, Trim

from privacy.declared import NOBODY, Account, Address, InWords, Person, Table
from privacy.redaction import full_names, pattern_for, spellings
from privacy.registry import KNOWN_AS, TABLES

BATCH = 200


@dataclass(frozen=True, slots=True)
class Found:
    """The rows of a table in which somebody stands in one way."""

    table: Table
    person: Person
    model: type[Model]
    pks: list[Any]

    @property
    def what(self) -> str:
        return f"{str(self.model._meta.verbose_name_plural).capitalize()}: {self.person.who}"


def clean_address(address: str) -> str:
    """Raises ValueError for what nobody can be found by."""
    cleaned = address.strip()
    before, _, host = cleaned.partition("@")
    if not before or not host or "@" in host or host.lower() == NOBODY:
        raise ValueError("This is no e-mail address of a person.")
    return cleaned


def find_person(address: str) -> list[Found]:
    """All rows that tell of the person with this address, found by it."""
    return [found for table in tables() for found in find_in(table, address) if found.pks]


def tables() -> Iterator[Table]:
    """Declared tables that this database has; those of the other apps before Django's own."""
    known = {model._meta.label for model in apps.get_models()}
    yield from (table for label, table in sorted(TABLES.items()) if label in known)


def find_in(table: Table, address: str) -> Iterator[Found]:
    model = apps.get_model(table.label)
    before: list[Found] = []
    for person in table.people:
        if isinstance(person.found, Address | Account):
            pks = rows_of(model, paths(person), address)
        elif isinstance(person.found, InWords):
            pks = list(rows_holding(model, names_in(person), spellings(address), address=address))
        else:
            continue
        if person.only_redacts:
            done = covered(before, person)
            pks = [pk for pk in pks if pk not in done]
        found = Found(table, person, model, pks)
        before.append(found)
        yield found


def covered(found: Iterable[Found], person: Person) -> set[Any]:
    """Rows of the same table in which nothing is left for `person` to take out."""
    return {pk for each in found if each.person.covers(person) for pk in each.pks}


def paths(person: Person) -> tuple[str, ...]:
    if isinstance(person.found, Account):
        return (f"{person.found.path}__email" if person.found.path else "email",)
    return person.found.paths if isinstance(person.found, Address) else ()


def names_in(person: Person) -> list[str]:
    return [field.name for field in person.fields]


def rows_of(model: type[Model], paths: tuple[str, ...], address: str) -> list[Any]:
    asked = reduce(or_, (Q(**{f"{path}__iexact": address}) for path in paths))
    pks = model._base_manager.filter(asked).order_by("pk").values_list("pk", flat=True)
    return list(dict.fromkeys(pks))


def rows_holding(
    model: type[Model],
    columns: list[str],
    forms: list[str],
    *,
    address: str = "",
    names: Iterable[str] = (),
) -> Iterator[Any]:
    """The database finds candidates, by `forms`; whether the whole address, or one of the names,
    stands there is looked at here. JSON within JSON is looked through as text."""
    pattern = pattern_for(address, names)
    as_text = {f"{name}_as_text": Cast(name, TextField()) for name in columns}
    asked = reduce(or_, (Q(**{f"{name}__icontains": form}) for name in as_text for form in forms))
    rows = model._base_manager.annotate(**as_text).filter(asked).order_by("pk")
    for pk, *values in rows.values_list("pk", *as_text).iterator(BATCH):
        if any(pattern.search(value or "") for value in values):
            yield pk


# Names -------------------------------------------------------------------------------------------


def names_of(address: str, found: list[Found]) -> set[str]:
    """What the person is called in their own rows, and what mails to them called them."""
    names = {name for each in found for name in named_in(each)}
    for tell in KNOWN_AS:
        names |= set(tell(address))
    return {" ".join(name.split()) for name in names} - {""}


def named_in(found: Found) -> Iterator[str]:
    """Where first and last name are two fields, both together: each alone is everybody's."""
    fields = found.person.name_fields
    if not fields:
        return
    whole = Concat(*weave(fields)) if len(fields) > 1 else Cast(fields[0], CharField())
    for start in range(0, len(found.pks), BATCH):
        rows = found.model._base_manager.filter(pk__in=found.pks[start : start + BATCH])
        named = rows.order_by().annotate(whole_name=Trim(whole))
        yield from named.values_list("whole_name", flat=True).distinct()


def weave(fields: list[str]) -> list[Any]:
    return [part for name in fields for part in (name, Value(" "))]


def find_named(names: Iterable[str], found: list[Found]) -> list[Found]:
    """Words in which only a full name stands, and no address: whether it is the same person,
    people must say. What was found by the address already is left out."""
    names = full_names(names)
    if not names:
        return []
    named = (
        named_rows(table, person, names, [each for each in found if each.table == table])
        for table in tables()
        for person in table.people
        if isinstance(person.found, InWords) and person.changed
    )
    return [each for each in named if each.pks]


def named_rows(table: Table, person: Person, names: list[str], found: list[Found]) -> Found:
    model, done = apps.get_model(table.label), covered(found, person)
    forms = [form for name in names for form in spellings(name)]
    held = rows_holding(model, names_in(person), forms, names=names)
    return Found(table, person, model, [pk for pk in held if pk not in done])


# What only people can change ---------------------------------------------------------------------


def texts_of(model: type[Model], names: Iterable[str]) -> list[str]:
    """Those of the fields that hold words."""
    fields = {field.name: field for field in model._meta.local_concrete_fields}
    kinds = (CharField, TextField, JSONField)
    return [name for name in names if isinstance(fields.get(name), kinds)]


def unexpected(address: str) -> dict[str, int]:
    """Where the address stands in fields that are declared to tell of nobody, and in how many rows:
    somebody typed it where it does not belong."""
    forms, counts = spellings(address), {}
    for table in tables():
        model = apps.get_model(table.label)
        columns = texts_of(model, table.nothing)
        held = list(rows_holding(model, columns, forms, address=address)) if columns else []
        if held:
            counts[str(model._meta.verbose_name_plural).capitalize()] = len(held)
    return counts
