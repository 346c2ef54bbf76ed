"""Words of a text, as the index and the question both see them. Pure.

Engines are handed nothing but these words parted by spaces: lower case, without accents and
apostrophes, in one spelling. So no engine has a syntax to fall over, and all see the same words.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

from search.spelling import british

WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
LONGEST = 64  # PostgreSQL refuses words of 2 kB; nobody means one of more than this
_STOP_WORDS = (
    "a an and are as at be been but by can could did do does for from had has have he her him his"
    " how i if in into is it its me my no nor not of on or our out she so some such than that the"
    " their them then there these they this those to too us was we were what when where which who"
    " why will with would you your im ive its thats youre dont"
)
STOP_WORDS = frozenset(_STOP_WORDS.split())
# What printed documents join or hide inside a word.
PRINT = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "\u00ad": "", "\x00": ""}
_PRINT = str.maketrans(PRINT)


class Word(NamedTuple):
    """A word where it stands in a text."""

    start: int
    end: int
    form: str


def words(text: str) -> list[str]:
    return [word.form for word in spans(text)]


def spans(text: str) -> Iterator[Word]:
    for found in WORD.finditer(fold(text)):
        yield Word(found.start(), found.end(), form(found[0]))


@lru_cache(maxsize=50_000)
def form(folded: str) -> str:
    """The form of one folded word: no possessive, no apostrophe, British."""
    plain = folded.replace("\u2019", "'")
    plain = plain.removesuffix("'s") or plain
    return british(plain.replace("'", "")[:LONGEST])


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Porter's stem, as all three engines cut it; for marking hits and telling words apart."""
    return _porter().stemWord(word) if word.isascii() and len(word) > 2 else word


@lru_cache(maxsize=1)
def _porter() -> "snowballstemmer.stemmer":
    return snowballstemmer.stemmer("porter")


def fold(text: str) -> str:
    """Lower case without accents, exactly as long as `text`: what is found keeps its place."""
    if text.isascii():
        return text.lower()
    return "".join(map(_fold_one, text))


@lru_cache(maxsize=5_000)
def _fold_one(character: str) -> str:
    plain = unicodedata.normalize("NFKD", character)
    for part in plain.casefold():
        if part.isalnum():
            return part
    return character


def composed(text: str) -> str:
    """Text as it is kept: accents joined to their letters, nothing that a database refuses."""
    kept = unicodedata.normalize("NFC", text.translate(_PRINT))
    return kept.encode("utf-8", "ignore").decode()
