"""Narrowing a list by choices in the address, with honest counts. Pure.

Choices of one facet widen each other, facets narrow each other. A count says how many items the
list would hold if that choice alone were made in its facet. What the address asks for and no
facet offers is named, never guessed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

LONGEST_ECHO = 40


class Query(Protocol):
    """The address, as Django's QueryDict gives it."""

    def getlist(self, key: str, /) -> Sequence[str]: ...


@dataclass(frozen=True, slots=True)
class Facet:
    """`options` are pairs of a value in the address and its label, in reading order.

    Of several choices an item needs one, or, where `every` is set, all.
    """

    name: str
    legend: str
    options: tuple[tuple[str, str], ...]
    every: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """`values` by facet: one value, or several."""

    key: int
    values: Mapping[str, str | tuple[str, ...]]

    def of(self, name: str) -> set[str]:
        value = self.values.get(name, "")
        return {value} if isinstance(value, str) else set(value)


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    legend: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Narrowed:
    """`keys` match; `unknown` are sentences about values of the address that nobody offers."""

    keys: tuple[int, ...]
    groups: tuple[Group, ...]
    chosen: tuple[str, ...]
    unknown: tuple[str, ...]


def narrow(items: Iterable[Item], facets: Sequence[Facet], query: Query) -> Narrowed:
    rows = list(items)
    chosen = {facet.name: known(facet, query) for facet in facets}

    def matches(item: Item, but: str = "") -> bool:
        return all(
            not chosen[facet.name] or fits(facet, item, chosen[facet.name])
            for facet in facets
            if facet.name != but
        )

    return Narrowed(
        keys=tuple(item.key for item in rows if matches(item)),
        groups=tuple(
            group_of(facet, [item for item in rows if matches(item, but=facet.name)], chosen)
            for facet in facets
        ),
        chosen=tuple(
            label for each in facets for value, label in each.options if value in chosen[each.name]
        ),
        unknown=tuple(text for facet in facets for text in complaints(facet, query)),
    )


def fits(facet: Facet, item: Item, wanted: set[str]) -> bool:
    has = item.of(facet.name)
    return wanted <= has if facet.every else bool(wanted & has)


def known(facet: Facet, query: Query) -> set[str]:
    return set(query.getlist(facet.name)) & {value for value, label in facet.options}


def complaints(facet: Facet, query: Query) -> list[str]:
    offered = {value for value, label in facet.options}
    odd = [value for value in dict.fromkeys(query.getlist(facet.name)) if value not in offered]
    return [f"{facet.legend}: there is no “{echo(value)}” here." for value in odd if value][:3]


def echo(value: str) -> str:
    """What was asked for, short and on one line."""
    line = " ".join("".join(c if c.isprintable() else " " for c in value).split())
    return line if len(line) <= LONGEST_ECHO else f"{line[:LONGEST_ECHO]}…"


def group_of(facet: Facet, rows: list[Item], chosen: Mapping[str, set[str]]) -> Group:
    counts = {value: 0 for value, label in facet.options}
    for item in rows:
        for value in item.of(facet.name):
            counts[value] = counts.get(value, 0) + 1
    choices = [
        Choice(value, label, counts[value], value in chosen[facet.name])
        for value, label in facet.options
    ]
    return Group(facet.name, facet.legend, tuple(c for c in choices if c.count or c.is_chosen))
