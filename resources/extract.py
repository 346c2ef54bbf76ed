"""The words inside a document, for search."""

import io
import zipfile
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import ParseError

import docx
import pypdf
from docx.opc.exceptions import PackageNotFoundError
from pypdf.errors import PyPdfError

MAX_LETTERS = 200_000
MAX_PAGES = 200
MAX_UNPACKED = 100_000_000


class Unreadable(ValueError):
    """The document is broken, locked or far too big to read."""


def docx_parts(data: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(item.file_size for item in archive.infolist()) > MAX_UNPACKED:
            raise Unreadable("It is too big to read.")
    document = docx.Document(io.BytesIO(data))
    for paragraph in document.paragraphs:
        yield paragraph.text
    for table in document.tables:
        for row in table.rows:
            yield " ".join(dict.fromkeys(cell.text for cell in row.cells))


def pdf_parts(data: bytes) -> Iterator[str]:
    reader = pypdf.PdfReader(io.BytesIO(data))
    for page in reader.pages[:MAX_PAGES]:
        yield page.extract_text()


def text_parts(data: bytes) -> Iterator[str]:
    yield data.decode("utf-8", errors="replace")


READERS: dict[str, Callable[[bytes], Iterator[str]]] = {
    "docx": docx_parts,
    "pdf": pdf_parts,
    "txt": text_parts,
    "csv": text_parts,
}
BROKEN = (
    PackageNotFoundError,
    PyPdfError,
    SyntaxError,  # what lxml raises for broken XML
    ParseError,
    zipfile.BadZipFile,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    RecursionError,
    OSError,
)


def words_of(extension: str, data: bytes) -> str:
    """All words of a document, tidied; raises Unreadable, with what to tell the editor."""
    reader = READERS.get(extension.lower())
    if reader is None:
        raise Unreadable(f"Words inside {extension.upper()} files are not read.")
    found: list[str] = []
    length = 0
    try:
        for part in reader(data):
            found.append(" ".join(part.replace("\x00", "").split()))
            length += len(found[-1])
            if length > MAX_LETTERS:
                break
    except Unreadable:
        raise
    except BROKEN as error:
        raise Unreadable("The file could not be read; it may be broken or locked.") from error
    return "\n".join(part for part in found if part)[:MAX_LETTERS]
