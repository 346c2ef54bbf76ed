"""Whatever a file looks like: no word and no arrow goes without a trace."""

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from media import writers
from media.cues import Reading
from media.reading import Refused, read_text, read_transcript, same_words, text_of
from media.reading.lines import shown
from tests.media.malformed import WORD, Sample, samples

ALL = list(samples())


def lines_of(text: str) -> list[tuple[int, str]]:
    return list(enumerate(text.split("\n"), start=1))


def is_named(number: int, reading: Reading) -> bool:
    return any(problem.names(number) for problem in reading.problems)


def missing_words(text: str, reading: Reading) -> Counter[str]:
    """Words of lines that no problem names, and which no cue says."""
    there = Counter(
        word
        for number, line in lines_of(text)
        if not is_named(number, reading)
        for word in WORD.findall(shown(line))
    )
    said = Counter(
        word for cue in reading.cues for word in WORD.findall(f"{cue.speaker} {cue.text}")
    )
    return there - said


def missing_arrows(text: str, reading: Reading) -> list[int]:
    cues = {cue.line for cue in reading.cues}
    arrows = [number for number, line in lines_of(text) if "-->" in line]
    return [number for number in arrows if number not in cues and not is_named(number, reading)]


def reads_back_the_same(reading: Reading) -> bool:
    again = read_text(writers.webvtt(reading.cues))
    return len(again.cues) == len(reading.cues) and all(map(same_words, reading.cues, again.cues))


def test_there_are_some_hundred_files_of_many_families() -> None:
    assert len(ALL) >= 200
    assert len({sample.data for sample in ALL}) >= 200
    assert len({sample.family for sample in ALL}) >= 50


@pytest.mark.parametrize("sample", ALL, ids=str)
def test_no_word_and_no_arrow_goes_without_a_trace(sample: Sample) -> None:
    try:
        text = text_of(sample.data)
    except Refused:
        assert not WORD.search(sample.data.decode("latin-1"))
        return
    reading = read_text(text)
    assert missing_words(text, reading) == Counter()
    assert missing_arrows(text, reading) == []
    assert not reading.cues or reads_back_the_same(reading)


@pytest.mark.parametrize("sample", [one for one in ALL if one.whole], ids=str)
def test_what_can_be_understood_is_taken_whole(sample: Sample) -> None:
    text = text_of(sample.data)
    reading = read_text(text)
    assert reading.errors == ()
    said = [word for cue in reading.cues for word in WORD.findall(cue.text)]
    assert sorted(said) == sorted(WORD.findall(shown(text.replace("\n", " "))))


@pytest.mark.parametrize("sample", [one for one in ALL if not one.whole], ids=str)
def test_what_cannot_be_understood_says_where_and_how_to_mend_it(sample: Sample) -> None:
    reading = read_transcript(sample.data)
    assert reading.errors
    for problem in reading.errors:
        assert problem.message.endswith(".")
        assert problem.line == 0 or problem.quote


OFTEN = (
    """
 ||1|NOTE x|-->|WEBVTT|STYLE|00:01.000 --> 00:02.000|w001 --> w002|00:03.000 -> 00:04.000
<v Ann>w003|00:00:05 Ann: w004|w005	w006|w007 w008|Ann (00:01)|00:05.000 --> 00:04.000
00:06 --> 00:07 w009|00:00:08|[00:09] w010 w011|00:10	Ann	w012|NOTE w013|-w014 w015
""".strip("\n")
    .replace("\n", "|")
    .split("|")
)
PIECES = st.one_of(
    st.sampled_from(OFTEN),
    st.text(max_size=20),
    st.builds(
        "{:02}:{:02}:{:02},{} {} {:02}:{:02}".format,
        *(st.integers(0, 99) for _ in range(4)),
        st.sampled_from(["-->", "->", "→"]),
        *(st.integers(0, 99) for _ in range(2)),
    ),
)


@settings(max_examples=400)
@given(st.lists(PIECES, max_size=25))
def test_words_in_are_words_in_cues_or_in_named_problems(pieces: list[str]) -> None:
    text = re.sub(r"\r*\n|\r", "\n", "\n".join(pieces))
    reading = read_text(text)
    in_notes = note_words(text)
    assert missing_words(text, reading) - in_notes == Counter()
    assert missing_arrows(text, reading) == []
    assert not reading.cues or reads_back_the_same(reading)


def note_words(text: str) -> Counter[str]:
    """Words of notes and styles, which are no captions."""
    found: Counter[str] = Counter()
    for block in re.split(r"\n[^\S\n]*\n", text):
        if re.match(r"\s*(?:NOTE|STYLE|WEBVTT)", block):
            found.update(WORD.findall(block))
    return found


@settings(max_examples=200)
@given(st.binary(max_size=300))
def test_no_bytes_make_it_fail(data: bytes) -> None:
    reading = read_transcript(data)
    assert reading.cues or reading.problems


MANY = 60_000
TEDIOUS = {
    "carriage returns": "\r" * MANY,
    "spaces": " " * MANY + "x\n00:01.000 --> 00:02.000\nx",
    "open voices": "00:01.000 --> 00:02.000\n" + "<v " * MANY,
    "open tags": "00:01.000 --> 00:02.000\n" + "<c." * MANY,
    "open braces": "00:01.000 --> 00:02.000\n" + "{\\" * MANY,
    "ampersands": "00:01.000 --> 00:02.000\n" + "&" * MANY,
    "arrows": "1" + "-->" * MANY,
    "dashes": "00:01.000 " + "- " * MANY,
    "settings": "00:01.000 --> 00:02.000 " + "a:a" * MANY + " !",
    "paragraphs": "0:01 x\n" * MANY,
    "brackets": "(" * MANY + "\n0:01 x",
    "tabs": "\t" * MANY + "0:01",
    "names": "Ann " * MANY + "(0:01)\n0:02 x",
    "empty lines": "\n" * MANY + "00:01.000 --> 00:02.000\nx",
    "notes": "NOTE\n\n" * MANY + "00:01.000 --> 00:02.000\nx",
}


@pytest.mark.parametrize("text", TEDIOUS.values(), ids=TEDIOUS)
def test_a_tedious_file_is_read_to_its_end(text: str) -> None:
    """What would take the square of its length would take hours here."""
    reading = read_text(text)
    assert reading.cues or reading.problems
