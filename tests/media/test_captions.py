import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from media import writers
from media.cues import Reading, SpokenCue
from media.reading import read_transcript, same_words


def read_one(text: str) -> SpokenCue:
    reading = read_transcript(text)
    assert reading.errors == ()
    (cue,) = reading.cues
    return cue


def vtt(body: str) -> str:
    return f"WEBVTT\n\n{body}"


@pytest.mark.parametrize(
    ("times", "start", "end"),
    [
        ("00:00:01.000 --> 00:00:02.500", 1000, 2500),
        ("00:01.000 --> 00:02.500", 1000, 2500),
        ("0:01.000 --> 0:02.500", 1000, 2500),
        ("01:00:00.000 --> 01:00:01.000", 3_600_000, 3_601_000),
        ("00:00:01,000 --> 00:00:02,500", 1000, 2500),
        ("00:00:01.5 --> 00:00:02.25", 1500, 2250),
        ("00:00:01 --> 00:00:02", 1000, 2000),
        ("00:00:01.000-->00:00:02.500", 1000, 2500),
        ("  00:00:01.000   -->   00:00:02.500  ", 1000, 2500),
        ("00:00:01.000 --> 00:00:02.500 align:start position:10%", 1000, 2500),
        ("00:00:01.000\t-->\t00:00:02.500", 1000, 2500),
        ("99:59:58.000 --> 99:59:59.000", 359_998_000, 359_999_000),
    ],
)
@pytest.mark.parametrize("header", ["WEBVTT\n\n", "1\n"])
def test_times_are_read_however_they_are_written(
    header: str, times: str, start: int, end: int
) -> None:
    cue = read_one(f"{header}{times}\nHello")
    assert (cue.start_ms, cue.end_ms, cue.text) == (start, end, "Hello")


@pytest.mark.parametrize(
    ("words", "speaker", "text"),
    [
        ("<v Ann>Hello", "Ann", "Hello"),
        ("<v.loud Ann Lee>Hello</v>", "Ann Lee", "Hello"),
        ("<v Ann &amp; Bob>Hello", "Ann & Bob", "Hello"),
        ("Tea &amp; <b>cake</b> &lt;now&gt;", "", "Tea & cake <now>"),
        ("3 < 4 and 5 > 4", "", "3 < 4 and 5 > 4"),
        ("<c.yellow>One</c> <i>two</i> <00:00:01.500>three", "", "One two three"),
        ("{\\an8}Up here", "", "Up here"),
        ('<font color="red">Red</font>', "", "Red"),
        ("one\ntwo", "", "one\ntwo"),
        ("  spaced  \n out ", "", "spaced\nout"),
        ("a --> b", "", "a --> b"),
        ("£5 – “yes” 🎉", "", "£5 – “yes” 🎉"),
    ],
)
def test_words_lose_their_markup_and_keep_everything_else(
    words: str, speaker: str, text: str
) -> None:
    cue = read_one(vtt(f"00:01.000 --> 00:02.000\n{words}"))
    assert (cue.speaker, cue.text) == (speaker, text)


def test_a_cue_in_two_voices_becomes_two_cues() -> None:
    reading = read_transcript(vtt("00:01.000 --> 00:02.000\n<v Ann>Yes?</v>\n<v Bob>No.</v>"))
    assert [(cue.speaker, cue.text) for cue in reading.cues] == [("Ann", "Yes?"), ("Bob", "No.")]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_usual_encoding_and_line_end_is_read(encoding: str, newline: str) -> None:
    text = vtt("00:01.000 --> 00:02.000\nCafé – it’s fine")
    data = text.replace("\n", newline).encode(encoding)
    assert read_transcript(data).cues[0].text == "Café – it’s fine"


MALFORMED = [
    # what is wrong, the file, the line named, cues read
    ("end before start", "1\n00:00:05,000 --> 00:00:04,000\nA", 2, 0),
    ("end at start", "1\n00:00:05,000 --> 00:00:05,000\nA", 2, 0),
    ("sixty seconds", "1\n00:00:60,000 --> 00:01:05,000\nA", 2, 0),
    ("sixty minutes", "1\n00:60:00,000 --> 01:01:00,000\nA", 2, 0),
    ("a hundred hours", "1\n100:00:00,000 --> 100:00:01,000\nA", 2, 0),
    ("no end", "1\n00:00:01,000 -->\nA", 2, 0),
    ("no start", "1\n--> 00:00:01,000\nA", 2, 0),
    ("letters in times", "1\n00:0a:01,000 --> 00:00:02,000\nA", 2, 0),
    ("minus", "1\n-00:00:01,000 --> 00:00:02,000\nA", 2, 0),
    ("times alone", "-->", 1, 0),
    ("one number", "1\n5 --> 6\nA", 2, 0),
    ("arabic digits", "1\n\u0660\u0660:\u0660\u0660:\u0660\u0661,0 --> 00:00:02,000\nA", 2, 0),
    ("words without times", "Hello there\n\n1\n00:00:01,000 --> 00:00:02,000\nA", 1, 1),
    ("words after the end", "1\n00:00:01,000 --> 00:00:02,000\nA\n\nLost words", 5, 1),
    ("two lines above times", "Lost\nname\n00:00:01,000 --> 00:00:02,000\nA", 1, 1),
    ("plain text", "This is no transcript at all.", 1, 0),
    ("a bad cue among good ones", "1\n00:01,0 --> 00:02,0\nA\n\n2\n00:02:xx --> 3\nB", 6, 1),
    ("a bad cue without a gap", "1\n00:01,0 --> 00:02,0\nA\n2\n00:02:99:1 --> 00:03\nB", 5, 1),
    ("words of a bad cue", "WEBVTT\n\n00:03.000 --> 00:02.000\nLost", 3, 0),
    ("cue inside a note", "WEBVTT\n\nNOTE hello\n00:01.000 --> 00:02.000\nA", 4, 0),
    ("bad arrow inside a note", "WEBVTT\n\nNOTE hello\nsee --> there\nA", 4, 0),
    ("cue inside a style", "WEBVTT\n\nSTYLE\n00:01.000 --> 00:02.000\nA", 4, 0),
    ("semicolons", "1\n00;00;01;000 --> 00;00;02;000\nA", 2, 0),
    ("points between", "1\n00.00.01.000 --> 00.00.02.000\nA", 2, 0),
    ("a long speaker", f"WEBVTT\n\n00:01.000 --> 00:02.000\n<v {'x' * 121}>A", 4, 1),
    ("frames", "1\n00:00:01:12 --> 00:00:02:12\nA", 2, 0),
    ("only a number of hours", "1\n1:: --> 2::\nA", 2, 0),
]


