"""Bytes of a text file into text, whatever editor wrote them. Pure."""

import codecs

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
REPLACEMENT = "\ufffd"


def decode(data: bytes) -> str:
    """Read UTF-8, UTF-16 with or without its mark, or Windows-1252; never fails.

    What no encoding can hold becomes U+FFFD, so that the reader of the file can name the line.
    """
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, errors="replace")
    guess = utf16_without_mark(data)
    if guess:
        return data.decode(guess, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return damaged_utf8(data) or data.decode("cp1252", errors="replace")


def damaged_utf8(data: bytes) -> str:
    """UTF-8 of which a byte was lost; empty if it is more likely another encoding."""
    text = data.decode("utf-8", errors="replace")
    beyond_ascii = sum(letter > "\x7f" for letter in text)
    return text if beyond_ascii > 2 * text.count(REPLACEMENT) else ""


def utf16_without_mark(data: bytes) -> str:
    """The byte order, told by where the NULs of plain Latin letters stand; empty if it is not."""
    sample = data[:400]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    most = len(sample) // 4
    if len(sample) < 8 or max(even, odd) <= most or min(even, odd) > most // 4:
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"
