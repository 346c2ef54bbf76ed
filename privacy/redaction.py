"""Taking an address and names out of words, wherever they stand. Pure."""

import html
import json
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from privacy.declared import ERASED

SHORTEST_NAME = 3
# Before a word may also stand the end of a line as JSON within JSON has it, or an escape of URLs.
ESCAPES = (r"\\[nrtbf]", r"\\u[0-9a-fA-F]{4}", r"%[0-9a-fA-F]{2}")


def spellings(text: str) -> list[str]:
    """As it is written in plain words, in HTML, in addresses of pages, in JSON and JSON in JSON."""
    once = json.dumps(text)[1:-1]
    twice = json.dumps(once)[1:-1]
    forms = [text, html.escape(text), quote(text), quote(text, safe="@"), once, twice]
    return list(dict.fromkeys(forms))


def long_enough(names: Iterable[str]) -> list[str]:
    """Names that can be told from other words, the longest first."""
    kept = {name.strip() for name in names} - {ERASED}
    return sorted((name for name in kept if len(name) >= SHORTEST_NAME), key=len, reverse=True)


def full_names(names: Iterable[str]) -> list[str]:
    """Of two words or more: one word alone is many people's name."""
    return [name for name in long_enough(names) if len(name.split()) > 1]


def pattern_for(address: str, names: Iterable[str] = ()) -> re.Pattern[str]:
    """The address, but not as a part of a longer one; names as whole words."""
    forms = spellings(address) if address else []
    found = [standing_alone(form, before=r"[\w.+-]", after=r"[\w-]|\.\w") for form in forms]
    for name in long_enough(names):
        found += [standing_alone(form, before=r"\w", after=r"\w") for form in spellings(name)]
    return re.compile("|".join(found) or r"(?!)", re.IGNORECASE)


def standing_alone(form: str, *, before: str, after: str) -> str:
    """What stands before is looked at last, so that long texts are gone through quickly."""
    word = re.escape(form)
    begins = [f"(?<!{before}{word})", *(f"(?<={escape}{word})" for escape in ESCAPES)]
    return f"{word}(?:{'|'.join(begins)})(?!{after})"


def redact(value: Any, pattern: re.Pattern[str]) -> Any:
    """`value` may be words, or lists and dictionaries of them."""
    if isinstance(value, str):
        return pattern.sub(ERASED, value)
    if isinstance(value, list):
        return [redact(each, pattern) for each in value]
    if isinstance(value, dict):
        return {key: redact(each, pattern) for key, each in value.items()}
    return value
