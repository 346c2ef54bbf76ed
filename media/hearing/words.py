"""What a machine hears: words with their times, in seconds. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Rows = Sequence[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Word:
    """`probability` says how sure the machine was to have heard this and nothing else."""

    start: float
    end: float
    text: str
    probability: float = 1.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Heard:
    """The words of a file. `said` is the length that the file itself states, 0 if it does not."""

    words: tuple[Word, ...]
    seconds: float = 0.0
    said: float = 0.0

    @property
    def is_cut_short(self) -> bool:
        """Whether a good part of the sound could not be read."""
        return self.said - self.seconds > max(5.0, self.said / 20)


def to_rows(words: Iterable[Word]) -> list[list[Any]]:
    return [[word.start, word.end, word.text, word.probability] for word in words]


def from_rows(rows: Rows) -> tuple[Word, ...]:
    return tuple(Word(start, end, text, sure) for start, end, text, sure in rows)
