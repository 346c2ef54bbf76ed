"""What a reader asks, as words. Pure.

Words and “quoted phrases” are all the syntax there is: no character has a meaning to an engine,
so any input is a question or no question, never an error.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from search.words import STOP_WORDS, composed, stem, words

MOST_WORDS = 32
MOST_CHARACTERS = 1_000
SENTENCE = 8  # words from which a question is taken for something that was said
SHINGLE = 3
QUOTED = re.compile(r"[\"“”]([^\"“”]*)[\"“”]")

Words = tuple[str, ...]  # words that follow one another


@dataclass(frozen=True, slots=True)
class Term:
    """One thing asked for: any of its alternatives will do, the first of which was typed."""

    alternatives: tuple[Words, ...]

    @property
    def typed(self) -> str:
        return " ".join(self.alternatives[0])

    @property
    def word(self) -> str | None:
        """The one word it is, if it is one."""
        first = self.alternatives[0]
        return first[0] if len(first) == 1 else None


@dataclass(frozen=True, slots=True)
class Query:
    """`words` is everything typed in order; `terms` what counts of it. `exact`: some of it is
    quoted, and all of it is meant. `cut`: some was left out."""

    terms: tuple[Term, ...] = ()
    words: Words = ()
    exact: bool = False
    cut: bool = False

    def __bool__(self) -> bool:
        return bool(self.terms)

    @property
    def text(self) -> str:
        return " ".join(self.words)

    @property
    def most(self) -> int:
        """How many of the terms a place must say. Of a natural phrase one in four may be missing,
        one of three at least: nobody says it word for word.

        >>> [Query(terms=(Term((("a",),)),) * count).most for count in (1, 2, 3, 4, 8, 12)]
        [1, 2, 2, 3, 6, 9]
        """
        count = len(self.terms)
        return count if self.exact or count < 3 else count - max(1, count // 4)

    @property
    def is_sentence(self) -> bool:
        return len(self.words) >= SENTENCE

    @property
    def echoes(self) -> tuple[Words, ...]:
        """Runs of words as typed: rows that say them as they stand come first."""
        if len(self.words) < 2:
            return ()
        if not self.is_sentence:
            return (self.words,)
        shingles = zip(*(self.words[start:] for start in range(SHINGLE)), strict=False)
        return (self.words, *dict.fromkeys(shingles))


def parse(text: str) -> Query:
    """Read a question. Words that carry nothing are dropped unless there are no others."""
    kept = composed(text[:MOST_CHARACTERS])
    terms: list[Term] = []
    everything: list[str] = []
    exact = False
    for index, part in enumerate(QUOTED.split(kept)):
        found = words(part)
        everything += found
        quoted = index % 2 == 1 and bool(found)
        exact = exact or quoted
        terms += [Term((tuple(found),))] if quoted else [Term(((word,),)) for word in found]
    telling = [term for term in terms if term.word not in STOP_WORDS] or terms
    unique = list(dict.fromkeys(telling))
    return Query(
        terms=tuple(unique[:MOST_WORDS]),
        words=tuple(everything[:MOST_WORDS]),
        exact=exact,
        cut=len(text) > MOST_CHARACTERS or len(everything) > MOST_WORDS,
    )


def expand(query: Query, groups: Iterable[Sequence[str]]) -> Query:
    """Give each term the other words of its synonym group; a group's name may be several words."""
    known = {stems(words(name)): group for group in groups for name in group if words(name)}
    longest = max(map(len, known), default=0)
    terms: list[Term] = []
    rest = list(query.terms)
    while rest:
        taken, group = _longest_name(rest, known, longest)
        typed = tuple(word for term in rest[:taken] for word in term.alternatives[0])
        others = (tuple(words(name)) for name in group)
        distinct: dict[Words, Words] = {}
        for each in (typed, *filter(None, others)):
            distinct.setdefault(stems(each), each)
        terms.append(Term(tuple(distinct.values())) if group else rest[0])
        rest = rest[taken:]
    return replace(query, terms=tuple(terms))


def _longest_name(
    rest: Sequence[Term], known: dict[Words, Sequence[str]], longest: int
) -> tuple[int, Sequence[str]]:
    for count in range(min(longest, len(rest)), 0, -1):
        typed = [word for term in rest[:count] for word in term.alternatives[0]]
        if group := known.get(stems(typed)):
            return count, group
    return 1, ()


def with_alternatives(query: Query, found: dict[str, Sequence[str]]) -> Query:
    """Let other words stand in for some; the first of them takes the typed word's place."""
    terms = tuple(
        Term(tuple((each,) for each in found[term.word])) if term.word in found else term
        for term in query.terms
    )
    said = tuple(found[word][0] if word in found else word for word in query.words)
    return replace(query, terms=terms, words=said)


def stems(sequence: Iterable[str]) -> Words:
    return tuple(map(stem, sequence))


def pairs(query: Query) -> frozenset[tuple[str, str]]:
    """Neighbours in the question, by stem."""
    return frozenset(pairwise(stems(query.words)))
