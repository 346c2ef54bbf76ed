"""Words close to a mistyped one: few edits apart. Pure."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

SHORTEST = 4  # shorter words are near to everything


def edits_allowed(word: str) -> int:
    if len(word) < SHORTEST or not word.isalpha():
        return 0
    return 1 if len(word) <= 5 else 2


def pieces(word: str) -> list[str]:
    """Parts of which at least one stands unharmed in every word within the edits allowed."""
    count = edits_allowed(word) + 1
    size, more = divmod(len(word), count)
    cuts = [index * size + min(index, more) for index in range(count + 1)]
    return [word[one:two] for one, two in pairwise(cuts)]


def nearest(word: str, known: Iterable[tuple[str, str, int]], limit: int = 3) -> list[str]:
    """Of (word, stem, count) those within the edits allowed, by their stem too, nearest first,
    then the commoner."""
    allowed = edits_allowed(word)
    scored = []
    for other, root, count in known:
        distance = min(edits(word, other, allowed), edits(word, root, allowed))
        if 0 < distance <= allowed:
            scored.append((distance, other[0] != word[0], -count, other))
    return [other for *_, other in sorted(scored)[:limit]]


def edits(one: str, two: str, most: int) -> int:
    """Letters to add, drop, change or swap with a neighbour; more than `most` is `most + 1`."""
    if abs(len(one) - len(two)) > most:
        return most + 1
    older: Sequence[int] = ()
    above: Sequence[int] = range(len(two) + 1)
    for number in range(1, len(one) + 1):
        row = _next_row(one, two, number, above, older)
        if min(row) > most:
            return most + 1
        older, above = above, row
    return min(above[-1], most + 1)


def _next_row(
    one: str, two: str, number: int, above: Sequence[int], older: Sequence[int]
) -> list[int]:
    letter = one[number - 1]
    row = [number]
    for place, other in enumerate(two, 1):
        cost = min(above[place] + 1, row[-1] + 1, above[place - 1] + (letter != other))
        if older and place > 1 and one[number - 2 : number] == two[place - 2 : place][::-1]:
            cost = min(cost, older[place - 2] + 1)
        row.append(cost)
    return row
