"""What is said, when, and by whom: the shapes that transcript files are read into. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

Doubts = tuple[tuple[int, int], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SpokenCue:
    """Words between two times, in milliseconds; `line` is where the file says so, 0 if unknown.

    `doubts` are the places of the text (first letter, one past the last) that a machine was not
    sure to have heard right. `key` stays the same through all corrections; it does not decide
    whether two cues are equal.
    """

    start_ms: int
    end_ms: int
    text: str
    speaker: str = ""
    line: int = 0
    doubts: Doubts = ()
    key: str = field(default="", compare=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """What an editor should know about a line, or about `line` to `last`; line 0 is the whole file.

    `quote` is the line, shortened. `lost` says that words could not be used.
    """

    line: int
    message: str
    lost: bool = True
    quote: str = ""
    last: int = 0

    @property
    def place(self) -> str:
        if not self.line:
            return ""
        if self.last > self.line:
            return f"Lines {self.line} to {self.last}"
        return f"Line {self.line}"

    def names(self, line: int) -> bool:
        """Whether this says something about a line of the file."""
        return self.line <= line <= max(self.line, self.last)

    def __str__(self) -> str:
        quote = f", “{self.quote}”" if self.quote else ""
        return f"{self.place}{quote}: {self.message}" if self.line else self.message


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """A file as read: its cues in time order, and every line that was wrong or was mended."""

    cues: tuple[SpokenCue, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.lost)

    @property
    def notes(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if not problem.lost)


class Spoken(Protocol):
    """Anything with times, a speaker and words: a cue of a file or of the database."""

    @property
    def start_ms(self) -> int: ...
    @property
    def end_ms(self) -> int: ...
    @property
    def speaker(self) -> str: ...
    @property
    def text(self) -> str: ...


class Kept(Spoken, Protocol):
    """A cue with all that a revision keeps of it."""

    @property
    def doubts(self) -> Any: ...
    @property
    def key(self) -> str: ...


def to_rows(cues: Iterable[Kept]) -> list[list[Any]]:
    """Cues as plain lists, the form in which revisions keep them (and JSON can)."""
    return [
        [c.start_ms, c.end_ms, c.speaker, c.text, [list(d) for d in c.doubts], c.key] for c in cues
    ]


def from_rows(rows: Iterable[list[Any]]) -> tuple[SpokenCue, ...]:
    return tuple(
        SpokenCue(
            start_ms=start,
            end_ms=end,
            speaker=speaker,
            text=text,
            doubts=tuple((first, last) for first, last in doubts),
            key=key[0] if key else "",
        )
        for start, end, speaker, text, doubts, *key in rows
    )


def spoken(cues: Iterable[Kept]) -> tuple[SpokenCue, ...]:
    """Cues of the database as plain values."""
    return from_rows(to_rows(cues))
