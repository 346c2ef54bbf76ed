"""Words that look like a term of the trust's glossary, but are not written like it. Pure.

A term is found by what machines are known to make of it, and by words of which at most one letter
(two in long terms) is different. Only what begins or ends like a term is compared with it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
SHORTEST, LONG = 5, 9
MOST_WORDS = 6
ALIKE = 2  # letters at either end
MOST_KEPT = 20_000  # lines, of a dozen long talks

Place = tuple[str, int, int]  # the word, its first letter, one past its last


@dataclass(frozen=True, slots=True)
class Miss:
    """From the first letter to one past the last, and what the glossary says instead."""

    first: int
    last: int
    term: str


class Term(NamedTuple):
    """How terms are compared: by how many letters words may miss it, and which letters it has."""

    key: str
    length: int
    most: int
    letters: int


@dataclass
class Glossary:
    """`begin` and `end` hold the letters with which terms of so many words begin and end: what
    does neither like any of them needs no second look, and that is nearly everything."""

    heard: dict[str, str] = field(default_factory=dict)
    right: dict[str, list[str]] = field(default_factory=dict)
    ends: dict[tuple[str, int], list[Term]] = field(default_factory=dict)
    begin: dict[int, set[str]] = field(default_factory=dict)
    end: dict[int, set[str]] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)
    told: dict[str, tuple[Miss, ...]] = field(default_factory=dict)

    def add(self, term: str, heard_as: Iterable[str]) -> None:
        for words in heard_as:
            self.heard[self.look_for(words)] = term
        key = self.look_for(term)
        self.right.setdefault(key, []).append(term)
        if len(key) >= SHORTEST:
            most = 2 if len(key) >= LONG else 1
            for end in ends(key, len(key.split())):
                self.ends.setdefault(end, []).append(Term(key, len(key), most, odd_letters(key)))

    def look_for(self, words: str) -> str:
        key = plain(words)
        if parts := key.split():
            self.begin.setdefault(len(parts), set()).add(parts[0][:ALIKE])
            self.end.setdefault(len(parts), set()).add(parts[-1][-ALIKE:])
        return key

    def suggestion(self, key: str, count: int) -> str:
        """The term that these words should be; empty if there is none."""
        found = self.known.get(key)
        if found is None:
            found = self.heard.get(key) or self.near(key, count)
            self.known[key] = found
        return found

    def near(self, key: str, count: int) -> str:
        if len(key) < SHORTEST:
            return ""
        letters, length = odd_letters(key), len(key)
        near = [
            (misses, term.key)
            for end in ends(key, count)
            for term in self.ends.get(end, ())
            if (letters ^ term.letters).bit_count() <= 2 * term.most
            if abs(length - term.length) <= term.most
            if (misses := apart(key, term))
        ]
        return self.right[min(near)[1]][0] if near else ""

    def misses(self, text: str) -> tuple[Miss, ...]:
        """All places of a text; found once, for a talk is opened and saved many times."""
        if text not in self.told:
            if len(self.told) >= MOST_KEPT:
                self.told.clear()
                self.known.clear()
            self.told[text] = tuple(self.look_through(text))
        return self.told[text]

    def look_through(self, text: str) -> list[Miss]:
        """The longest first where several begin alike; none over another."""
        words = [(plain(match[0]), *match.span()) for match in WORD.finditer(text)]
        counts = sorted((each for each in self.begin if each <= MOST_WORDS), reverse=True)
        found: list[Miss] = []
        at = 0
        while at < len(words):
            miss, step = self.miss_at(text, words[at : at + MOST_WORDS], counts)
            found += [miss] if miss else []
            at += step
        return found

    def miss_at(self, text: str, words: list[Place], counts: list[int]) -> tuple[Miss | None, int]:
        """What is at the first of these words, and how many words that takes."""
        first, begins = words[0][1], words[0][0][:ALIKE]
        for count in counts:
            if count > len(words):
                continue
            ending, _, last = words[count - 1]
            if begins not in self.begin[count] and ending[-ALIKE:] not in self.end[count]:
                continue
            key = " ".join(word for word, _, _ in words[:count])
            if key in self.right:
                terms = self.right[key]
                is_right = any(is_written(text[first:last], term) for term in terms)
                return (None if is_right else Miss(first, last, terms[0])), count
            term = self.suggestion(key, count)
            if term:
                return Miss(first, last, term), count
        return None, 1


def plain(words: str) -> str:
    return " ".join(WORD.findall(words.replace("’", "'").casefold()))


def ends(key: str, count: int) -> tuple[tuple[str, int], tuple[str, int]]:
    return (f"{key[:ALIKE]}…", count), (f"…{key[-ALIKE:]}", count)


def is_written(said: str, term: str) -> bool:
    """Whether words stand as the term does; a sentence may begin with a capital letter."""
    said = " ".join(said.replace("’", "'").split())
    term = term.replace("’", "'")
    return said == term or said == term[:1].upper() + term[1:]


def odd_letters(key: str) -> int:
    """A bit for every letter that stands there an odd number of times.

    A letter more, less or changed touches two bits at most; most pairs of words differ in more.
    """
    bits = 0
    for letter in key:
        bits ^= 1 << (ord(letter) & 63)
    return bits


def apart(key: str, term: Term) -> int:
    """By how many letters words miss a term; 0 if they are another form of it, or far from it.

    Endings make forms: “plans”, “planning”.
    """
    if key.startswith(term.key) or term.key.startswith(key):
        return 0
    letters = distance(key, term.key, term.most)
    return letters if letters <= term.most else 0


def distance(one: str, other: str, most: int) -> int:
    """How many letters have to be changed, added or left out; `most` + 1 if more than `most`.

    Only at the first letter that differs is there anything to try (Levenshtein, cut short).
    """
    if one == other:
        return 0
    if not most or abs(len(one) - len(other)) > most:
        return most + 1
    at = next((at for at, pair in enumerate(zip(one, other, strict=False)) if len({*pair}) > 1), -1)
    at = min(len(one), len(other)) if at < 0 else at
    ways = ((at + 1, at + 1), (at + 1, at), (at, at + 1))  # changed, too much, left out
    return 1 + min(distance(one[this:], other[that:], most - 1) for this, that in ways)


@lru_cache(maxsize=2)
def glossary(terms: tuple[tuple[str, tuple[str, ...]], ...]) -> Glossary:
    """Of these very terms: when one is changed, nothing is kept of what was found before."""
    made = Glossary()
    for term, heard_as in terms:
        made.add(term, heard_as)
    return made
