"""Whether two people may be the same one: by the words of their names. Pure."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar

TITLES = {"dr", "miss", "mr", "mrs", "ms", "mx", "prof", "professor", "rev", "revd", "sir", "dame"}
T = TypeVar("T")


def name_key(name: str) -> str:
    """The words of a name in small letters and in order of the alphabet, without accents,
    titles and single initials: Dr. Zoë M. O'Neill and ONEILL, Zoe have the same."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    kept = (char for char in plain if not unicodedata.combining(char) and char not in "'’`")
    spaced = "".join(char if char.isalnum() else " " for char in kept)
    words = [word for word in spaced.split() if is_telling(word)]
    return " ".join(sorted(words)) if len(words) > 1 else ""


def is_telling(word: str) -> bool:
    return word.isdigit() or (len(word) > 1 and word not in TITLES)


def alike(people: Iterable[tuple[str, str, T]]) -> list[list[T]]:
    """Groups of those of (name, address, whatever) with one name and several addresses.

    A name of one word says too little, and is left out.
    """
    groups: dict[str, list[tuple[str, T]]] = defaultdict(list)
    for name, address, thing in people:
        if key := name_key(name):
            groups[key].append((address, thing))
    return [
        [thing for _, thing in group]
        for group in groups.values()
        if len({address for address, _ in group}) > 1
    ]
