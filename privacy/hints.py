"""What only people may change, such as pages: where an address or a name stands there."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.apps import apps
from django.db.models import Model

from privacy.declared import ByHand, Erasure, Person, Table
from privacy.finding import rows_holding, tables, texts_of
from privacy.redaction import long_enough, spellings


@dataclass(frozen=True, slots=True)
class Hint:
    """A row where somebody stands: `words` say as what."""

    words: str
    row: Model


def may_be_meant(names: Iterable[str], *, most: int = 50) -> list[Hint]:
    """Where one of the names stands: whether it is the same person, people must say."""
    names = long_enough(names)
    forms = [form for name in names for form in spellings(name)]
    if not forms:
        return []
    found = (
        Hint(person.who, row)
        for table, person in by_hand()
        for row in rows(table, person, forms, names=names)
    )
    return list(islice(found, most))


def must_be_mended(address: str, *, most: int = 50) -> list[Hint]:
    """Where the very address stands: it is theirs, and nobody but an editor can take it out."""
    found = (
        Hint(person.who, row)
        for table, person in by_hand()
        for row in rows(table, person, spellings(address), address=address)
    )
    return list(islice(found, most))


def by_hand() -> Iterator[tuple[Table, Person]]:
    for table in tables():
        for person in table.people:
            if isinstance(person.found, ByHand):
                yield table, person


def rows(
    table: Table,
    person: Person,
    forms: list[str],
    *,
    address: str = "",
    names: Iterable[str] = (),
) -> Iterator[Model]:
    model = apps.get_model(table.label)
    named = [field.name for field in person.fields if field.erasure is Erasure.BY_HAND]
    columns = texts_of(model, named)
    if columns:
        for pk in rows_holding(model, columns, forms, address=address, names=names):
            yield model._base_manager.get(pk=pk)
