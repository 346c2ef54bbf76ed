"""Opening the cue editor on a long talk under a long glossary."""

import re
from collections.abc import Iterator
from random import Random
from time import process_time

from media.editor.nearmisses import glossary
from tests.bench.frame import at_most, benchmark, ratio
from tests.bench.library import VOCABULARY

LINES, WORDS, TERMS = 1_500, 9, 200
Terms = tuple[tuple[str, tuple[str, ...]], ...]


@benchmark(at_most(150, "times the splitting of the lines into words"))
def near_misses() -> float:
    """All lines against all terms, made of the same few words: the worst that can be."""
    told, terms = lines(), terms_of_two_words()
    glossary_of = glossary.__wrapped__
    return ratio(
        lambda: [*map(glossary_of(terms).misses, told)], lambda: split(told), clock=process_time
    )


@benchmark(at_most(1, "times the splitting of the lines into words"))
def near_misses_again() -> float:
    """The second time that a talk is opened, and at every save."""
    told, terms = lines(), terms_of_two_words()
    return ratio(lambda: [*map(glossary(terms).misses, told)], lambda: split(told))


def lines() -> list[str]:
    chance = Random(1)
    return [" ".join(misspelt(chance, WORDS)) for _ in range(LINES)]


def terms_of_two_words() -> Terms:
    chance = Random(2)
    return tuple((" ".join(chance.choices(VOCABULARY, k=1 + at % 3)), ()) for at in range(TERMS))


def misspelt(chance: Random, count: int) -> Iterator[str]:
    for word in chance.choices(VOCABULARY, k=count):
        at = chance.randrange(len(word))
        yield word if chance.random() < 0.8 else word[:at] + word[at + 1 :]


def split(told: list[str]) -> list[list[str]]:
    return [re.findall(r"\w+", line.casefold()) for line in told]
