"""The print of a campaign: fifty dots, each an equal share of those who spoke. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import log10

from core.look.covers import Shape, circle, seeded_bytes

COLUMNS, ROWS, PITCH = 10, 5, 40
DOTS = COLUMNS * ROWS
HOT = (6, 2)


@dataclass(frozen=True, slots=True)
class Print:
    shapes: tuple[Shape, ...]
    caption: str


def rounded(number: float) -> int:
    """Two leading digits are as much as a caption can honestly say."""
    digits = max(0, int(log10(number)) - 1) if number >= 1 else 0
    return round(number / 10**digits) * 10**digits


def caption(reach: int | None, what: str) -> str:
    if not reach or reach < DOTS:
        return ""
    exact = reach / DOTS
    share = rounded(exact)
    about = "" if share == exact else "about "
    return f"One dot: {about}{share:,} {what}".strip()


def shapes(seed: str) -> Iterator[Shape]:
    inks: dict[str, list[str]] = {"print": [], "deep": []}
    sizes = seeded_bytes(seed)
    for row in range(ROWS):
        for column in range(COLUMNS):
            radius, ink = 8 + next(sizes) % 11, "deep" if next(sizes) % 5 < 2 else "print"
            if (column, row) != HOT:
                inks[ink].append(circle(20 + PITCH * column, 20 + PITCH * row, radius))
    for ink, paths in inks.items():
        yield ink, "".join(paths)
    yield "hot", circle(20 + PITCH * HOT[0], 20 + PITCH * HOT[1], 19)


def print_of(seed: str, reach: int | None, what: str) -> Print:
    return Print(tuple(shapes(seed)), caption(reach, what))
