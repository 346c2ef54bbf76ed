"""Cut the words of a talk into passages of about a minute that overlap by a cue. Pure.

A passage is what search finds; a mark inside it says which cue begins where, when and in whose
voice, so that a hit opens at the cue in which the sentence is spoken and is put into the right
mouth. Every cue belongs to exactly one passage; the last cue of the one before is repeated at the
front (`lead` characters of it), so that a sentence across the cut is found whole.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

LENGTH_MS = 60_000


class SpokenCue(NamedTuple):
    """What a talk hands in; a plain tuple of the same four will do."""

    start_ms: int
    end_ms: int
    speaker: str
    text: str


class Mark(NamedTuple):
    """A cue inside a passage: it begins at `offset` of the text, at `start_ms` of the talk."""

    offset: int
    start_ms: int
    speaker: str


@dataclass(frozen=True, slots=True)
class Passage:
    """`speaker` names all who speak in it, in order; `text[:lead]` repeats the passage before."""

    start_ms: int
    end_ms: int
    speaker: str
    text: str
    marks: tuple[Mark, ...]
    lead: int = 0


def passages(
    cues: Iterable[tuple[int, int, str, str]], length_ms: int = LENGTH_MS
) -> list[Passage]:
    """Passages of about `length_ms`, in the order of the cues; cues without words are left out."""
    spoken = [SpokenCue(cue[0], cue[1], cue[2], tidy(cue[3])) for cue in cues]
    runs: list[list[SpokenCue]] = []
    for cue in (each for each in spoken if each.text):
        if runs and cue.end_ms - runs[-1][0].start_ms <= length_ms:
            runs[-1].append(cue)
        else:
            runs.append([cue])
    before = [None, *(run[-1] for run in runs)]
    return [passage(run, lead) for run, lead in zip(runs, before, strict=False)]


def passage(run: Sequence[SpokenCue], lead: SpokenCue | None) -> Passage:
    marks: list[Mark] = []
    offset = 0
    for cue in ([lead] if lead else []) + list(run):
        marks.append(Mark(offset, cue.start_ms, cue.speaker))
        offset += len(cue.text) + 1
    words = [cue.text for cue in run]
    return Passage(
        start_ms=run[0].start_ms,
        end_ms=max(cue.end_ms for cue in run),
        speaker=", ".join(dict.fromkeys(cue.speaker for cue in run if cue.speaker)),
        text=" ".join([lead.text, *words] if lead else words),
        marks=tuple(marks),
        lead=len(lead.text) + 1 if lead else 0,
    )


def tidy(text: str) -> str:
    return " ".join(text.split())
