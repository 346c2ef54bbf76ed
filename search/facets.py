"""Ways to narrow a list: what an address has chosen, and the choices to offer."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from search.engines.base import FACETS
from search.kinds import kind

MOST_CHOICES = 20
MOST_OFFERED = 12
LEGENDS = {"kind": "Kind", "topic": "Topic", "phase": "Phase"}


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    count: int
    checked: bool


@dataclass(frozen=True, slots=True)
class FacetField:
    name: str
    legend: str
    choices: list[Choice]


def asked_choices(parameters: QueryDict) -> dict[str, tuple[str, ...]]:
    """What is chosen, by facet; values that nothing has are kept, and let nothing pass."""
    asked = {name: parameters.getlist(name)[:MOST_CHOICES] for name in FACETS}
    return {
        name: tuple(dict.fromkeys(value for value in values if value))
        for name, values in asked.items()
        if any(values)
    }


def facet_fields(
    counts: Mapping[str, Mapping[str, int]], chosen: Mapping[str, tuple[str, ...]]
) -> list[FacetField]:
    """The commonest values of each facet, and what is chosen; empty facets are left out."""
    fields = []
    for name in FACETS:
        values = {**dict.fromkeys(chosen.get(name, ()), 0), **counts.get(name, {})}
        ordered = sorted(values, key=lambda value: (-values[value], label_of(name, value)))
        kept = [
            value
            for place, value in enumerate(ordered)
            if place < MOST_OFFERED or value in chosen.get(name, ())
        ]
        choices = [
            Choice(value, label_of(name, value), values[value], value in chosen.get(name, ()))
            for value in kept
        ]
        if choices:
            fields.append(FacetField(name, LEGENDS[name], choices))
    return fields


def label_of(name: str, value: str) -> str:
    return kind(value).plural if name == "kind" else value
