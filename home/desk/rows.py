"""What a list on the desk is made of."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

MOST = 6


@dataclass(frozen=True, slots=True)
class Row:
    words: str
    url: str
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class DeskList:
    """`empty` is said where there is nothing; a list without it is then left out."""

    slug: str
    heading: str
    rows: tuple[Row, ...]
    empty: str = ""
    more: Row | None = None

    @property
    def is_shown(self) -> bool:
        return bool(self.rows or self.empty)


def rows_of(found: Any, make: Callable[[Any], Row]) -> tuple[Row, ...]:
    """One query, however much there is: the newest, or the most urgent, few."""
    few: Iterable[Any] = found[:MOST]
    return tuple(make(each) for each in few)
