"""From words with times to captions that can be read: the best way to cut them. Pure.

At most two lines of 37 letters, at most 7 seconds, no two at once. Among all ways to cut within
these limits the cheapest is taken: a cue should end where a sentence, a clause or a breath ends,
stay for a second or more, and ask for at most 17 letters a second.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from media.cues import SpokenCue
from media.hearing.lines import fits, layout, leans, length
from media.hearing.pieces import Piece, to_pieces
from media.hearing.words import Word

LONGEST_MS, SHORTEST_MS = 7_000, 1_000
LETTERS_A_SECOND = 17
# A gap that nobody sees is closed; where the machine gave many words one time, each cue blinks.
GAP_MS, BLINK_MS = 80, 100
BREATH_MS, PAUSE_MS = 350, 1_200
SENTENCE = re.compile(r"[.!?…][\"'”’)]*$")
CLAUSE = re.compile(r"[,;:–—][\"'”’)]*$")
NEVER = float("inf")

Part = Sequence[Piece]


def to_cues(words: Sequence[Word], *, mishearings: Sequence[str] = ()) -> tuple[SpokenCue, ...]:
    """Every word, in the order heard and as heard; what is doubtful is marked, not mended."""
    parts = best_cut(to_pieces(words, mishearings))
    cues: list[SpokenCue] = []
    for part, following in zip(parts, [*parts[1:], ()], strict=False):
        start = max(part[0].start, cues[-1].end_ms if cues else 0)
        end = end_of(part, start, following[0].start if following else None)
        text, doubts = layout(part)
        cues.append(SpokenCue(start_ms=start, end_ms=end, text=text, doubts=doubts))
    return tuple(cues)


def end_of(part: Part, start: int, following: int | None) -> int:
    """As long as it takes to read, if what comes next leaves the time."""
    latest = start + LONGEST_MS if following is None else min(start + LONGEST_MS, following)
    end = min(latest, max(part[-1].end, start + reading_ms(part)))
    if latest - end < GAP_MS:
        end = latest
    return max(end, start + BLINK_MS)


def reading_ms(part: Part) -> int:
    return max(SHORTEST_MS, -(-length(part) * 1000 // LETTERS_A_SECOND))


def best_cut(pieces: Sequence[Piece]) -> list[Part]:
    """The cheapest way to cut: the best end of every beginning is known before a word is added."""
    cheapest, before = [0.0], [0]
    for last in range(1, len(pieces) + 1):
        cheapest.append(NEVER)
        before.append(last - 1)
        for first in range(last - 1, -1, -1):
            part = pieces[first:last]
            if len(part) > 1 and not holds(part):
                break
            cost = cheapest[first] + cost_of(part, pieces[last] if last < len(pieces) else None)
            if cost < cheapest[last]:
                cheapest[last], before[last] = cost, first
    parts: list[Part] = []
    last = len(pieces)
    while last:
        parts.append(pieces[before[last] : last])
        last = before[last]
    return parts[::-1]


def holds(part: Part) -> bool:
    return part[-1].end - part[0].start <= LONGEST_MS and fits(part)


def cost_of(part: Part, following: Piece | None) -> float:
    """How bad it is to show just these words at once. Each cue costs something by itself."""
    cost = 9.0 + pauses_inside(part)
    if length(part) < 12:
        cost += 6
    if following is None:
        return cost
    time = min(LONGEST_MS, following.start - part[0].start)
    cost += 40 * max(0, SHORTEST_MS - time) / SHORTEST_MS
    cost += 30 * max(0, reading_ms(part) - time) / reading_ms(part)
    return cost + cost_of_ending(part[-1], following.start - part[-1].end)


def cost_of_ending(last: Piece, pause: int) -> float:
    if SENTENCE.search(last.text):
        return 0
    if pause >= PAUSE_MS:
        return 2
    cost = 7 if CLAUSE.search(last.text) else 20
    if pause >= BREATH_MS:
        cost -= 6
    return cost + 15 if leans(last.text) else cost


def pauses_inside(part: Part) -> float:
    """Words after a long pause come too early if they stand in one cue with those before it."""
    cost = 0.0
    for one, other in pairwise(part):
        pause = other.start - one.end
        if pause >= PAUSE_MS:
            cost += 20 + pause / 100
        elif SENTENCE.search(one.text):
            cost += 4
    return cost
