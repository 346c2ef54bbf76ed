"""The name that a file keeps: what the browser says, without anything that a path could be."""

import re
import unicodedata

STEM, STEM_BYTES = 80, 200  # of the 255 bytes that file systems allow a name
ENDING = 10


def clean_name(name: str) -> str:
    """Letters, digits, `-`, `_` and one dot before the ending; nothing else survives."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    stem, dot, ending = last.rpartition(".")
    if not dot:
        stem, ending = last, ""
    stem = re.sub(r"[^\w-]+", "-", stem).strip("-_")[:STEM]
    stem = stem.encode()[:STEM_BYTES].decode(errors="ignore") or "recording"
    ending = re.sub(r"[^a-z0-9]", "", ending.lower())[:ENDING]
    return f"{stem}.{ending}" if ending else stem
