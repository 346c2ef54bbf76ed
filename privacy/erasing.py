"""Erasing a person: one transaction over every declared table, and a receipt without the name."""

import logging
import re
import secrets
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import FileField, Model
from django.utils import timezone
from wagtail.models import ModelLogEntry

from privacy.declared import ERASED, NOBODY, Erasure, Field, InWords
from privacy.finding import (
    BATCH,
    Found,
    Hint,
    clean_address,
    find_person,
    may_be_meant,
    names_of,
)
from privacy.models import Run, RunKind
from privacy.redaction import pattern_for, redact
from privacy.registry import BEFORE, TABLES, Asked, Obstacle, obstacles

logger = logging.getLogger(__name__)


class NotYet(Exception):
    """Something must be settled first; `obstacles` say what."""

    def __init__(self, obstacles: list[Obstacle]) -> None:
        super().__init__(" ".join(each.words for each in obstacles))
        self.obstacles = obstacles


@dataclass(frozen=True, slots=True)
class Held:
    """What is held about an address; `hints` are where somebody of the same name stands."""

    address: str
    found: list[Found]
    obstacles: list[Obstacle]
    hints: list[Hint]

    @property
    def counts(self) -> dict[str, int]:
        return counts_of(self.found)


def what_is_held(address: str) -> Held:
    """Look only: nothing is changed. Raises ValueError for what is no address."""
    address = clean_address(address)
    found = find_person(address)
    hints = may_be_meant(names_of(found))
    return Held(address, found, list(all_obstacles(address, found)), hints)


def erase_person(*, address: str, by: Any = None) -> Run:
    """Erase whom this address belongs to, or raise NotYet and change nothing.

    `by` is a user of the admin, or None at the command line. Rows that count for the statistics
    stay, without a name. Raises ValueError for what is no address.
    """
    address = clean_address(address)
    with transaction.atomic():
        names = names_of(find_person(address))
        for step in BEFORE:
            step(Asked(address, by))
        found = find_person(address)
        refuse(list(all_obstacles(address, found)))
        for each in found:
            forget(each, pattern_for(address, names))
        run = Run.objects.create(
            kind=RunKind.ERASURE, by=by, finished_at=timezone.now(), counts=counts_of(found)
        )
    logger.info("A person was erased: run %s, %s rows.", run.pk, run.total)
    return run


def refuse(found: list[Obstacle]) -> None:
    if found:
        raise NotYet(found)


def counts_of(found: list[Found]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for each in found:
        counts[each.what] += len(each.pks)
    return dict(counts)


def all_obstacles(address: str, found: list[Found]) -> Iterator[Obstacle]:
    yield from obstacles(address)
    for each in found:
        for field in each.person.fields:
            if field.erasure is Erasure.BY_HAND:
                for row in each.model._base_manager.filter(pk__in=each.pks[:10]):
                    yield Obstacle(f"The address is {field.words} of “{row}”: change it there.")


# Rows --------------------------------------------------------------------------------------------


def forget(found: Found, pattern: re.Pattern[str]) -> None:
    """Do with these rows what is declared, some hundreds at a time."""
    if not found.person.changes:
        return
    for start in range(0, len(found.pks), BATCH):
        pks = found.pks[start : start + BATCH]
        rows = found.model._base_manager.filter(pk__in=pks)
        if found.person.deletes_row:
            rows.delete()
        else:
            change(rows, found, pattern)
        if not isinstance(found.person.found, InWords):
            forget_labels(found.model, pks)


def as_declared(label: str) -> Callable[[Any], None]:
    """What happens to rows of this table when the person of its first declaration is erased: for
    rules of what is kept no longer."""

    def forget_rows(rows: Any) -> None:
        table = TABLES[label]
        pks = list(rows.values_list("pk", flat=True))
        forget(Found(table, table.people[0], apps.get_model(label), pks), pattern_for(""))

    return forget_rows


def change(rows: Any, found: Found, pattern: re.Pattern[str]) -> None:
    fields = [each for each in found.person.fields if each.erasure in CHANGES]
    changed = list(rows)
    for row in changed:
        for field in fields:
            column = found.model._meta.get_field(field.name)
            if isinstance(column, FileField):
                delete_after_commit(getattr(row, field.name))
            setattr(row, field.name, CHANGES[field.erasure](row, field, column, pattern))
    found.model._base_manager.bulk_update(changed, [field.name for field in fields])


def delete_after_commit(file: Any) -> None:
    if file:
        transaction.on_commit(partial(file.storage.delete, file.name))


Change = Callable[[Model, Field, Any, re.Pattern[str]], Any]


def nobodys_address() -> str:
    """Unguessable and never the same twice, so that no two erased people are taken for one."""
    return f"erased-{secrets.token_hex(8)}@{NOBODY}"


def unreachable(row: Model, field: Field, column: Any, pattern: re.Pattern[str]) -> str:
    """Where a name is wanted and not an address (a user name), only what stands before the @."""
    made = nobodys_address()
    return made if "email" in field.name or field.name == "to" else made.partition("@")[0]


def renewed(row: Model, field: Field, column: Any, pattern: re.Pattern[str]) -> str:
    return secrets.token_urlsafe(32)


def emptied(row: Model, field: Field, column: Any, pattern: re.Pattern[str]) -> Any:
    if column.null:
        return None
    return column.get_default() if column.has_default() else ""


def replaced(row: Model, field: Field, column: Any, pattern: re.Pattern[str]) -> str:
    return ERASED


def redacted(row: Model, field: Field, column: Any, pattern: re.Pattern[str]) -> Any:
    return redact(getattr(row, field.name), pattern)


CHANGES: dict[Erasure, Change] = {
    Erasure.REPLACED: replaced,
    Erasure.UNREACHABLE: unreachable,
    Erasure.RENEWED: renewed,
    Erasure.EMPTIED: emptied,
    Erasure.REDACTED: redacted,
}


def forget_labels(model: type[Model], pks: list[Any]) -> None:
    """Wagtail's log writes down what a row was called when it was changed or deleted."""
    entries = ModelLogEntry.objects.filter(content_type=ContentType.objects.get_for_model(model))
    entries.filter(object_id__in=[str(pk) for pk in pks]).update(label=ERASED)
