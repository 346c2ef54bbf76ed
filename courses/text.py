"""Foreign text made safe for one line: mail headers, calendar files, spreadsheets. Pure."""

import unicodedata
from collections.abc import Sequence

BIDI = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "|", "%")
NO_CHARACTERS = (0xFFFE, 0xFFFF)  # XML, and so XLSX, has no way to write them
UNSEEN = {"Cf", "Zs"}
BREAKS = {"Cc", "Cs", "Zl", "Zp"}


def one_line(value: str) -> str:
    """Line breaks and control characters become spaces, runs of spaces one."""
    kept = (" " if unicodedata.category(char) in BREAKS or char in BIDI else char for char in value)
    return " ".join("".join(kept).split())


def sheet_cell(value: object) -> str:
    """Text that a cell of any spreadsheet file can hold."""
    return one_line(str(value)).translate(dict.fromkeys(NO_CHARACTERS))


def is_formula(text: str) -> bool:
    """Whether a spreadsheet might take this text for a formula, also behind what is not seen."""
    seen = (char for char in text if unicodedata.category(char) not in UNSEEN)
    return next(seen, "") in FORMULA


def csv_cell(value: object) -> str:
    """A cell that no spreadsheet takes for a formula, nor what it makes of it when it splits lines
    at semicolons, as in countries that write 0,5."""
    parts = sheet_cell(value).split(";")
    return ";".join(f"'{part}" if is_formula(part.replace('"', "")) else part for part in parts)


NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def number_words(number: int) -> str:
    return NUMBERS[number] if 0 <= number < len(NUMBERS) else str(number)


def counted(number: int, singular: str, plural: str = "") -> str:
    """two people, one place."""
    return f"{number_words(number)} {singular if number == 1 else plural or singular + 's'}"


def joined(names: Sequence[str]) -> str:
    """Ann, Ben and Cat."""
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def upper_first(words: str) -> str:
    return words[:1].upper() + words[1:]
