"""Words that look like a term of the trust's glossary, but are not written like it. Pure.

A term is found by what machines are known to make of it, and by words of which at most one letter
(two in long terms) is different. Every spelling that lies so near is listed once, so a text costs
the same however long the glossary is.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
SHORTEST, LONG = 5, 9
MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Miss:
    """From the first letter to one past the last, and what the glossary says instead."""

    first: int
    last: int
    term: str


@dataclass
class Glossary:
    heard: dict[str, str] = field(default_factory=dict)
    nearby: dict[str, list[str]] = field(default_factory=dict)
    right: dict[str, list[str]] = field(default_factory=dict)
    lengths: set[int] = field(default_factory=set)

    def add(self, term: str, heard_as: Iterable[str]) -> None:
        for words in heard_as:
            self.heard[plain(words)] = term
            self.lengths.add(len(WORD.findall(words)))
        key = plain(term)
        self.right.setdefault(key, []).append(term)
        self.lengths.add(len(WORD.findall(term)))
        if len(key) >= SHORTEST:
            for spelling in shortened(key, allowance(key)):
                self.nearby.setdefault(spelling, []).append(key)

    def suggestion(self, said: str) -> str:
        """The term that these words should be; empty if they are well as they are."""
        key = plain(said)
        if key in self.right:
            return "" if any(is_written(said, term) for term in self.right[key]) else self.best(key)
        if key in self.heard:
            return self.heard[key]
        return self.near(key)

    def near(self, key: str) -> str:
        if len(key) < SHORTEST:
            return ""
        found: set[str] = set()
        for spelling in shortened(key, allowance(key)):
            found.update(self.nearby.get(spelling, ()))
        near = sorted((distance(key, term), term) for term in found if not is_form_of(key, term))
        return self.best(near[0][1]) if near and near[0][0] <= allowance(near[0][1]) else ""

    def best(self, key: str) -> str:
        return self.right[key][0]

    def misses(self, text: str) -> list[Miss]:
        """All places of a text, the longest first where several begin alike; none over another."""
        words = [match.span() for match in WORD.finditer(text)]
        found: list[Miss] = []
        at = 0
        while at < len(words):
            miss, step = self.miss_at(text, words, at)
            found += [miss] if miss else []
            at += step
        return found

    def miss_at(self, text: str, words: list[tuple[int, int]], at: int) -> tuple[Miss | None, int]:
        for count in sorted(self.lengths, reverse=True):
            if not 0 < count <= MOST_WORDS or at + count > len(words):
                continue
            first, last = words[at][0], words[at + count - 1][1]
            said = text[first:last]
            if any(is_written(said, term) for term in self.right.get(plain(said), ())):
                return None, count
            term = self.suggestion(said)
            if term:
                return Miss(first, last, term), count
        return None, 1


def plain(words: str) -> str:
    return " ".join(WORD.findall(words.replace("’", "'").casefold()))


def is_written(said: str, term: str) -> bool:
    """Whether words stand as the term does; a sentence may begin with a capital letter."""
    said = " ".join(said.replace("’", "'").split())
    term = term.replace("’", "'")
    return said == term or said == term[:1].upper() + term[1:]


def is_form_of(key: str, term: str) -> bool:
    """Endings make another form of the same word: “plans”, “plan's”, “planning”."""
    return key.startswith(term) or term.startswith(key)


def allowance(key: str) -> int:
    return 2 if len(key) >= LONG else 1


def shortened(key: str, letters: int) -> set[str]:
    """The word, and what is left of it without up to so many letters."""
    found = {key}
    edge = {key}
    for _ in range(letters):
        edge = {each[:at] + each[at + 1 :] for each in edge for at in range(len(each))}
        found |= edge
    return found


def distance(one: str, other: str) -> int:
    """How many letters have to be changed, added or left out (Levenshtein)."""
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, start=1):
        before, row = row, [number]
        for at, wanted in enumerate(other, start=1):
            cost = before[at - 1] + (letter != wanted)
            row.append(min(cost, before[at] + 1, row[at - 1] + 1))
    return row[-1]


def glossary(terms: Iterable[tuple[str, Iterable[str]]]) -> Glossary:
    made = Glossary()
    for term, heard_as in terms:
        made.add(term, heard_as)
    return made


def marks(glossary: Glossary, texts: Iterable[str]) -> Iterator[list[Miss]]:
    """For every text its places."""
    return (glossary.misses(text) for text in texts)
