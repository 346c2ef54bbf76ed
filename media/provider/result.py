"""From AssemblyAI’s answer to captions: words, speakers, and where it was not sure. Pure."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from media.cues import SpokenCue
from media.hearing.captions import to_cues
from media.hearing.words import Word

LONGEST_S = 24 * 3600.0
BLINK_MS = 100


class NotUnderstood(ValueError):
    """The answer does not have the shape that they publish."""


@dataclass(frozen=True, slots=True)
class Spoken:
    word: Word
    speaker: str


def cues_of(answer: Mapping[str, Any], mishearings: Sequence[str] = ()) -> tuple[SpokenCue, ...]:
    """Every word of the answer, in order. Raises NotUnderstood."""
    words = answer.get("words")
    if words is None and not answer.get("text"):
        return ()
    if not isinstance(words, list):
        raise NotUnderstood("There is no list of words.")
    spoken = [spoken_of(word) for word in words]
    cues: list[SpokenCue] = []
    for speaker, turn in groupby(spoken, key=lambda each: each.speaker):
        heard = to_cues([each.word for each in turn], mishearings=mishearings)
        cues.extend(replace(cue, speaker=speaker) for cue in heard)
    return tuple(in_order(cues))


def spoken_of(row: Any) -> Spoken:
    try:
        text, start, end = row["text"], float(row["start"]) / 1000, float(row["end"]) / 1000
        sure, speaker = float(row.get("confidence") or 0.0), row.get("speaker")
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise NotUnderstood("A word is not as it should be.") from error
    if not isinstance(text, str) or not all(0 <= each <= LONGEST_S for each in (start, end)):
        raise NotUnderstood("A word is not as it should be.")
    plain = "".join(letter if letter.isprintable() else " " for letter in text)
    sure = sure if math.isfinite(sure) else 0.0
    return Spoken(Word(start, max(start, end), plain, sure), speaker_of(speaker))


def speaker_of(name: Any) -> str:
    """They call people A, B, C; editors give them names later."""
    if not isinstance(name, str) or not name.strip():
        return ""
    plain = "".join(letter for letter in name if letter.isprintable() and letter not in "<>&")
    return f"Speaker {plain.strip()}"[:60] if plain.strip() else ""


def in_order(cues: Sequence[SpokenCue]) -> Iterator[SpokenCue]:
    """No two at once, as turns of two people may overlap; none is lost."""
    before = 0
    for at, cue in enumerate(cues):
        start = max(cue.start_ms, before)
        end = max(cue.end_ms, start + BLINK_MS)
        if at + 1 < len(cues):
            end = max(start + BLINK_MS, min(end, cues[at + 1].start_ms))
        before = end
        yield replace(cue, start_ms=start, end_ms=end)
