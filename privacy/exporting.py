"""All that is held about a person, for that person: to read, and as JSON for machines."""

import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from privacy.finding import BATCH, Found, clean_address, find_person
from privacy.models import Run, RunKind
from privacy.registry import AFTER_EXPORT, Asked

SECRET = {"password", "token", "key_hash", "fingerprint", "session_data", "html"}
HERE = "-- here come the rows --"
WRITTEN_OF_OTHERS = "The person is named in it; the words went to others or are about others."


def export_person(*, address: str, by: Any = None) -> list[Found]:
    """Note that it was asked for, without the name, and return what there is.

    Raises ValueError for what is no address.
    """
    found = find_person(clean_address(address))
    with transaction.atomic():
        for step in AFTER_EXPORT:
            step(Asked(address, by))
        counts = {each.what: len(each.pks) for each in found}
        Run.objects.create(kind=RunKind.EXPORT, by=by, finished_at=timezone.now(), counts=counts)
    return found


def as_json(address: str, found: list[Found]) -> Iterator[str]:
    """In pieces, so that memory stays flat however much there is."""
    head = {"address": address, "site": settings.SITE_URL, "made_at": timezone.now()}
    yield dump(head)[:-1] + ', "held": ['
    for number, each in enumerate(found):
        told = {"what": each.what, "kept": each.person.kept, "found": each.person.found.words}
        yield (", " if number else "") + dump(told)[:-1] + ', "rows": ['
        for place, row in enumerate(rows_of(each)):
            yield (", " if place else "") + dump(row)
        yield "]}"
    yield "]}\n"


def dump(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, default=str)


def as_page(address: str, found: list[Found]) -> Iterator[str]:
    """The same as one HTML page without anything around it."""
    around = {"address": address, "made_at": timezone.now(), "rows": HERE}
    begin, end = render_to_string("privacy/export.html", around).split(HERE)
    yield begin.lstrip()
    for each in found:
        yield render_to_string("privacy/export_table.html", {"found": each})
        for row in rows_of(each):
            yield render_to_string("privacy/export_row.html", {"row": words_of(each, row)})
    yield end


def rows_of(found: Found) -> Iterator[dict[str, Any]]:
    """Each row with its number, when it was made, and what in it tells of the person."""
    names = told_fields(found)
    for start in range(0, len(found.pks), BATCH):
        pks = found.pks[start : start + BATCH]
        yield from found.model._base_manager.filter(pk__in=pks).order_by("pk").values("pk", *names)


def told_fields(found: Found) -> list[str]:
    """Words in which the person is only named are not theirs: they may hold what is others'."""
    columns = {field.name for field in found.model._meta.concrete_fields}
    dated = sorted(name for name in columns if name.endswith(("_at", "_on")) or name == "timestamp")
    told = ["state", "reference", "kind", "action", "cohort", "consent_version"]
    personal = [field.name for field in found.person.fields if field.name not in SECRET]
    if found.person.only_redacts:
        personal = []
    return list(dict.fromkeys(name for name in (*personal, *told, *dated) if name in columns))


def words_of(found: Found, row: dict[str, Any]) -> list[tuple[str, Any]]:
    """Fields as people call them; what is empty is left out."""
    words = {field.name: field.words for field in found.person.fields}
    shown = [
        (words.get(name, name.replace("_", " ")), said(value))
        for name, value in row.items()
        if value not in (None, "", [], {})
    ]
    if found.person.only_redacts:
        shown.append(("note", WRITTEN_OF_OTHERS))
    return shown


def said(value: Any) -> Any:
    return timezone.localtime(value) if hasattr(value, "tzinfo") and value.tzinfo else value
