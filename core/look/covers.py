"""Cover art and discs as SVG paths: the same name always gives the same drawing. Pure.

A cover is three inks and one hot spot on a 400 by 400 board. Motifs are tuned by hand; each
returns shapes as pairs of an ink (`print`, `deep`, `board`, `hot`) and an SVG path.
"""

import hashlib
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

Shape = tuple[str, str]
SIZE = 400
ARC_PLAN = ("d.pp", "pd.p", ".pd.", "p.pd")


def number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def seeded_bytes(seed: str) -> Iterator[int]:
    digest = hashlib.sha256(seed.encode()).digest()
    while True:
        yield from digest
        digest = hashlib.sha256(digest).digest()


def circle(x: float, y: float, radius: float) -> str:
    r, width = number(radius), number(2 * radius)
    return f"M{number(x - radius)} {number(y)}a{r} {r} 0 1 0 {width} 0a{r} {r} 0 1 0 -{width} 0"


def quarter(x: int, y: int, side: int, turn: int) -> str:
    corners = ((x, y), (x + side, y), (x + side, y + side), (x, y + side))
    (cx, cy), (ax, ay), (bx, by) = (corners[(turn + step) % 4] for step in (0, 1, 3))
    return f"M{cx} {cy}L{ax} {ay}A{side} {side} 0 0 1 {bx} {by}Z"


def arcs(slug: str) -> Iterable[Shape]:
    turns = seeded_bytes(slug)
    inks: dict[str, list[str]] = {"p": [], "d": []}
    for row, line in enumerate(ARC_PLAN):
        for column, ink in enumerate(line):
            turn = next(turns) % 4
            if ink in inks:
                inks[ink].append(quarter(column * 100, row * 100, 100, turn))
    yield "print", "".join(inks["p"])
    yield "deep", "".join(inks["d"])
    yield "hot", circle(250, 150, 50)


def steps(slug: str) -> Iterable[Shape]:
    """The stair climbs to either side; the hot spot lies on one of its lower steps."""
    seeds = seeded_bytes(slug)
    climbs_left, hot = next(seeds) % 2 == 1, next(seeds) % 3

    def left(step: int) -> int:
        return 320 - step * 80 if climbs_left else step * 80

    def stair(step: int, drop: int) -> str:
        return f"M{left(step)} {400 - (step + 1) * 64 + drop}h80V400h-80z"

    yield "print", "".join(stair(step, 0) for step in range(5))
    yield "deep", "".join(stair(step, 64) for step in range(2, 5))
    yield "hot", circle(left(hot) + 40, 296 - hot * 64, 40)


def rings(slug: str) -> Iterable[Shape]:
    """Half a target meets a whole one, from either side and at one of three heights."""
    seeds = seeded_bytes(slug)
    from_right, height = next(seeds) % 2, (140, 200, 260)[next(seeds) % 3]
    edge, centre = (400, 100) if from_right else (0, 300)
    for at, radius in enumerate((200, 150, 100, 50)):
        ink = "board" if at % 2 else "print"
        arc = f"a{radius} {radius} 0 0 {1 - from_right} 0 {2 * radius}z"
        yield ink, f"M{edge} {200 - radius}{arc}"
    for ink, radius in (("deep", 100), ("board", 75), ("deep", 50), ("hot", 25)):
        yield ink, circle(centre, height, radius)


def bars(slug: str) -> Iterable[Shape]:
    """A sound wave above its ground; the hot spot rises over one of its bars."""
    heights = seeded_bytes(slug)
    drawn = []
    for at in range(8):
        height = 60 + next(heights) % 260
        drawn.append(f"M{at * 50 + 9} {number(200 - height / 2)}h32v{height}h-32z")
    hot, ground = 75 + 50 * (next(heights) % 6), 290 + 10 * (next(heights) % 5)
    yield "print", "".join(drawn)
    yield "deep", f"M0 {ground}h400V400h-400z"
    yield "hot", circle(hot, 80, 34)


def dots(slug: str) -> Iterable[Shape]:
    seeds = seeded_bytes(slug)
    phase, hot = next(seeds) / 256 * 2 * math.pi, (next(seeds) % 4 + 1, next(seeds) % 4 + 1)
    inks: dict[str, list[str]] = {"print": [], "deep": [], "hot": []}
    for row in range(6):
        for column in range(6):
            radius = 6 + 22 * (math.sin(column * 1.15 + row * 0.7 + phase) + 1) / 2
            ink = "hot" if (row, column) == hot else "deep" if row > column else "print"
            radius = max(radius, 18) if ink == "hot" else radius
            inks[ink].append(circle(33.3 + 66.7 * column, 33.3 + 66.7 * row, radius))
    for ink, paths in inks.items():
        yield ink, "".join(paths)


MOTIFS: dict[str, Callable[[str], Iterable[Shape]]] = {
    "arcs": arcs,
    "steps": steps,
    "rings": rings,
    "bars": bars,
    "dots": dots,
}
SLEEVES = ("marigold", "sea", "rose", "sky", "moss")


def cover_shapes(slug: str, motif: str) -> list[Shape]:
    """Shapes in painting order; raises KeyError for a motif that nobody drew."""
    return list(MOTIFS[motif](slug))


@dataclass(frozen=True, slots=True)
class Ring:
    radius: str
    width: str
    is_now: bool


def disc_rings(durations_ms: Iterable[int], now: int | None = None) -> list[Ring]:
    """One ring a track from the edge inwards, as wide as the track is long.

    `now` is the index of the track that plays. Tracks without a length get an even share.
    """
    lengths = list(durations_ms)
    if not all(lengths):
        lengths = [1] * len(lengths)
    edge, inner, gap = 196.0, 70.0, 3.5
    rings_: list[Ring] = []
    for at, length in enumerate(lengths):
        width = (196.0 - inner) * length / sum(lengths)
        rings_.append(Ring(number(edge - width / 2), number(max(width - gap, 2)), at == now))
        edge -= width
    return rings_
