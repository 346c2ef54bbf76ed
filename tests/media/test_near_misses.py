"""How words are compared with the terms of the glossary; what is found: test_editor_history.py."""

import random

import pytest

from media.editor.nearmisses import MOST_KEPT, distance, glossary


def in_full(one: str, other: str) -> int:
    """The distance of two words by the book, every letter with every letter."""
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, start=1):
        before, row = row, [number]
        for at, wanted in enumerate(other, start=1):
            cost = before[at - 1] + (letter != wanted)
            row.append(min(cost, before[at] + 1, row[at - 1] + 1))
    return row[-1]


@pytest.mark.parametrize("most", [0, 1, 2])
def test_the_distance_of_words_is_counted_in_letters_as_far_as_is_asked(most: int) -> None:
    chance = random.Random(most)
    for _ in range(3_000):
        one, other = ("".join(chance.choices("abc", k=chance.randrange(7))) for _ in range(2))
        assert distance(one, other, most) == min(in_full(one, other), most + 1), (one, other)


def test_what_begins_and_ends_unlike_every_term_is_not_compared_with_any() -> None:
    known = glossary((("metacognition", ()), ("pupil premium", ())))
    assert known.misses("the children walk to their classrooms, slowly and in silence") == ()
    assert known.known == {}


def test_a_line_is_looked_through_once() -> None:
    known = glossary((("metacognition", ()),))
    assert known.misses("of metacogniton") is known.misses("of metacogniton")


def test_what_is_kept_of_lines_does_not_grow_for_ever() -> None:
    known = glossary((("phonics", ()),))
    for number in range(MOST_KEPT + 10):
        known.misses(f"phonic{number}")
    assert len(known.told) <= MOST_KEPT
    assert len(known.known) <= MOST_KEPT
