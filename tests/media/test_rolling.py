"""Captions that roll up say every word once, whatever the window; others are left alone."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.cues import Reading
from media.reading import read_text
from tests.media.malformed import stamp

HOLD = 10


def cue(start: int, end: int, body: str, point: str = ".") -> str:
    return f"{stamp(start, point)} --> {stamp(end, point)} align:start position:0%\n{body}"


def youtube(lines: list[str]) -> str:
    """As YouTube writes its automatic captions: a window of two lines, times for every word, and
    each finished line held alone for a hundredth of a second."""
    blocks, at, before = [], 1000, " "
    for line in lines:
        first, *others = line.split(" ")
        timed = "".join(f"<{stamp(at + 100 * n)}><c> {w}</c>" for n, w in enumerate(others, 1))
        blocks.append(cue(at, at + 2000, f"{before}\n{first}{timed}"))
        blocks.append(cue(at + 2000, at + 2000 + HOLD, f"{line}\n "))
        at, before = at + 2000 + HOLD, line
    return "WEBVTT\nKind: captions\nLanguage: en\n\n" + "\n\n".join(blocks) + "\n\n"


def window(lines: list[str], height: int) -> str:
    """A window of some lines, as a recorder of television writes it, in SubRip."""
    blocks = []
    for at in range(len(lines)):
        seen = lines[max(0, at + 1 - height) : at + 1]
        times = f"{stamp(2000 * at, ',')} --> {stamp(2000 * at + 2000, ',')}"
        blocks.append(f"{at + 1}\n{times}\n" + "\n".join(seen))
    return "\n\n".join(blocks)


def said(reading: Reading) -> list[str]:
    return " ".join(cue.text for cue in reading.cues).split()


def test_the_file_of_youtube_is_read_as_a_person_would() -> None:
    reading = read_text(youtube(["hello and welcome", "to the show", "today we", "talk"]))
    assert [cue.text for cue in reading.cues] == [
        "hello and welcome",
        "to the show",
        "today we",
        "talk",
    ]
    assert reading.cues[1].start_ms == 3010
    assert reading.errors == ()
    (note,) = reading.notes
    assert "7 repeats were taken out" in note.message


WORDS = st.sampled_from(["yes", "no", "we", "teach", "routines"])
LINES = st.lists(st.lists(WORDS, min_size=1, max_size=4).map(" ".join), min_size=3, max_size=30)


@given(LINES)
def test_no_word_of_youtube_is_lost_and_none_is_there_twice(lines: list[str]) -> None:
    assert said(read_text(youtube(lines))) == " ".join(lines).split()


@given(LINES.filter(lambda lines: len(lines) > 4))
def test_a_window_of_two_lines_says_every_word_once(lines: list[str]) -> None:
    assert said(read_text(window(lines, 2))) == " ".join(lines).split()


@pytest.mark.parametrize("seed", range(20))
def test_a_window_of_three_lines_says_every_word_once(seed: int) -> None:
    numbers = random.Random(seed).sample(range(1000), 12)
    lines = [f"line {number}" for number in numbers]
    assert said(read_text(window(lines, 3))) == " ".join(lines).split()


@given(LINES)
def test_what_does_not_roll_keeps_every_repeat(lines: list[str]) -> None:
    reading = read_text(window(lines, 1))
    assert said(reading) == " ".join(lines).split()
    assert len(reading.cues) == len(lines)


@pytest.mark.parametrize(
    "words",
    [
        ["Yes.", "Yes.", "Yes.", "Yes."],
        ["Yes.\nNo.", "No.\nMaybe."],
        ["We teach.\nWe read.", "We write.", "We write.\nWe read.", "We sing.", "We teach."],
    ],
)
def test_people_may_repeat_themselves(words: list[str]) -> None:
    blocks = [
        f"{stamp(2000 * at)} --> {stamp(2000 * at + 2000)}\n{text}" for at, text in enumerate(words)
    ]
    reading = read_text("WEBVTT\n\n" + "\n\n".join(blocks))
    assert [cue.text for cue in reading.cues] == words
    assert reading.notes == ()
