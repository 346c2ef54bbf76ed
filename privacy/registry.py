"""Where the apps put what they declare. Filled when the site starts (privacy/apps.py)."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from privacy.declared import Nothing, Person, Table

TABLES: dict[str, Table] = {}


def declare(label: str, *parts: Person | Nothing, optional: bool = False) -> None:
    """Say of every field of the model `label` (app and class) whether it tells of a person."""
    if label in TABLES:
        raise ValueError(f"{label} is declared twice.")
    people = tuple(part for part in parts if isinstance(part, Person))
    nothing = tuple(name for part in parts if isinstance(part, Nothing) for name in part.fields)
    TABLES[label] = Table(label, people, nothing, optional)


SHOWN_AT: dict[str, Callable[[Any], str]] = {}


def shown_at(label: str, url: Callable[[Any], str]) -> None:
    """Where in the admin a row can be looked at, if it has no form of its own."""
    SHOWN_AT[label] = url


# What goes by itself -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rule:
    """`due` finds the rows whose time is over at a moment; `forget` gets some of them at a time."""

    name: str
    words: str
    due: Callable[[datetime], Any]
    forget: Callable[[Any], object]


RULES: dict[str, Rule] = {}


def delete(rows: Any) -> None:
    rows.delete()


def keep_until(
    name: str, words: str, due: Callable[[datetime], Any], forget: Callable[[Any], object] = delete
) -> None:
    """Register a rule of the nightly run; `words` are for people: what goes, and when."""
    RULES[name] = Rule(name, words, due, forget)


# What an app does around the erasure of a person -------------------------------------------------


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What somebody must settle before a person can be erased, and where."""

    words: str
    url: str = ""
    row: Any = None  # where there is no address: the row whose form is the place to go


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom, on whose word (an account, or None at the command line)."""

    address: str
    by: Any = None


Obstacles = Callable[[str], Iterable[Obstacle]]
Step = Callable[[Asked], None]
_obstacles: list[Obstacles] = []
BEFORE: list[Step] = []
AFTER_EXPORT: list[Step] = []
KNOWN_AS: list[Callable[[str], Iterable[str]]] = []


def refuses(find: Obstacles) -> Obstacles:
    """Register what stands against erasing the person with an address."""
    _obstacles.append(find)
    return find


def obstacles(address: str) -> Iterator[Obstacle]:
    for find in _obstacles:
        yield from find(address)


def knows_names(
    tell: Callable[[str], Iterable[str]],
) -> Callable[[str], Iterable[str]]:
    """Register who else can say what the person with an address is, or was, called."""
    KNOWN_AS.append(tell)
    return tell


def before_erasure(step: Step) -> Step:
    """Register what must be done first, in the same transaction, such as giving up a place."""
    BEFORE.append(step)
    return step


def after_export(step: Step) -> Step:
    """Register what is written down where, when somebody's data was exported."""
    AFTER_EXPORT.append(step)
    return step
