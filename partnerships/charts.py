"""A line chart as parts of an SVG and words beside it. Pure.

The plot is 100 by 100 and stretches with the page, so it holds lines only; words stand in HTML.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from partnerships.figures import figure_text

INTERVALS = 3
NICE = tuple(Decimal(text) for text in ("1", "1.5", "2", "2.5", "3", "4", "5", "6", "8", "10"))
MOST_LABELS = 6
FULL = Decimal(100)


@dataclass(frozen=True, slots=True)
class Point:
    """One step of the line; a value of None is a gap: nobody measured."""

    label: str
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class Chart:
    """`scale` runs from the top down; `steps` are the lines of each label, empty where thinned."""

    scale: tuple[str, ...]
    grid: str
    zero: str
    line: str
    dots: str
    last: str
    steps: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[str, str], ...]


def nice_step(span: Decimal) -> Decimal:
    """The smallest round step that covers `span` in three."""
    if span <= 0:
        return Decimal(1)
    rough = span / INTERVALS
    unit = Decimal(10) ** rough.adjusted()
    return next(unit * nice for nice in NICE if unit * nice >= rough)


def ticks(values: Sequence[Decimal], unit: str = "") -> list[Decimal]:
    """Marks of the scale from the top down; zero is always among them.

    >>> [str(tick) for tick in ticks([Decimal(118), Decimal(31)])]
    ['120', '80', '40', '0']
    """
    low, high = min([Decimal(0), *values]), max([Decimal(0), *values])
    near_full = unit == "%" and low == 0 and 75 < high <= FULL
    step = Decimal(25) if near_full else nice_step(high - low)
    first = (low / step).to_integral_value(ROUND_FLOOR)
    last = max((high / step).to_integral_value(ROUND_CEILING), first + 1)
    return [at * step for at in map(Decimal, range(int(last), int(first) - 1, -1))]


def short(number: Decimal) -> str:
    return f"{number:.1f}".removesuffix(".0")


def axis_words(label: str) -> tuple[str, ...]:
    """A label cut for the axis, a word a line.

    >>> axis_words("Autumn 2022")
    ('Aut', '2022')
    """
    words = label.split()[:2]
    return tuple(word[:3] if len(word) > 4 and word.isalpha() else word for word in words)


def thinned(labels: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Axis words of every label, or of every second, third ... counted back from the last."""
    every = -(-len(labels) // MOST_LABELS)
    last = len(labels) - 1
    return tuple(
        axis_words(label) if (last - at) % every == 0 else () for at, label in enumerate(labels)
    )


def value_text(value: Decimal | None, unit: str) -> str:
    return "Not measured" if value is None else figure_text(value, unit)


def line_path(points: Sequence[Point], width: Decimal, y: Callable[[Decimal], str]) -> str:
    """The line; a point without a value breaks it."""
    parts, pen = [], "M"
    for at, point in enumerate(points):
        if point.value is not None:
            parts.append(f"{pen}{short(width * at)} {y(point.value)}")
        pen = "M" if point.value is None else "L"
    return "".join(parts)


def dot_paths(points: Sequence[Point], width: Decimal, y: Callable[[Decimal], str]) -> list[str]:
    return [
        f"M{short(width * at)} {y(point.value)}h.01"
        for at, point in enumerate(points)
        if point.value is not None
    ]


def chart(points: Sequence[Point], unit: str = "") -> Chart | None:
    """Draw `points`; None where nothing was measured."""
    values = [point.value for point in points if point.value is not None]
    if not values:
        return None
    marks = ticks(values, unit)
    top, height = marks[0], marks[0] - marks[-1]

    def y(value: Decimal) -> str:
        return short((top - value) * 100 / height)

    width = Decimal(100) / max(len(points) - 1, 1)
    dots = dot_paths(points, width, y)
    return Chart(
        scale=tuple(figure_text(mark) for mark in marks),
        grid="".join(f"M0 {y(mark)}h100" for mark in marks if mark != 0),
        zero=f"M0 {y(Decimal(0))}h100",
        line=line_path(points, width, y),
        dots="".join(dots[:-1]),
        last=dots[-1],
        steps=thinned([point.label for point in points]),
        rows=tuple((point.label, value_text(point.value, unit)) for point in points),
    )
