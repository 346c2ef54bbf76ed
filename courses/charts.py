"""Charts as parts of an SVG, with the numbers beside them as a table. Pure; all is 100 wide."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

FULL = 100.0
GAP = 0.2  # of the room of a column
WEEK = timedelta(weeks=1)
MOST_WEEKS = 53


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a bar; `kind` is the end of its class."""

    kind: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a table: what it is of, its numbers in words, and its drawing, if it has a whole."""

    label: str
    note: str
    cells: tuple[str, ...]
    segments: tuple[Segment, ...]
    is_drawn: bool = True
    url: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Columns:
    """Numbers by week; `rows` are those of the table, newest first, without empty weeks."""

    columns: tuple[Column, ...]
    highest: int
    total: int
    first: str
    last: str
    rows: tuple[tuple[str, int], ...]


def segments(parts: Sequence[tuple[str, int]], whole: int) -> tuple[Segment, ...]:
    """Pieces side by side, of a bar that is `whole` long; what is more than that is cut.

    >>> segments([("came", 3), ("absent", 1)], 4)[1]
    Segment(kind='absent', x=75.0, width=25.0)
    """
    found, x = [], 0.0
    for kind, number in parts:
        width = min(round(FULL * number / whole, 2) if whole else 0.0, FULL - x)
        if width > 0:
            found.append(Segment(kind, round(x, 2), width))
        x += width
    return tuple(found)


def by_week(counts: Mapping[date, int], words: Mapping[date, str]) -> Columns | None:
    """Columns of all weeks from the first to the last, and at most of a year; None without any.

    `counts` has the Mondays of weeks, `words` how they are written.
    """
    if not counts:
        return None
    last = max(counts)
    first = max(min(counts), last - WEEK * (MOST_WEEKS - 1))
    weeks = [first + WEEK * number for number in range((last - first) // WEEK + 1)]
    shown = {week: counts.get(week, 0) for week in weeks}
    highest = max(shown.values())
    room = FULL / len(weeks)
    columns = tuple(
        Column(
            x=round(at * room + room * GAP / 2, 3),
            y=round(FULL - FULL * number / highest, 3),
            width=round(room * (1 - GAP), 3),
            height=round(FULL * number / highest, 3),
        )
        for at, number in enumerate(shown.values())
    )
    rows = tuple((words[week], shown[week]) for week in reversed(weeks) if shown[week])
    return Columns(columns, highest, sum(shown.values()), words[first], words[last], rows)
