"""Words in at most two lines, broken where a voice would pause. Pure."""

import re
from collections.abc import Sequence

from media.cues import Doubts
from media.hearing.pieces import Piece

LINE, LINES = 37, 2
STOP = re.compile(r"[.!?…,;:–—][\"'”’)]*$")
# No line and no cue should end on one of these: the words that they belong to come after.
LEANING = frozenset(
    re.findall(
        r"\w+",
        """a an the and or but of to in on at by for with from as than that which who if because
        when where while what how is are was were be do does did can could will would should must
        has have had my your our their his her its this these those i we you they he she it not no
        very so""",
    )
)


def leans(text: str) -> bool:
    return text.casefold() in LEANING


def length(pieces: Sequence[Piece]) -> int:
    return sum(len(piece.text) for piece in pieces) + len(pieces) - 1


def fits(pieces: Sequence[Piece]) -> bool:
    """Whether two lines hold them. A word longer than a line has a line to itself."""
    used, room = 0, 0
    for piece in pieces:
        if used and len(piece.text) < room:
            room -= len(piece.text) + 1
        else:
            used, room = used + 1, LINE - len(piece.text)
    return used <= LINES


def layout(pieces: Sequence[Piece]) -> tuple[str, Doubts]:
    """The text with its break, and the places of it that are doubtful."""
    cut = best_break(pieces)
    text = ""
    doubts: list[tuple[int, int]] = []
    for at, piece in enumerate(pieces):
        text += ("\n" if at == cut else " ") if at else ""
        first, text = len(text), text + piece.text
        if not piece.is_doubtful:
            continue
        if doubts and doubts[-1][1] == first - 1 and at != cut:
            first = doubts.pop()[0]
        doubts.append((first, len(text)))
    return text, tuple(doubts)


def best_break(pieces: Sequence[Piece]) -> int:
    """The number of the first word of the second line; 0 where one line is enough."""
    if length(pieces) <= LINE or len(pieces) == 1:
        return 0
    return min(range(1, len(pieces)), key=lambda cut: break_cost(pieces[:cut], pieces[cut:]))


def break_cost(first: Sequence[Piece], second: Sequence[Piece]) -> int:
    """Lines of one length look best, but words that belong together stay together."""
    above, below = length(first), length(second)
    too_long = sum(len(line) > 1 and length(line) > LINE for line in (first, second))
    cost = abs(above - below) + 1000 * too_long
    if STOP.search(first[-1].text):
        cost -= 14
    elif leans(first[-1].text):
        cost += 14
    return cost
