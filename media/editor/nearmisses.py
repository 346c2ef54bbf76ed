"""Words that look like a term of the trust's glossary, but are not written like it. Pure.

A term is found by what machines are known to make of it, and by words of which at most one letter
(two in long terms) is different. Only terms that begin or end alike are compared letter by letter.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
SHORTEST, LONG = 5, 9
MOST_WORDS = 6
ALIKE = 2  # letters at either end

Place = tuple[str, int, int]  # the word, its first letter, one past its last


@dataclass(frozen=True, slots=True)
class Miss:
    """From the first letter to one past the last, and what the glossary says instead."""

    first: int
    last: int
    term: str


@dataclass
class Glossary:
    heard: dict[str, str] = field(default_factory=dict)
    right: dict[str, list[str]] = field(default_factory=dict)
    ends: dict[tuple[str, int], list[str]] = field(default_factory=dict)
    counts: set[int] = field(default_factory=set)
    known: dict[str, str] = field(default_factory=dict)

    def add(self, term: str, heard_as: Iterable[str]) -> None:
        for words in heard_as:
            self.heard[plain(words)] = term
            self.counts.add(len(WORD.findall(words)))
        key = plain(term)
        self.right.setdefault(key, []).append(term)
        count = len(WORD.findall(term))
        self.counts.add(count)
        if len(key) >= SHORTEST:
            for end in ends(key, count):
                self.ends.setdefault(end, []).append(key)

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
        terms = {term for end in ends(key, count) for term in self.ends.get(end, ())}
        near = [(letters, term) for term in terms if (letters := apart(key, term))]
        return self.right[min(near)[1]][0] if near else ""

    def misses(self, text: str) -> list[Miss]:
        """All places of a text, the longest first where several begin alike; none over another."""
        words = [(plain(match[0]), *match.span()) for match in WORD.finditer(text)]
        counts = sorted((each for each in self.counts if 0 < each <= MOST_WORDS), reverse=True)
        found: list[Miss] = []
        at = 0
        while at < len(words):
            miss, step = self.miss_at(text, words[at : at + MOST_WORDS], counts)
            found += [miss] if miss else []
            at += step
        return found

    def miss_at(self, text: str, words: list[Place], counts: list[int]) -> tuple[Miss | None, int]:
        """What is at the first of these words, and how many words that takes."""
        for count in counts:
            if count > len(words):
                continue
            key = " ".join(word for word, _, _ in words[:count])
            first, last = words[0][1], words[count - 1][2]
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


def apart(key: str, term: str) -> int:
    """By how many letters words miss a term; 0 if they are another form of it, or far from it.

    Endings make forms: “plans”, “planning”.
    """
    most = 2 if len(term) >= LONG else 1
    if abs(len(key) - len(term)) > most or len(set(key) ^ set(term)) > 2 * most:
        return 0
    if key.startswith(term) or term.startswith(key):
        return 0
    letters = distance(key, term)
    return letters if letters <= most else 0


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
