"""Transcripts as Word documents: the layouts of the usual programs, and documents that bite."""

import io
import re
import tracemalloc
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from media.cues import Reading
from media.reading import Refused, read_transcript, text_of
from media.word import document as our_document

Said = list[tuple[int, int, str, str]]
TWO: Said = [(3000, 8000, "Ann Lee", "Good morning."), (8000, 12_000, "Bob", "Hello, Ann.")]


def saved(file: "docx.document.Document") -> bytes:
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def paragraphs(*texts: str) -> bytes:
    file = docx.Document()
    for text in texts:
        file.add_paragraph(text)
    return saved(file)


def table(*rows: tuple[str, ...]) -> bytes:
    file = docx.Document()
    made = file.add_table(rows=len(rows), cols=len(rows[0]))
    for row, texts in zip(made.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    return saved(file)


def said(reading: Reading) -> Said:
    return [(cue.start_ms, cue.end_ms, cue.speaker, cue.text) for cue in reading.cues]


LAYOUTS = {
    "time, name and words": paragraphs(
        "00:00:03 Ann Lee: Good morning.", "00:00:08 Bob: Hello, Ann.", "00:00:12"
    ),
    "time in brackets": paragraphs(
        "[00:00:03] Ann Lee: Good morning.", "[00:00:08] Bob: Hello, Ann.", "[00:00:12]"
    ),
    "from and to": paragraphs(
        "00:00:03 - 00:00:08 Ann Lee: Good morning.", "00:00:08 – 00:00:12 Bob: Hello, Ann."
    ),
    "name and time in brackets": paragraphs(
        "Ann Lee (00:03):", "Good morning.", "", "Bob (00:08):", "Hello, Ann.", "End (00:12)"
    ),
    "Teams": paragraphs(
        "Ann Lee   0:03\nGood morning.", "Bob   0:08\nHello, Ann.", "Ann Lee   0:12"
    ),
    "Otter": paragraphs(
        "Ann Lee  0:03", "Good morning.", "", "Bob  0:08", "Hello, Ann.", "A  0:12"
    ),
    "Zoom": paragraphs(
        "[Ann Lee] 00:00:03", "Good morning.", "[Bob] 00:00:08", "Hello, Ann.", "[Bob] 00:00:12"
    ),
    "tabs": paragraphs(
        "00:00:03\tAnn Lee\tGood morning.", "00:00:08\tBob\tHello, Ann.", "00:00:12\t\t"
    ),
    "a table": table(
        ("0:03", "Ann Lee", "Good morning."), ("0:08", "Bob", "Hello, Ann."), ("0:12", "", "")
    ),
    "a table with the name first": table(
        ("Ann Lee", "00:03", "Good morning."), ("Bob", "00:08", "Hello, Ann."), ("", "00:12", "")
    ),
    "a table of from and to": table(
        ("00:03", "00:08", "Ann Lee", "Good morning."), ("00:08", "00:12", "Bob", "Hello, Ann.")
    ),
    "captions in a document": paragraphs(
        "WEBVTT",
        "",
        "00:03.000 --> 00:08.000",
        "<v Ann Lee>Good morning.",
        "",
        "00:08.000 --> 00:12.000",
        "<v Bob>Hello, Ann.",
    ),
    "captions with an arrow of Word": paragraphs(
        "1",
        "00:00:03,000 à 00:00:08,000",
        "<v Ann Lee>Good morning.",
        "",
        "2",
        "00:00:08,000 \uf0e0 00:00:12,000",
        "<v Bob>Hello, Ann.",
    ),
}


@pytest.mark.parametrize("data", LAYOUTS.values(), ids=LAYOUTS)
def test_the_usual_layouts_are_understood(data: bytes) -> None:
    reading = read_transcript(data)
    assert reading.errors == ()
    assert said(reading) == TWO


def test_the_layout_of_teams_of_old_gives_the_names() -> None:
    data = paragraphs(
        "00:00:03.000 --> 00:00:08.000\nAnn Lee\nGood morning.",
        "00:00:08.000 --> 00:00:12.000\nBob\nHello, Ann.",
        "00:00:12.000 --> 00:00:14.000\nAnn Lee\nShall we?",
        "00:00:14.000 --> 00:00:16.000\nBob\nYes.",
    )
    reading = read_transcript(data)
    assert said(reading)[:2] == TWO
    assert "names of speakers" in reading.notes[0].message


def test_words_without_times_say_how_to_mend_that() -> None:
    reading = read_transcript(paragraphs("Good morning.", "Hello, Ann."))
    (problem,) = reading.errors
    assert reading.cues == ()
    assert str(problem).startswith("Lines 1 to 2, “Good morning.”: there are no times here")
    assert "Put a time before each paragraph, like 00:01:02 Name: words" in problem.message


def test_our_own_document_has_no_times_and_says_so() -> None:
    assert (
        "no times"
        in read_transcript(our_document([], "A talk", "https://x.example/")).errors[0].message
    )


def test_what_stands_above_the_first_time_is_named() -> None:
    reading = read_transcript(paragraphs("A meeting", "12 May", "0:03 Good morning.", "0:08"))
    assert said(reading) == [(3000, 8000, "", "Good morning.")]
    assert "before the first time" in reading.notes[0].message
    assert reading.notes[0].place == "Lines 1 to 2"


def test_the_end_of_the_last_words_is_guessed_and_that_is_said() -> None:
    reading = read_transcript(paragraphs("0:03 Good morning."))
    assert said(reading) == [(3000, 5000, "", "Good morning.")]
    assert "does not say when these words end; 0:05 is taken" in reading.notes[0].message


def test_long_paragraphs_are_said_to_be_much_for_captions() -> None:
    reading = read_transcript(paragraphs("0:03 Good morning.", "5:00 Hello.", "5:10"))
    assert "one paragraph lasts longer than 15 seconds" in reading.notes[0].message


@pytest.mark.parametrize(
    ("texts", "line", "message"),
    [
        (("0:10 Two.", "0:03 One.", "0:20"), 2, "earlier than the one above, 0:10"),
        (("0:03 One.", "0:75 Two.", "0:20"), 2, "no clock shows this time"),
        (("0:09 - 0:03 One.", "0:20"), 1, "the words end before they start"),
    ],
)
def test_a_time_that_cannot_be_is_named(texts: tuple[str, ...], line: int, message: str) -> None:
    (problem,) = read_transcript(paragraphs(*texts)).errors
    assert problem.line == line
    assert message in problem.message


def test_times_unlike_the_others_are_words_and_said_to_be() -> None:
    texts = ("[0:03] One.", "Lunch (0:05)", "[0:08] Two.", "[0:09] Three.", "[0:10]")
    reading = read_transcript(paragraphs(*texts))
    assert reading.cues[0].text == "One.\nLunch (0:05)"
    assert "kept as words" in reading.notes[0].message


# What a plain reading of paragraphs leaves out


def body_with(xml: str) -> bytes:
    file = docx.Document()
    for element in parse_xml(f"<w:body {nsdecls('w')}>{xml}</w:body>"):
        file.element.body.append(element)
    return saved(file)


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


@pytest.mark.parametrize(
    "xml",
    [
        f"<w:p>{run('0:03 ')}<w:ins>{run('Hello')}</w:ins>{run(' there')}</w:p>",
        f"<w:sdt><w:sdtContent><w:p>{run('0:03 Hello there')}</w:p></w:sdtContent></w:sdt>",
        f"<w:p>{run('0:03 Hello')}<w:del><w:r><w:delText>no</w:delText></w:r></w:del>"
        f"{run(' there')}</w:p>",
        f"<w:p>{run('0:03')}{run(' ')}{run('Hello')}<w:r><w:br/></w:r>{run('there')}</w:p>",
        f"<w:p>{run('0:03')}<w:r><w:tab/></w:r>{run('Hello there')}</w:p>",
        f"<w:p><w:hyperlink>{run('0:03')}</w:hyperlink>{run(' Hello there')}</w:p>",
        f"<w:p><w:r><w:pict><w:txbxContent><w:p>{run('0:03 Hello there')}</w:p>"
        "</w:txbxContent></w:pict></w:r></w:p>",
        f"<w:tbl><w:tr><w:tc><w:p>{run('0:03')}</w:p></w:tc><w:tc><w:p>{run('Hello')}</w:p>"
        f"<w:p>{run('there')}</w:p></w:tc></w:tr></w:tbl>",
    ],
    ids=["inserted", "control", "deleted", "break", "tab", "link", "text box", "cell"],
)
def test_words_are_found_wherever_word_keeps_them(xml: str) -> None:
    reading = read_transcript(body_with(xml))
    assert [" ".join(cue.text.split()) for cue in reading.cues] == ["Hello there"]


def test_an_arrow_that_word_made_a_sign_is_an_arrow() -> None:
    xml = (
        f"<w:p>{run('00:00:03,000 ')}<w:r><w:sym w:font='Wingdings' w:char='F0E0'/></w:r>"
        f"{run(' 00:00:08,000')}</w:p><w:p>{run('Hello')}</w:p>"
    )
    assert said(read_transcript(body_with(xml))) == [(3000, 8000, "", "Hello")]


# Documents that bite


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, content in parts.items():
            folder.writestr(name, content)
    return out.getvalue()


def with_document(content: bytes) -> bytes:
    """A Word document whose main part is something else."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(paragraphs("x"))) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, content if name == "word/document.xml" else old.read(name))
    return out.getvalue()


LAUGHS = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10))
ENTITIES = f"<!DOCTYPE x [<!ENTITY l0 'ha'>{LAUGHS}]><x>&l9;</x>".encode()
OUTSIDE = b"<!DOCTYPE x [<!ENTITY f SYSTEM 'file:///etc/hostname'>]><x>&f;</x>"
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "a bomb": (lambda: with_document(b"<w>" + b" " * 40_000_000), "too big"),
    "entities that multiply": (lambda: with_document(ENTITIES), "damaged"),
    "an entity from outside": (lambda: with_document(OUTSIDE), "damaged"),
    "deep": (lambda: with_document(b"<a>" * 5000 + b"</a>" * 5000), "damaged"),
    "no xml": (lambda: with_document(b"hello"), "damaged"),
    "an empty part": (lambda: with_document(b""), "damaged"),
    "cut off": (lambda: paragraphs("0:03 x")[:-200], "damaged"),
    "only a beginning": (lambda: b"PK\x03\x04", "damaged"),
    "any zip": (lambda: zipped({"talk.vtt": b"WEBVTT"}), "Unpack it"),
    "many parts": (lambda: zipped({str(n): b"" for n in range(5001)}), "very many files"),
    "a table of figures": (lambda: zipped({"xl/workbook.xml": b""}), "Excel"),
    "slides": (lambda: zipped({"ppt/presentation.xml": b""}), "slides"),
    "open document": (lambda: zipped({"content.xml": b""}), "OpenDocument"),
    "no main part": (lambda: zipped({"_rels/.rels": b"<x/>"}), "damaged"),
    "a locked or old document": (lambda: b"\xd0\xcf\x11\xe0" + bytes(600), "old kind, or a locked"),
    "rich text": (lambda: rb"{\rtf1 hello}", "RTF"),
    "a pdf": (lambda: b"%PDF-1.7", "PDF"),
    "a film": (lambda: b"\x00\x00\x00\x18ftypmp42" + bytes(50), "under Files"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n", "a picture"),
    "a web page": (lambda: b"\n <!DOCTYPE html><html>", "web page"),
    "other captions": (lambda: b"<?xml version='1.0'?><tt>", "XML"),
    "json": (lambda: b'{"events": []}', "JSON"),
    "ass": (lambda: b"[Script Info]\n", "ASS"),
    "nothing": (lambda: b"\xef\xbb\xbf", "empty"),
    "noise": (lambda: bytes(range(1, 32)) * 9, "not a text"),
    "a book": (lambda: b"word " * 400_000, "more words than any talk"),
}


@pytest.mark.parametrize(("make", "message"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_transcript_is_named_in_plain_words(
    make: Callable[[], bytes], message: str
) -> None:
    data = make()
    with pytest.raises(Refused, match=re.escape(message)) as refused:
        text_of(data)
    assert str(refused.value).endswith(".")
    assert read_transcript(data).errors[0].line == 0


def test_a_locked_document_asks_for_one_without_a_password() -> None:
    data = bytearray(paragraphs("0:03 x"))
    for head, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(head)
        while at >= 0:
            data[at + flags] |= 1
            at = data.find(head, at + 4)
    with pytest.raises(Refused, match="locked by a password"):
        text_of(bytes(data))


def test_a_bomb_takes_no_more_memory_than_its_limit() -> None:
    bomb = with_document(b"<w>" + b" " * 300_000_000)
    tracemalloc.start()
    with pytest.raises(Refused):
        text_of(bomb)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 100_000_000
