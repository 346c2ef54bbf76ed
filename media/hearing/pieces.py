"""Words made fit for cutting: no spaces inside, times in order, doubts marked. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from media.hearing.words import Word

# Of a small model's mistakes a quarter lie below this, and two words of a hundred.
UNSURE = 0.6
SILENT = re.compile(r"^\W+|\W+$")


@dataclass(frozen=True, slots=True)
class Piece:
    """One word as it will stand in a line; times in milliseconds."""

    text: str
    start: int
    end: int
    is_doubtful: bool = False


def to_pieces(words: Sequence[Word], mishearings: Sequence[str] = ()) -> list[Piece]:
    """Doubtful is what the machine was not sure of, and what stands in `mishearings`."""
    spoken = [(word, text) for word in words for text in word.text.split()]
    wrong = places_of([text for _, text in spoken], mishearings)
    starts = list(in_order(word.start for word, _ in spoken))
    pieces = []
    for at, (word, text) in enumerate(spoken):
        start = starts[at]
        end = max(start, round(word.end * 1000))
        if at + 1 < len(starts):
            end = min(end, starts[at + 1])
        is_doubtful = word.probability < UNSURE or at in wrong
        pieces.append(Piece(text, start, end, is_doubtful))
    return pieces


def in_order(seconds: Iterable[float]) -> Iterator[int]:
    """Milliseconds that never go back."""
    last = 0
    for each in seconds:
        last = max(last, round(each * 1000))
        yield last


def places_of(texts: Sequence[str], phrases: Sequence[str]) -> set[int]:
    """The numbers of the words that make up one of the phrases, whatever stops stand between."""
    heard = [plain(text) for text in texts]
    found: set[int] = set()
    for phrase in {tuple(map(plain, phrase.split())) for phrase in phrases}:
        for first in range(len(heard) - len(phrase) + 1):
            if phrase and tuple(heard[first : first + len(phrase)]) == phrase:
                found.update(range(first, first + len(phrase)))
    return found


def plain(text: str) -> str:
    return SILENT.sub("", text).casefold()
