"""Lines with their numbers, what cannot be shown taken out, and what is said about them. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from media.cues import Problem
from media.reading.textfiles import REPLACEMENT
from media.reading.times import Times, times_in

# Ends of lines and pages of other worlds; they part words, but not lines of a caption file.
PARTING = dict.fromkeys([0x0B, 0x0C, 0x1C, 0x1D, 0x1E, 0x85, 0x2028, 0x2029], " ")
UNSHOWN = {*range(0x20), 0x7F, *range(0x80, 0xA0), *range(0xD800, 0xE000), 0xFEFF} - {0x09, 0x0A}
GARBLED = re.compile("â€.|Ã[\u0080-\u00bf\u2018-\u203a]|Â[\u00a0-\u00bf]")
QUOTED = 60
NUMBER, TOKEN, WORDS = "number", "token", "words"


def one_kind_of_line_end(text: str) -> str:
    """Line ends as one letter; those that a program doubled (CR CR LF) count once."""
    for end in ("\r\r\n", "\r\n", "\r"):
        text = text.replace(end, "\n")
    return text


def shown(text: str) -> str:
    """Text without the characters that no page can show."""
    return "".join(char for char in text.translate(PARTING) if ord(char) not in UNSHOWN)


def shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= QUOTED else f"{text[: QUOTED - 1].rstrip()}…"


@dataclass(frozen=True)
class Line:
    number: int
    text: str

    @cached_property
    def times(self) -> Times | None:
        return times_in(self.text)

    @property
    def is_empty(self) -> bool:
        return not self.text.strip()

    @property
    def is_number(self) -> bool:
        return self.text.strip().isdecimal()

    @property
    def name_kind(self) -> str:
        """What sort of name a cue would have by this line."""
        if self.is_number:
            return NUMBER
        has_digit = any(letter.isdigit() for letter in self.text)
        return TOKEN if has_digit and len(self.text.split()) == 1 else WORDS


@dataclass
class Findings:
    """What is to be said about a file, as it is being read."""

    problems: list[Problem] = field(default_factory=list)

    def lost(self, lines: Line | Sequence[Line], message: str) -> None:
        self.add(lines, message, lost=True)

    def note(self, lines: Line | Sequence[Line], message: str) -> None:
        self.add(lines, message, lost=False)

    def add(self, lines: Line | Sequence[Line], message: str, *, lost: bool) -> None:
        named = [lines] if isinstance(lines, Line) else lines
        first, last = named[0].number, named[-1].number
        quote = shortened(named[0].text)
        self.problems.append(
            Problem(line=first, last=last, message=message, lost=lost, quote=quote)
        )


def clean_lines(text: str, findings: Findings) -> Iterator[Line]:
    for number, raw in enumerate(one_kind_of_line_end(text).split("\n"), start=1):
        line = Line(number, shown(raw))
        if REPLACEMENT in raw:
            findings.note(line, "a letter could not be read. Look at this line and type it anew.")
        elif GARBLED.search(raw):
            findings.note(line, "letters look wrong here. Read this line and type them anew.")
        if len(line.text) != len(raw):
            findings.note(line, "a character that cannot be shown was taken out.")
        yield line
