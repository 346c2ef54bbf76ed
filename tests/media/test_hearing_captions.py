"""Captions from heard words: none is lost, and the limits of readable captions hold."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from media.cues import SpokenCue
from media.hearing.captions import LETTERS_A_SECOND, LONGEST_MS, SHORTEST_MS, to_cues
from media.hearing.lines import LINE, LINES
from media.hearing.pieces import UNSURE
from media.hearing.words import Heard, Word, from_rows, to_rows

TEXT = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=45)
SENTENCES = st.sampled_from(["the", "talk.", "routine,", "is", "school", "a", "why?", "of"])
SECONDS = st.floats(0, 400, allow_nan=False)
WORD = st.builds(Word, SECONDS, SECONDS, TEXT | SENTENCES, st.floats(0, 1))


def spoken(text: str, *, pace: float = 0.3, pauses: dict[str, float] | None = None) -> list[Word]:
    """Words one after the other, with a pause after those that are named."""
    words, now = [], 0.0
    for each in text.split():
        words.append(Word(now, now + pace, f" {each}"))
        now += pace + (pauses or {}).get(each, 0.0)
    return words


def texts(cues: tuple[SpokenCue, ...]) -> list[str]:
    return [cue.text for cue in cues]


@given(st.lists(WORD, max_size=60))
def test_every_word_is_kept_in_the_order_heard(words: list[Word]) -> None:
    said = " ".join(word.text for word in words).split()
    assert " ".join(texts(to_cues(words))).split() == said


@given(st.lists(WORD, max_size=60))
@example([Word(0, 0, "at once")] * 30)
@example([Word(5, 400, "long"), Word(1, 2, "back")])
def test_the_limits_hold_whatever_the_machine_says(words: list[Word]) -> None:
    cues = to_cues(words)
    for cue in cues:
        lines = cue.text.split("\n")
        assert len(lines) <= LINES
        assert all(len(line) <= LINE or " " not in line for line in lines)
        assert 0 < cue.end_ms - cue.start_ms <= LONGEST_MS
    assert all(one.end_ms <= other.start_ms for one, other in pairwise(cues))


@given(st.lists(WORD, min_size=1, max_size=60))
def test_a_cue_stays_as_long_as_it_takes_to_read_unless_the_next_one_comes(
    words: list[Word],
) -> None:
    cues = to_cues(words)
    for at, cue in enumerate(cues):
        needed = max(SHORTEST_MS, len(cue.text) * 1000 / LETTERS_A_SECOND)
        short = cue.end_ms - cue.start_ms < needed
        is_last = at + 1 == len(cues)
        starts = cue.start_ms if is_last else cues[at + 1].start_ms
        assert not short or (not is_last and starts == cue.end_ms) or needed > LONGEST_MS


@given(
    st.lists(st.builds(Word, SECONDS, SECONDS, st.sampled_from(["sure", "no"]), st.floats(0, 1)))
)
def test_just_the_words_that_the_machine_was_unsure_of_are_doubts(words: list[Word]) -> None:
    marked = [
        word
        for cue in to_cues(words)
        for first, last in cue.doubts
        for word in cue.text[first:last].split()
    ]
    assert marked == [word.text for word in words if word.probability < UNSURE]


def test_cues_end_where_sentences_do() -> None:
    words = spoken(
        "I would like to argue the opposite. A routine is the part of the day that lasts."
    )
    assert texts(to_cues(words)) == [
        "I would like to argue the opposite.",
        "A routine is the part\nof the day that lasts.",
    ]


def test_a_long_sentence_ends_at_a_comma_and_not_on_a_small_word() -> None:
    words = spoken(
        "If a child knows exactly what happens at the door, they do not spend five minutes on it."
    )
    assert texts(to_cues(words)) == [
        "If a child knows exactly\nwhat happens at the door,",
        "they do not spend five minutes on it.",
    ]


def test_words_after_a_long_pause_do_not_come_early() -> None:
    words = spoken("And then nothing came", pauses={"then": 4.0})
    cues = to_cues(words)
    assert texts(cues) == ["And then", "nothing came"]
    assert cues[1].start_ms == 4600


def test_without_stops_breaths_part_the_words() -> None:
    words = spoken(
        "we looked at everything near that one old door nobody came to see any of us today at all",
        pauses={"door": 0.6},
    )
    assert texts(to_cues(words))[0].replace("\n", " ").endswith("door")


def test_fast_speech_is_given_the_pause_that_follows() -> None:
    words = spoken("Extraordinarily straightforward arrangements.", pace=0.2)
    (cue,) = to_cues(words)
    assert len(cue.text) / ((cue.end_ms - cue.start_ms) / 1000) <= LETTERS_A_SECOND


def test_what_the_glossary_says_is_misheard_is_doubted_and_left_as_heard() -> None:
    words = spoken("Spend the People, premium on books.")
    (cue,) = to_cues(words, mishearings=["people premium", ""])
    assert cue.text.replace("\n", " ") == "Spend the People, premium on books."
    assert [cue.text[first:last] for first, last in cue.doubts] == ["People, premium"]


def test_nothing_heard_makes_no_cue() -> None:
    assert to_cues([]) == ()
    assert to_cues([Word(0, 1, "  ")]) == ()


def test_words_survive_as_rows() -> None:
    words = (Word(0.5, 1.25, " Now", 0.75), Word(1.5, 2.0, " then"))
    assert from_rows(to_rows(words)) == words


@pytest.mark.parametrize(
    ("seconds", "said", "short"), [(60, 61, False), (60, 90, True), (9, 0, False)]
)
def test_a_file_that_ends_early_is_noticed(seconds: float, said: float, short: bool) -> None:
    assert Heard(words=(), seconds=seconds, said=said).is_cut_short is short
