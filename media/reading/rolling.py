"""Captions that roll up, as YouTube makes them: each cue shows the line of the one before again.

Only a file that rolls all the way is touched; somebody who says “Yes.” twice keeps both. Pure.
"""

import itertools
from collections.abc import Container, Sequence
from dataclasses import replace

from media.cues import SpokenCue

# YouTube holds a finished line for a hundredth of a second before it rolls on.
HOLD_MS = 50
# No screen rolls more lines than that.
MOST_LINES = 20


def repeats(before: Sequence[str], lines: Sequence[str]) -> int:
    """How many of the first lines are the last of the cue before; the fewest that may be."""
    most = min(len(before), len(lines), MOST_LINES)
    return next((n for n in range(1, most + 1) if list(before[-n:]) == list(lines[:n])), 0)


def unrolled(
    cues: Sequence[SpokenCue], held: Container[int]
) -> tuple[list[SpokenCue], list[SpokenCue]]:
    """The cues, each line said once, and those that had repeated something.

    `held` are the lines of the file where a cue shows an empty line below its words, which only
    rolling captions do.
    """
    pairs = list(itertools.pairwise(cues))
    rolled = [
        (cue, fresh) for one, cue in pairs if (fresh := new_lines(one, cue, held)) != cue.text
    ]
    rolls, holds = sum(bool(fresh) for _, fresh in rolled), sum(not fresh for _, fresh in rolled)
    if 2 * len(rolled) < len(pairs) or not rolls or (not holds and rolls < 3):
        return list(cues), []
    said = {id(cue): fresh for cue, fresh in rolled}
    kept = [replace(cue, text=said.get(id(cue), cue.text)) for cue in cues]
    return [cue for cue in kept if cue.text], [cue for cue, _ in rolled]


def new_lines(before: SpokenCue, cue: SpokenCue, held: Container[int]) -> str:
    """What a cue adds to the one before, were the file one that rolls."""
    if before.speaker != cue.speaker:
        return cue.text
    lines = cue.text.split("\n")
    again = repeats(before.text.split("\n"), lines)
    is_hold = cue.end_ms - cue.start_ms <= HOLD_MS or cue.line in held
    if again == len(lines) and not is_hold:
        return cue.text
    return "\n".join(lines[again:])
