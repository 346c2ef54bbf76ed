"""The text of a Word document: a line a paragraph, cells of a table parted by tabs. Pure.

Only the document's own words are unpacked, up to a limit; no entity is followed. What
python-docx leaves out of `paragraph.text` (tracked insertions, content controls) is read too.
"""

import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import qn

MAX_UNPACKED = 20_000_000
MAX_TAGS = 500_000  # each takes a hundred times its letters in memory
MAX_PARTS = 5_000
OFFICE_DOCUMENT = "/officeDocument"
DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, SyntaxError, ValueError),
)
BROKEN = "This Word document is damaged. Open it in Word, save it anew, and send that."
OTHER_ZIPS = {
    "content.xml": "This is an OpenDocument file. Save it as DOCX, and send that.",
    "xl/workbook.xml": "This is a table of figures (Excel). Send the words as VTT, SRT or DOCX.",
    "ppt/presentation.xml": "These are slides. Send the words as VTT, SRT or DOCX.",
}
# Word turns a typed arrow into a sign of the font Wingdings.
WINGDINGS_ARROWS = {"F0E0": "→", "F0E8": "→"}
P, T, TAB, BR, CR, SYM = (qn(f"w:{name}") for name in ("p", "t", "tab", "br", "cr", "sym"))
TABLE, ROW, CELL, TABS = (qn(f"w:{name}") for name in ("tbl", "tr", "tc", "tabs"))
HYPHEN, PLACE_TAB, MOVED = qn("w:noBreakHyphen"), qn("w:ptab"), qn("w:moveFrom")
# Text boxes are kept twice, the second time for programs of old; moved words stand elsewhere.
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
LEFT_OUT = (FALLBACK, MOVED)
SIGNS = {TAB: "\t", PLACE_TAB: "\t", BR: "\n", CR: "\n", HYPHEN: "-"}


class Refused(ValueError):
    """A file that holds no words that could be read; says in plain words what it is."""


def text_of(data: bytes) -> str:
    """Raises Refused."""
    if data.count(b"PK\x01\x02") > MAX_PARTS:
        raise Refused("This is a zip folder of very many files, not a Word document.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as folder:
            return "\n".join(lines_of(body_of(folder)))
    except DAMAGED as error:
        raise error if isinstance(error, Refused) else Refused(BROKEN) from error
    except (RuntimeError, NotImplementedError) as error:
        raise Refused("This file is locked by a password. Send it without one.") from error


def body_of(folder: zipfile.ZipFile) -> Any:
    names = set(folder.namelist())
    for name, message in OTHER_ZIPS.items():
        if name in names:
            raise Refused(message)
    if "_rels/.rels" not in names:
        message = "This is a zip folder. Unpack it, and send the captions that are in it."
        raise Refused(message)
    links = parsed(unpacked(folder, "_rels/.rels"))
    targets = [
        link.get("Target", "").lstrip("/")
        for link in links
        if str(link.get("Type", "")).endswith(OFFICE_DOCUMENT)
    ]
    if not targets or targets[0] not in names:
        raise Refused(BROKEN)
    return parsed(unpacked(folder, targets[0]))


def unpacked(folder: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of one part, however big its head says that it is."""
    with folder.open(name) as part:
        content = part.read(MAX_UNPACKED + 1)
    if len(content) > MAX_UNPACKED or content.count(b"<") > MAX_TAGS:
        raise Refused("This Word document is too big to be a transcript.")
    return content


def parsed(content: bytes) -> Any:
    root = parse_xml(content)
    if root.getroottree().docinfo.doctype:
        raise Refused(BROKEN)
    return root


def lines_of(element: Any) -> Iterator[str]:
    """Paragraphs and rows in their order, wherever they are wrapped in."""
    for child in element:
        if child.tag == P:
            for paragraph in (child, *paragraphs_in(child)):
                yield from words_of(paragraph).split("\n")
        elif child.tag == TABLE:
            yield from (row_of(row) for row in outermost(child, ROW))
        elif child.tag not in LEFT_OUT:
            yield from lines_of(child)


def row_of(row: Any) -> str:
    cells = (
        " ".join(words_of(part) for part in paragraphs_in(cell)) for cell in outermost(row, CELL)
    )
    return "\t".join(" ".join(cell.split()) for cell in cells)


def outermost(element: Any, tag: str) -> Iterator[Any]:
    """The nearest descendants of a kind."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag not in LEFT_OUT:
            yield from outermost(child, tag)


def paragraphs_in(element: Any) -> Iterator[Any]:
    """All of them, with those of text boxes inside paragraphs."""
    for paragraph in outermost(element, P):
        yield paragraph
        yield from paragraphs_in(paragraph)


def words_of(paragraph: Any) -> str:
    """The words of a paragraph without those of text boxes in it."""
    parts = []
    for child in paragraph:
        if child.tag == T:
            parts.append((child.text or "").replace("\n", " "))
        elif child.tag == SYM:
            parts.append(WINGDINGS_ARROWS.get(str(child.get(qn("w:char"))).upper(), ""))
        elif child.tag in SIGNS:
            parts.append(SIGNS[child.tag])
        elif child.tag not in (P, TABS, *LEFT_OUT):
            parts.append(words_of(child))
    return "".join(parts)
