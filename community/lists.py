"""The lists that pages are made of, read together: one query, however many lists and pages."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Field, QuerySet, Value
from django.db.models.functions import Cast

Wanted = tuple[Any, str]  # a page, and the name of a list on it


def read_lists(*wanted: Wanted) -> None:
    """Read these lists into their pages. What a preview holds in memory stays as it is."""
    stored = [(page, name) for page, name in wanted if page.pk and not is_held(page, name)]
    if not stored:
        return
    models = [getattr(page, name).model for page, name in stored]
    fields = {field.name: field for model in models for field in own_fields(model)}
    queries = [columns(getattr(*each), at, fields) for at, each in enumerate(stored)]
    found: list[list[Any]] = [[] for _ in stored]
    for at, pk, *values in queries[0].union(*queries[1:], all=True) if queries[1:] else queries[0]:
        row = dict(zip(fields, values, strict=True))
        found[at].append(made(models[at], stored[at][0], pk, row))
    for (page, name), rows in zip(stored, found, strict=True):
        setattr(page, name, sorted(rows, key=lambda row: (row.sort_order or 0, row.pk)))


def is_held(page: Any, name: str) -> bool:
    return bool(getattr(page, name).is_deferring)


def own_fields(model: Any) -> Sequence["Field[Any, Any]"]:
    """All but the key and the page that it belongs to."""
    return [field for field in model._meta.concrete_fields if not field.remote_field][1:]


def columns(rows: Any, at: int, fields: "dict[str, Field[Any, Any]]") -> "QuerySet[Any, Any]":
    """The columns of all lists; those that this one lacks are empty, of the type of the others."""
    own = {field.name for field in own_fields(rows.model)}
    lacking = {f"no_{name}": Cast(Value(None), each) for name, each in fields.items()}
    names = [name if name in own else f"no_{name}" for name in fields]
    lacking = {name: empty for name, empty in lacking.items() if name in names}
    return (
        rows.order_by().annotate(list_at=Value(at), **lacking).values_list("list_at", "pk", *names)
    )


def made(model: Any, page: Any, pk: int, row: dict[str, Any]) -> Any:
    own = {field.name for field in own_fields(model)}
    made = model(pk=pk, page=page, **{name: row[name] for name in own})
    made._state.adding = False
    return made
