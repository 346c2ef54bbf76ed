"""What becomes of rows: as it is declared, some hundreds at a time, so that memory stays flat."""

import re
import secrets
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import FileField, Model
from wagtail.models import ModelLogEntry

from privacy.declared import ERASED, NOBODY, Erasure, Field, InWords
from privacy.finding import BATCH, Found
from privacy.redaction import pattern_for, redact
from privacy.registry import TABLES


def forget(found: Found, pattern: re.Pattern[str]) -> None:
    """Do with these rows what is declared."""
    if not found.person.changed:
        return
    for start in range(0, len(found.pks), BATCH):
        pks = found.pks[start : start + BATCH]
        if found.person.deletes_row:
            found.model._base_manager.filter(pk__in=pks).delete()
        else:
            change(found, pks, pattern)
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


def change(found: Found, pks: list[Any], pattern: re.Pattern[str]) -> None:
    """What is the same for every row in one statement; what differs is read and written back."""
    rows, alike, own = found.model._base_manager.filter(pk__in=pks), {}, {}
    for field in found.person.fields:
        column = found.model._meta.get_field(field.name)
        if field.erasure in ALIKE:
            if isinstance(column, FileField):
                delete_files(rows, field.name)
            alike[field.name] = ALIKE[field.erasure](column)
        elif field.erasure in OWN:
            own[field.name] = partial(OWN[field.erasure], field, pattern)
    if alike:
        rows.update(**alike)
    if own:
        change_each(rows, own)


def change_each(rows: Any, own: Mapping[str, Callable[[Any], Any]]) -> None:
    """Only rows in which something changes are written."""
    changed = []
    for row in rows.only("pk", *own):
        new = {name: make(getattr(row, name)) for name, make in own.items()}
        if any(getattr(row, name) != value for name, value in new.items()):
            for name, value in new.items():
                setattr(row, name, value)
            changed.append(row)
    rows.model._base_manager.bulk_update(changed, list(own))


def delete_files(rows: Any, name: str) -> None:
    for row in rows.only("pk", name):
        file = getattr(row, name)
        if file:
            transaction.on_commit(partial(file.storage.delete, file.name))


def emptied(column: Any) -> Any:
    if column.null:
        return None
    return column.get_default() if column.has_default() else ""


def nobodys_address() -> str:
    """Unguessable and never the same twice, so that no two erased people are taken for one."""
    return f"erased-{secrets.token_hex(8)}@{NOBODY}"


def unreachable(field: Field, pattern: re.Pattern[str], value: Any) -> str:
    """Where a name is wanted and not an address (a user name), only what stands before the @."""
    made = nobodys_address()
    return made if "email" in field.name or field.name == "to" else made.partition("@")[0]


def renewed(field: Field, pattern: re.Pattern[str], value: Any) -> str:
    return secrets.token_urlsafe(32)


def redacted(field: Field, pattern: re.Pattern[str], value: Any) -> Any:
    return redact(value, pattern)


ALIKE: dict[Erasure, Callable[[Any], Any]] = {
    Erasure.REPLACED: lambda column: ERASED,
    Erasure.EMPTIED: emptied,
}
OWN: dict[Erasure, Callable[[Field, re.Pattern[str], Any], Any]] = {
    Erasure.UNREACHABLE: unreachable,
    Erasure.RENEWED: renewed,
    Erasure.REDACTED: redacted,
}


def forget_labels(model: type[Model], pks: list[Any]) -> None:
    """Wagtail's log writes down what a row was called when it was changed or deleted."""
    entries = ModelLogEntry.objects.filter(content_type=ContentType.objects.get_for_model(model))
    entries.filter(object_id__in=[str(pk) for pk in pks]).update(label=ERASED)
