"""What a line of words may be, and how it is cleaned before it is kept. Pure."""

import re
import unicodedata
from dataclasses import replace

from media.cues import Doubts, SpokenCue

LONGEST_TEXT, LONGEST_SPEAKER = 2000, 120
LONGEST_TALK_MS = 100 * 3_600_000
KEY = re.compile(r"[0-9a-f]{12}")


def clean_text(text: str) -> str:
    """Without what nobody sees: control characters, spaces at the ends of lines, empty lines."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    lines = (without_controls(line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def without_controls(line: str) -> str:
    return "".join(each for each in line if unicodedata.category(each) not in ("Cc", "Cs"))


def cleaned(cue: SpokenCue) -> SpokenCue:
    text = clean_text(cue.text)
    speaker = " ".join(without_controls(cue.speaker.replace("\n", " ")).split())
    return replace(cue, text=text, speaker=speaker, doubts=inside(cue.doubts, len(text)))


def inside(doubts: Doubts, length: int) -> Doubts:
    """The places that lie in a text of this length, in order, none over another."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(doubts):
        if 0 <= first < last <= length and (not found or found[-1][1] <= first):
            found.append((first, last))
    return tuple(found)


def problem(cue: SpokenCue) -> str:
    """Why this line cannot be kept, in words; empty if it can."""
    if not cue.text:
        return "There are no words in this line. Write some, or delete the line."
    if len(cue.text) > LONGEST_TEXT:
        return f"This line is longer than {LONGEST_TEXT} letters. Split it."
    if len(cue.speaker) > LONGEST_SPEAKER:
        return f"The speaker’s name is longer than {LONGEST_SPEAKER} letters."
    if cue.start_ms < 0 or cue.end_ms > LONGEST_TALK_MS:
        return "These times lie outside of any talk."
    if cue.end_ms <= cue.start_ms:
        return "The line ends before it begins. Its second time must be the later one."
    return ""


def moved(doubts: Doubts, before: str, after: str) -> Doubts:
    """Where places of a text are once it was changed; those that were changed themselves go."""
    head = shared(before, after)
    room = min(len(before), len(after)) - head
    tail = min(shared(before[::-1], after[::-1]), room)
    end, shift = len(before) - tail, len(after) - len(before)
    stay = [(first, last) for first, last in doubts if last <= head]
    go_along = [(first + shift, last + shift) for first, last in doubts if first >= end]
    return inside((*stay, *go_along), len(after))


def shared(one: str, other: str) -> int:
    """How many letters two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
