"""Two states of a transcript beside each other: which lines differ, and in which words. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from media.cues import SpokenCue

PIECE = re.compile(r"\s+|\S+")
Group = tuple[list[SpokenCue], list[SpokenCue]]
MOST_TOGETHER = 12  # lines
MOST_PAIRS = 1_000_000  # of pieces that are held against each other
SAME, GONE, NEW = "same", "gone", "new"


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """What differs between two moments: pieces of words that are same, gone or new, and notes."""

    start_ms: int
    words: tuple[tuple[str, str], ...]
    notes: tuple[str, ...] = ()


def words_changed(before: Iterable[SpokenCue], after: Iterable[SpokenCue]) -> int:
    """How many words differ between two states."""
    old, new = {line_key(c): c.text for c in before}, {line_key(c): c.text for c in after}
    gone: Counter[str] = Counter()
    come: Counter[str] = Counter()
    for key in old.keys() | new.keys():
        if old.get(key) != new.get(key):
            gone.update(old.get(key, "").split())
            come.update(new.get(key, "").split())
    return max((gone - come).total(), (come - gone).total())


def line_key(cue: SpokenCue) -> str:
    return cue.key or str(cue.start_ms)


def differences(before: Sequence[SpokenCue], after: Sequence[SpokenCue]) -> Iterator[Difference]:
    """In the order of time; lines that say the same are left out."""
    old, new = {line_key(cue): cue for cue in before}, {line_key(cue): cue for cue in after}
    pairs = [([old[key]], [new[key]]) for key in old.keys() & new.keys()]
    loose = [(cue, 0) for key, cue in old.items() if key not in new]
    loose += [(cue, 1) for key, cue in new.items() if key not in old]
    groups = [*pairs, *together(loose)]
    for one, other in sorted(groups, key=beginning):
        found = difference(one, other)
        if found:
            yield found


def beginning(group: Group) -> int:
    return min(cue.start_ms for side in group for cue in side)


def together(loose: Iterable[tuple[SpokenCue, int]]) -> list[Group]:
    """Lines without a partner, grouped where half of one lies over another: lines that merely touch
    would make one group of a whole talk, which no reader and no computer takes in."""
    groups: list[Group] = []
    last: SpokenCue | None = None
    for cue, side in sorted(loose, key=lambda item: item[0].start_ms):
        if last is None or not lies_over(last, cue) or is_full(groups[-1]):
            groups.append(([], []))
            last = cue
        groups[-1][side].append(cue)
        last = max(last, cue, key=lambda each: each.end_ms)
    return groups


def lies_over(one: SpokenCue, other: SpokenCue) -> bool:
    """Whether half of the shorter line is said during the other, which begins no earlier."""
    shortest = min(one.end_ms - one.start_ms, other.end_ms - other.start_ms)
    return 2 * (min(one.end_ms, other.end_ms) - other.start_ms) > shortest


def is_full(group: Group) -> bool:
    return sum(map(len, group)) >= MOST_TOGETHER


def difference(one: list[SpokenCue], other: list[SpokenCue]) -> Difference | None:
    notes = tuple(notes_on(one, other))
    old, new = (" ".join(cue.text for cue in side) for side in (one, other))
    if old == new and not notes:
        return None
    start = min(cue.start_ms for cue in (*one, *other))
    return Difference(start_ms=start, words=tuple(pieces(old, new)), notes=notes)


def notes_on(one: list[SpokenCue], other: list[SpokenCue]) -> Iterator[str]:
    was, became = names(one), names(other)
    if one and other and was != became:
        yield f"Speaker: {was} became {became}"
    if len(one) == len(other) == 1 and times(one[0]) != times(other[0]):
        yield "Other times"
    if len(one) != len(other) and one and other:
        yield f"{len(one)} {'line' if len(one) == 1 else 'lines'} became {len(other)}"


def names(cues: list[SpokenCue]) -> str:
    return ", ".join(dict.fromkeys(cue.speaker or "no speaker" for cue in cues))


def times(cue: SpokenCue) -> tuple[int, int]:
    return cue.start_ms, cue.end_ms


def pieces(old: str, new: str) -> Iterator[tuple[str, str]]:
    one, other = PIECE.findall(old), PIECE.findall(new)
    if len(one) * len(other) > MOST_PAIRS:  # longer than lines are: told as a whole
        yield from ((GONE, old), (NEW, new))
        return
    for kind, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind == "equal":
            yield SAME, "".join(one[a:b])
            continue
        if a < b:
            yield GONE, "".join(one[a:b])
        if c < d:
            yield NEW, "".join(other[c:d])
