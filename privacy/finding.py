"""Looking for a person in every declared table."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.db.models import Model, Q, TextField
from django.db.models.functions import Cast

from privacy.declared import NOBODY, Account, Address, ByHand, Erasure, InWords, Person, Table
from privacy.redaction import pattern_for, spellings
from privacy.registry import TABLES

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
    seen: set[Any] = set()
    for person in table.people:
        if isinstance(person.found, Address | Account):
            pks = rows_of(model, paths(person), address)
        elif isinstance(person.found, InWords):
            pks = rows_with(model, person, address)
        else:
            continue
        if person.only_redacts:  # the person's own rows are changed as a whole
            pks = [pk for pk in pks if pk not in seen]
        seen |= set(pks)
        yield Found(table, person, model, pks)


def paths(person: Person) -> tuple[str, ...]:
    if isinstance(person.found, Account):
        return (f"{person.found.path}__email" if person.found.path else "email",)
    return person.found.paths if isinstance(person.found, Address) else ()


def rows_of(model: type[Model], paths: tuple[str, ...], address: str) -> list[Any]:
    asked = reduce(or_, (Q(**{f"{path}__iexact": address}) for path in paths))
    pks = model._base_manager.filter(asked).order_by("pk").values_list("pk", flat=True)
    return list(dict.fromkeys(pks))


def rows_with(model: type[Model], person: Person, address: str) -> list[Any]:
    """The database finds candidates; whether the whole address stands there is looked at here."""
    pattern = pattern_for(address)
    names = [field.name for field in person.fields]
    return list(rows_holding(model, names, spellings(address), pattern))


def rows_holding(
    model: type[Model], names: list[str], forms: list[str], pattern: re.Pattern[str]
) -> Iterator[Any]:
    """As the database keeps it: JSON within JSON is looked through as text."""
    as_text = {f"{name}_as_text": Cast(name, TextField()) for name in names}
    asked = reduce(or_, (Q(**{f"{name}__icontains": form}) for name in as_text for form in forms))
    rows = model._base_manager.annotate(**as_text).filter(asked).order_by("pk")
    for pk, *values in rows.values_list("pk", *as_text).iterator(BATCH):
        if any(pattern.search(value or "") for value in values):
            yield pk


# Names -------------------------------------------------------------------------------------------


def names_of(found: list[Found]) -> set[str]:
    """What the person is called in their own rows."""
    names: set[str] = set()
    for each in found:
        for field in each.person.fields:
            if field.is_name:
                rows = each.model._base_manager.filter(pk__in=each.pks[:BATCH])
                names |= set(rows.values_list(field.name, flat=True).distinct())
    return {name for name in names if name}


@dataclass(frozen=True, slots=True)
class Hint:
    """A row where somebody of that name stands: whether it is the same person, people must say."""

    words: str
    row: Model


def may_be_meant(names: set[str], *, most: int = 50) -> list[Hint]:
    """Where the names stand in what only people may change, such as pages."""
    pattern = pattern_for("", names)
    forms = [form for name in names if pattern.search(name) for form in spellings(name)]
    if not forms:
        return []
    found = (hint for table in tables() for hint in hints_in(table, forms, pattern))
    return [hint for hint, _ in zip(found, range(most), strict=False)]


def hints_in(table: Table, forms: list[str], pattern: re.Pattern[str]) -> Iterator[Hint]:
    model = apps.get_model(table.label)
    for person in table.people:
        named = [field.name for field in person.fields if field.erasure is Erasure.BY_HAND]
        if isinstance(person.found, ByHand) and named:
            for pk in rows_holding(model, named, forms, pattern):
                yield Hint(person.who, model._base_manager.get(pk=pk))
