"""Any file into text, or a plain word on what it is instead. Pure."""

import re

from media.reading import wordfile
from media.reading.lines import one_kind_of_line_end, shown
from media.reading.textfiles import decode
from media.reading.wordfile import Refused
from media.sniff import HEAD, media_type

__all__ = ["MAX_BYTES", "MAX_LETTERS", "Refused", "text_of"]

MAX_BYTES = 10_000_000
MAX_LETTERS = 1_500_000
SEND = "Send the captions as VTT or SRT, or a Word document (DOCX) with times."
BY_FIRST_BYTES = (
    (b"{\\rtf", "a text in the old RTF format. Save it as DOCX, and send that"),
    (b"\xd0\xcf\x11\xe0", "a Word document of the old kind, or a locked one. Save it as DOCX"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a packed file. Unpack it first"),
    (b"7z\xbc\xaf", "a packed file. Unpack it first"),
    (b"Rar!", "a packed file. Unpack it first"),
    (b"SQLite format", "a database"),
)
BY_FIRST_WORDS = (
    (r"<!doctype html|<html|<head|<body", "a web page, perhaps one that asks you to sign in"),
    (r"<\?xml|<tt[\s>]|<!doctype", "an XML file. Ask the program for VTT or SRT instead"),
    (r"""\{\s*["}]|\[\s*[{\]]""", "a JSON file. Ask the program for VTT or SRT instead"),
    (r"\[script info\]", "a file of subtitles of another kind (ASS). Save it as SRT"),
)


def text_of(data: bytes) -> str:
    """The text of a caption file or a Word document, one kind of line end. Raises Refused."""
    if len(data) > MAX_BYTES:
        raise Refused(f"The file is too big to be a transcript ({MAX_BYTES // 1_000_000} MB).")
    if data.startswith(b"PK"):
        return within_limit(wordfile.text_of(data))
    refuse_other_kinds(data)
    text = one_kind_of_line_end(decode(data))
    if not text.strip("\ufeff\0 \t\n"):
        raise Refused(f"The file is empty. {SEND}")
    refuse_other_words(text)
    return within_limit(text)


def within_limit(text: str) -> str:
    if len(text.encode(errors="replace")) > MAX_LETTERS:
        raise Refused("The file holds more words than any talk. Send those of one talk.")
    return text


def refuse_other_kinds(data: bytes) -> None:
    if b"%PDF-" in data[:1024]:
        raise Refused(f"This is a PDF, which keeps no times. {SEND}")
    if media_type(data[:HEAD]):
        raise Refused(f"This is a film or a sound; add it under Files. {SEND}")
    for start, kind in BY_FIRST_BYTES:
        if data.startswith(start):
            raise Refused(f"This is {kind}. {SEND}")


def refuse_other_words(text: str) -> None:
    beginning = text[:2000].lstrip("\ufeff\0 \t\n")
    for pattern, kind in BY_FIRST_WORDS:
        if re.match(pattern, beginning, re.IGNORECASE):
            raise Refused(f"This is {kind}. {SEND}")
    sample = text[:4000]
    if len(sample) - len(shown(sample)) - sample.count("\n") > len(sample) // 10 and (
        "-->" not in text
    ):
        raise Refused(f"This is not a text. {SEND}")