@pytest.mark.parametrize(
    ("text", "line", "read"), [row[1:] for row in MALFORMED], ids=[row[0] for row in MALFORMED]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_what_cannot_be_read_is_named_with_its_line(
    text: str, line: int, read: int, encoding: str
) -> None:
    reading = read_transcript(text.encode(encoding))
    assert reading.errors[0].line == line
    assert len(reading.cues) == read
    assert reading.errors[0].place.startswith("Line")


MENDED = [
    ("no thousandths", "1\n00:00:01 --> 00:00:02\nA", 2),
    ("no empty line between", "1\n00:01,0 --> 00:02,0\nA\n2\n00:02,0 --> 00:03\nB", 5),
    ("out of order", "1\n00:05,0 --> 00:06,0\nA\n\n2\n00:01,0 --> 00:02,0\nB", 6),
    ("a cue without words", "1\n00:01,0 --> 00:02,0\n\n2\n00:02,0 --> 00:03,0\nB", 2),
    ("an arrow in words", "1\n00:01,0 --> 00:02,0\nx --> y", 3),
    ("a nul", "1\n00:01,0 --> 00:02,0\nA\x00B", 3),
    ("a control character", "1\n00:01,0 --> 00:02,0\nA\x07B", 3),
    ("an unknown letter", "1\n00:01,0 --> 00:02,0\nA\ufffdB", 3),
    ("a name of several words", "the first one\n00:01,0 --> 00:02,0\nA", 1),
    ("four digits of fraction", "1\n00:00:01,0000 --> 00:00:02,000\nA", 2),
    ("a number at the end", "1\n00:01,0 --> 00:02,0\nA\n\n2\n", 5),
]


@pytest.mark.parametrize(
    ("text", "line"), [row[1:] for row in MENDED], ids=[row[0] for row in MENDED]
)
def test_what_was_mended_is_said_and_nothing_is_lost(text: str, line: int) -> None:
    reading = read_transcript(text)
    assert reading.errors == ()
    assert [note.line for note in reading.notes] == [line]
    assert reading.cues
    assert all("\x00" not in cue.text for cue in reading.cues)


@pytest.mark.parametrize(
    "wordless",
    ["NOTE a remark", "NOTE\nmany\nlines", "STYLE\n::cue {}", "REGION\nid:a", "NOTE\ttabbed"],
)
def test_parts_without_words_are_passed_over(wordless: str) -> None:
    reading = read_transcript(vtt(f"{wordless}\n\n00:01.000 --> 00:02.000\nA"))
    assert (len(reading.cues), reading.problems) == (1, ())


@pytest.mark.parametrize("header", ["WEBVTT", "WEBVTT - a title", "WEBVTT\nKind: captions"])
def test_headers_are_no_words(header: str) -> None:
    reading = read_transcript(f"{header}\n\ncue-1\n00:01.000 --> 00:02.000\nA")
    assert (len(reading.cues), reading.problems) == (1, ())


def test_a_header_alone_says_that_there_are_no_words() -> None:
    assert "no words" in str(read_transcript("WEBVTT\nKind: captions").errors[0])


CUES = st.lists(
    st.builds(
        lambda start, length, text, speaker: SpokenCue(
            start_ms=start, end_ms=start + length, text=text, speaker=speaker
        ),
        st.integers(0, 80_000_000),
        st.integers(1, 9000),
        st.text("abc <>&-é'", min_size=1, max_size=30).map(str.strip).filter(bool),
        st.text("Ann &<é.", max_size=12).map(lambda name: " ".join(name.split())),
    ),
    max_size=8,
)


@settings(max_examples=200, deadline=None)
@given(CUES)
def test_what_is_written_as_webvtt_is_read_back_the_same(cues: list[SpokenCue]) -> None:
    in_order = sorted(cues, key=lambda cue: cue.start_ms)
    reading = read_transcript(writers.webvtt(in_order, note="Made --> here"))
    assert len(reading.cues) == len(in_order)
    assert all(map(same_words, reading.cues, in_order))


def sample() -> Reading:
    return read_transcript(
        vtt("00:01.000 --> 00:02.000\n<v Ann>One\nline\n\n00:02.000 --> 00:03.000\n<v Ann>Two")
    )


def test_subrip_names_a_speaker_once() -> None:
    written = writers.subrip(sample().cues)
    assert written.startswith("1\n00:00:01,000 --> 00:00:02,000\nAnn: One\nline\n\n2\n")
    assert written.endswith("00:00:02,000 --> 00:00:03,000\nTwo\n")


def test_plain_text_joins_what_one_person_says() -> None:
    assert writers.plain_text(sample().cues, "A talk") == "A talk\n\nAnn:\nOne line Two\n"
