"""Covers and records as SVG: a sleeve from the motif of a series, a disc with a ring a track.

Drawn as the site draws them, so that a film and a page show the same sleeve. The same name
always gives the same cover.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

INK = "#14201d"
PAPER = "#f7f8f5"
GROOVE = "#3d4b46"
HOT = "#f04a1d"
SOFT = "#42504b"

_CELL = 100
_ARCS = ("d.pp", "pd.p", ".pd.", "p.pd")
_STEPS = 5
_EDGE, _HEART = 196.0, 70.0


@dataclass(frozen=True)
class Sleeve:
    """Three inks: the board, the print and the deep one."""

    board: str
    print: str
    deep: str


@dataclass(frozen=True)
class Ring:
    """One track of a record, in units of a disc 400 wide."""

    radius: float
    width: float


SLEEVES = {
    "marigold": Sleeve("#fbdb85", "#e39a00", "#4a3200"),
    "sea": Sleeve("#bfe3dd", "#1b8783", "#0a3a39"),
    "rose": Sleeve("#f7cdd0", "#d4526a", "#4c1320"),
}


def cover(motif: str, name: str, sleeve: Sleeve, *, on_field: bool) -> str:
    """A cover; on its own field the board turns to paper, or it would vanish."""
    board = PAPER if on_field else sleeve.board
    shapes = {"arcs": _arcs, "steps": _steps, "rings": _rings}[motif](name, sleeve, board)
    return (
        f'<svg class="cover" viewBox="0 0 400 400"><path fill="{board}" d="M0 0h400v400H0z"/>'
        f"{shapes}</svg>"
    )


def rings(lengths: Sequence[int]) -> list[Ring]:
    """From the edge inwards, each ring as wide as its track is long."""
    total, radius = sum(lengths), _EDGE
    found = []
    for length in lengths:
        width = (_EDGE - _HEART) * length / total
        found.append(Ring(radius - width / 2, max(width - 3.5, 2)))
        radius -= width
    return found


def disc(tracks: Sequence[Ring], sleeve: Sleeve, now: int | None = None) -> str:
    """A record; `now` is the track whose ring is hot."""
    drawn = "".join(
        f'<circle cx="200" cy="200" r="{ring.radius:.1f}" fill="none" '
        f'stroke="{HOT if index == now else GROOVE}" stroke-width="{ring.width:.1f}"/>'
        for index, ring in enumerate(tracks)
    )
    return (
        f'<svg class="disc" viewBox="0 0 400 400"><circle cx="200" cy="200" r="200" fill="{INK}"/>'
        f'{drawn}<circle cx="200" cy="200" r="62" fill="{sleeve.print}"/>'
        f'<circle cx="200" cy="200" r="7" fill="{PAPER}"/></svg>'
    )


def _arcs(name: str, sleeve: Sleeve, _board: str) -> str:
    dice = _dice(name)
    inks: dict[str, list[str]] = {"p": [], "d": []}
    for row, letters in enumerate(_ARCS):
        for column, letter in enumerate(letters):
            turn = next(dice) % 4
            if letter in inks:
                inks[letter].append(_quarter(column * _CELL, row * _CELL, turn))
    return (
        f'<path fill="{sleeve.print}" d="{"".join(inks["p"])}"/>'
        f'<path fill="{sleeve.deep}" d="{"".join(inks["d"])}"/>'
        f'<circle fill="{HOT}" cx="250" cy="150" r="50"/>'
    )


def _steps(_name: str, sleeve: Sleeve, _board: str) -> str:
    def stair(index: int, lowered: int) -> str:
        return f"M{index * 80} {400 - (index + 1) * 64 + lowered}h80V400h-80z"

    upper = "".join(stair(index, 0) for index in range(_STEPS))
    lower = "".join(stair(index, 64) for index in range(2, _STEPS))
    return (
        f'<path fill="{sleeve.print}" d="{upper}"/><path fill="{sleeve.deep}" d="{lower}"/>'
        f'<circle fill="{HOT}" cx="120" cy="232" r="40"/>'
    )


def _rings(_name: str, sleeve: Sleeve, board: str) -> str:
    halves = zip((200, 150, 100, 50), (sleeve.print, board) * 2, strict=True)
    wholes = zip((100, 75, 50, 25), (sleeve.deep, board, sleeve.deep, HOT), strict=True)
    return "".join(
        f'<path fill="{ink}" d="M0 {200 - radius}a{radius} {radius} 0 0 1 0 {2 * radius}z"/>'
        for radius, ink in halves
    ) + "".join(f'<circle fill="{ink}" cx="300" cy="200" r="{radius}"/>' for radius, ink in wholes)


def _quarter(left: int, top: int, turn: int) -> str:
    right, bottom = left + _CELL, top + _CELL
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    (x, y), (ax, ay), (bx, by) = (corners[(turn + step) % 4] for step in (0, 1, 3))
    return f"M{x} {y}L{ax} {ay}A{_CELL} {_CELL} 0 0 1 {bx} {by}Z"


def _dice(seed: str) -> Iterator[int]:
    digest = hashlib.sha256(seed.encode()).digest()
    while True:
        yield from digest
        digest = hashlib.sha256(digest).digest()
