"""Captions cut from timed phrases, so that a person can read them in the time that they have.

The rules are those of good broadcasters: two lines of 37 characters, seven seconds at most,
17 characters a second where the speech allows, never two captions at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from demo.studio.phrases import LINE, LINES, wrap
from demo.studio.timeline import Span

LONGEST = 7_000
READING_SPEED = 17
LINGER = 350
GAP = 40
_ROOM = LINE * LINES
_TOO_FAST = 40.0
_NEVER = float("inf")


@dataclass(frozen=True)
class Cue:
    """One caption: who speaks, the lines on screen, from when to when."""

    speaker: str
    lines: tuple[str, ...]
    start: int
    end: int

    @property
    def text(self) -> str:
        return " ".join(self.lines)


def cut(found: Sequence[Span]) -> list[Cue]:
    """The captions of a talk. No caption holds words of two paragraphs."""
    groups: list[list[Span]] = []
    for _, run in groupby(found, key=lambda span: span.paragraph):
        groups += _best_groups(list(run))
    following = [group[0].start for group in groups[1:]]
    return [_cue(group, before) for group, before in zip(groups, [*following, None], strict=True)]


def _best_groups(run: list[Span]) -> list[list[Span]]:
    """Phrases of one paragraph put together so that the captions come out full and unhurried.

    The best way to show the first n phrases is known for each n in turn: paragraphs are short.
    """
    best: list[tuple[float, list[list[Span]]]] = [(0.0, [])]
    for stop in range(1, len(run) + 1):
        options = [
            (best[start][0] + _cost(run[start:stop]), [*best[start][1], run[start:stop]])
            for start in range(stop)
        ]
        best.append(min(options, key=lambda option: option[0]))
    return best[-1][1]


def _cost(group: list[Span]) -> float:
    """How ill a group sits in one caption: empty room, and reading that must be hurried."""
    text = " ".join(span.text for span in group)
    length = group[-1].end - group[0].start
    if len(group) > 1 and (length > LONGEST - LINGER or wrap(text) is None):
        return _NEVER
    empty = ((_ROOM - min(len(text), _ROOM)) / _ROOM) ** 2
    hurry = max(0.0, len(text) * 1000 / max(length, 1) - READING_SPEED)
    return 1 + empty + hurry / _TOO_FAST


def _cue(group: list[Span], following: int | None) -> Cue:
    """A caption may stay a moment after the voice, but goes before the next one comes."""
    text = " ".join(span.text for span in group)
    start, spoken = group[0].start, group[-1].end
    wanted = max(spoken + LINGER, start + len(text) * 1000 // READING_SPEED)
    ceiling = start + max(LONGEST, spoken - start)
    end = min(wanted, ceiling if following is None else min(ceiling, following - GAP))
    return Cue(group[0].speaker, tuple(wrap(text) or [text]), start, max(end, spoken))
