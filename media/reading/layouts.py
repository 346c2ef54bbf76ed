"""Where the time, the name and the words of a paragraph stand, in the usual layouts. Pure."""

import re
from dataclasses import dataclass

from media.reading.times import milliseconds
from media.reading.voices import MAX_SPEAKER

CLOCK = r"(?:([0-9]{1,2}):)?([0-9]{1,2}):([0-9]{2})(?:[.,]([0-9]{1,3}))?(?![0-9:])"
GAP = 60  # letters between a name and its time
RANGE = rf"{CLOCK}(?:\s*(?:[-–—]|to)\s*{CLOCK})?"
# 00:01:02 Name: words - [00:01:02] words - 00:01:02 alone, the words below.
LEADING = re.compile(rf"\s*(?:[\[(]\s*)?{RANGE}\s*[\])]?\s*[-–—:|]?\s*(?P<words>.*)")
# Name (00:01) - Name  0:03 - [Name] 00:01:02 - Name [00:01:02]: words
NAMED = re.compile(
    rf"\s*(?P<name>[^\s\[(].{{0,{MAX_SPEAKER}}}?|\[[^\]]+\])\s{{0,{GAP}}}[\[(]\s*{RANGE}\s*[\])]"
    r"\s*[-–—:|]?\s*(?P<words>.*)"
)
HEADED = re.compile(rf"\s*(?P<name>\S.{{0,{MAX_SPEAKER}}}?)(?P<gap>\s{{1,{GAP}}}){RANGE}\s*:?\s*()")
CELL = re.compile(rf"[\[(]?\s*{RANGE}\s*[\])]?")
SPEAKER = re.compile(r"(?P<name>[^\W\d_][^:.!?]{0,60}):(?:\s+(?P<words>.*)|$)")
MOST_NAMES = 5


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time at the head of a paragraph. `start` is None if no clock shows it."""

    layout: str
    start: int | None
    end: int | None
    speaker: str
    words: str


def stamp_in(text: str) -> Stamp | None:
    text = text.strip(" ")
    if "\t" in text.strip() and (cells := from_cells(text)):
        return cells
    if found := LEADING.fullmatch(text):
        speaker, words = speaker_and_words(found["words"])
        return stamped("leading", found, speaker, words)
    if found := NAMED.fullmatch(text):
        if is_name(found["name"]):
            return stamped("named", found, found["name"], found["words"])
    elif (found := HEADED.fullmatch(text)) and is_name(found["name"], gap=found["gap"]):
        return stamped("named", found, found["name"], "")
    return None


def from_cells(text: str) -> Stamp | None:
    """A row of a table, or a line with tabs: one or two times, a name, words."""
    cells = [" ".join(cell.split()) for cell in text.split("\t")]
    cells = [cell for cell in cells if cell]
    times = [found for cell in cells[:3] if (found := CELL.fullmatch(cell))]
    if not times:
        return None
    others = [cell for cell in cells if cell not in {found[0] for found in times}]
    head_only = len(others) == 1 and cells[-1] == times[-1][0] and is_name(others[0])
    has_name = len(others) > 1 and len(others[0]) <= MAX_SPEAKER
    speaker = others[0] if head_only or has_name else ""
    words = " ".join(others[1:] if speaker else others)
    if not speaker:
        speaker, words = speaker_and_words(words)
    end = moment(times[1], 0) if len(times) > 1 else moment(times[0], 4)
    layout = "named" if head_only else "cells"
    return Stamp(layout, moment(times[0], 0), end, bare_name(speaker), words)


def stamped(layout: str, found: "re.Match[str]", speaker: str, words: str) -> Stamp:
    first = 1 if layout == "named" and "name" in found.re.groupindex else 0
    first += "gap" in found.re.groupindex
    return Stamp(
        layout, moment(found, first), moment(found, first + 4), bare_name(speaker), words.strip()
    )


def moment(found: "re.Match[str]", first: int) -> int | None:
    hours, minutes, seconds, fraction = found.groups()[first : first + 4]
    if minutes is None:
        return None
    most = 59 if hours else 99
    return milliseconds(hours, minutes, seconds, fraction, most_minutes=most)


def speaker_and_words(text: str) -> tuple[str, str]:
    found = SPEAKER.fullmatch(text)
    if found and len(found["name"].split()) <= MOST_NAMES:
        return found["name"], found["words"] or ""
    return "", text


def is_name(text: str, gap: str = "") -> bool:
    """Whether this may be who speaks. Before a bare time a single gap asks for capitals."""
    words = bare_name(text).split()
    if not words or len(words) > 2 * MOST_NAMES or text.rstrip().endswith((".", "!", "?", ",")):
        return False
    if gap and not (len(gap) > 1 or "\t" in gap):
        return len(words) <= MOST_NAMES and all(not word[0].islower() for word in words)
    return True


def bare_name(text: str) -> str:
    return " ".join(text.strip(" []():-–—\t").split())
