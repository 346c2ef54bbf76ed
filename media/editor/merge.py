"""Bring the changes of one editor together with what others saved meanwhile. Pure.

Every change says what its editor saw before. Where somebody else changed another part of the same
line, both stand; where both changed the same part, nothing is decided here: it is a conflict, the
line stays as it is, and the editor chooses.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from media.cues import SpokenCue
from media.editor.limits import problem

Part = TypeVar("Part")


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """A line by its key: as it was seen, and as it shall be; None where there is no line.

    `sent` is what was sent before without an answer, and `sent_away` that it was deleted so: it may
    have arrived.
    """

    key: str
    before: SpokenCue | None
    after: SpokenCue | None
    sent: SpokenCue | None = None
    sent_away: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Conflict:
    """A line that both changed: `yours` and `theirs`, None where it was deleted."""

    key: str
    yours: SpokenCue | None
    theirs: SpokenCue | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Refusal:
    key: str
    message: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Merged:
    cues: tuple[SpokenCue, ...]
    conflicts: tuple[Conflict, ...] = ()
    refusals: tuple[Refusal, ...] = ()


def merge(current: Sequence[SpokenCue], changes: Iterable[Change]) -> Merged:
    """All lines in time order, with every change that can stand."""
    lines = {cue.key: cue for cue in current}
    conflicts: list[Conflict] = []
    refusals: list[Refusal] = []
    for change in changes:
        message = problem(change.after) if change.after else ""
        if message:
            refusals.append(Refusal(key=change.key, message=message))
            continue
        now = lines.get(change.key)
        try:
            result = together(change, now)
        except Both:
            conflicts.append(Conflict(key=change.key, yours=change.after, theirs=now))
            continue
        if result is None:
            lines.pop(change.key, None)
        else:
            lines[change.key] = replace(result, key=change.key)
    cues = sorted(lines.values(), key=lambda cue: cue.start_ms)
    return Merged(cues=tuple(cues), conflicts=tuple(conflicts), refusals=tuple(refusals))


class Both(Exception):
    """Two people changed the same part of a line."""


def together(change: Change, now: SpokenCue | None) -> SpokenCue | None:
    """The line after the change; raises Both."""
    after = change.after
    if says(now) == says(after):
        return after
    if says(now) == says(change.before) or (change.sent and says(now) == says(change.sent)):
        return after
    if now is None and (change.before is None or change.sent_away):
        return after
    if now is None or after is None or change.before is None:
        raise Both
    return woven(change.before, after, now)


def says(cue: SpokenCue | None) -> tuple[int, int, str, str] | None:
    """What decides whether two people mean the same; doubts only follow the words."""
    return (cue.start_ms, cue.end_ms, cue.speaker, cue.text) if cue else None


def woven(before: SpokenCue, mine: SpokenCue, theirs: SpokenCue) -> SpokenCue:
    """Both changes of one line, part by part."""
    start, end = chosen(times(before), times(mine), times(theirs))
    text = chosen(before.text, mine.text, theirs.text)
    return SpokenCue(
        start_ms=start,
        end_ms=end,
        speaker=chosen(before.speaker, mine.speaker, theirs.speaker),
        text=text,
        doubts=(mine if text == mine.text else theirs).doubts,
    )


def times(cue: SpokenCue) -> tuple[int, int]:
    return cue.start_ms, cue.end_ms


def chosen(before: Part, mine: Part, theirs: Part) -> Part:
    if mine in (theirs, before):
        return theirs
    if theirs == before:
        return mine
    raise Both
