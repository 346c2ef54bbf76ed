"""Where in a text the question is answered best, and the sentence around it. Pure.

The same words are marked whatever the engine, since none of them does the marking; and nothing
here is HTML: a snippet is a run of parts, each a hit or not.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from search.passages import Mark
from search.query import Query, pairs, stems
from search.words import fold, spans, stem

SHORTEST, LONGEST, BEFORE = 90, 240, 120  # characters of a snippet; of those before its hit
LONG_TEXT, STRETCH = 20_000, 2_000
SPACE = r"\s+"
QUOTATION = 4  # words in a row, and half of the question, from which it is a quotation
PAIR = 0.5  # two words in the order of the question, against one for a word
SENTENCE_END = re.compile(r"[.?!…][\"'”\u2019)\]]*\s+|\n+")
# The end of a line that no sentence ends, such as a heading or a fact.
BREAK = re.compile(r"(?<![.?!…:;,\s\"'”\u2019)\]])\s*\n\s*")


class Part(NamedTuple):
    text: str
    hit: bool = False


class Token(NamedTuple):
    start: int
    end: int
    stem: str


class Run(NamedTuple):
    """Tokens `first` to `last` say the term numbered `term`."""

    first: int
    last: int
    term: int


@dataclass(frozen=True, slots=True)
class Snippet:
    """`mark` is the cue in which the best place begins, for spoken text."""

    parts: tuple[Part, ...] = ()
    mark: Mark | None = None


def snippet(text: str, query: Query, marks: Sequence[Mark] = (), lead: int = 0) -> Snippet:
    """The best place of `text`; with marks, in the words of one speaker and not only in `lead`."""
    begin, end = stretch(text, query)
    tokens = tokenise(text, begin, end)
    runs = said(tokens, query)
    best = best_place(tokens, runs, query, lead)
    if best is None:
        low, high, mark = voice(marks, lead, len(text))
        return Snippet(parts_of(text, *sentence(text, lead, lead, low, high), []), mark)
    first, last = best
    low, high, mark = voice(marks, tokens[first].start, len(text))
    reach = [run for run in runs if tokens[run.first].start >= low and tokens[run.last].end <= high]
    until = max((tokens[run.last].end for run in reach if run.last <= last), default=0)
    low, high = sentence(text, tokens[first].start, until, low, high)
    return Snippet(
        parts_of(text, low, high, [(tokens[r.first], tokens[r.last]) for r in runs]), mark
    )


def without_title(text: str, title: str) -> str:
    """A text without its title where that is its heading: on lines of its own, or run into the
    sentence after it, as words read from a document are. A snippet stands below the title already.

    >>> without_title("For Leeds. Entry routine The first minute.", "Entry routine")
    'For Leeds. The first minute.'
    >>> without_title("Entry routine is a card.", "Entry routine")
    'Entry routine is a card.'
    """
    said = title.split()
    heading = f"(?i:{SPACE.join(map(re.escape, said))})"
    if not said:
        return text
    text = re.sub(rf"(?m)^[ \t]*{heading}[ \t]*(?:\n|\Z)", "", text)
    if len(said) > 1:  # one word may begin a sentence
        text = re.sub(rf"(?:\A|(?<=[.?!…]\s)|(?<=\n)){heading}\s+(?=[A-Z“\d])", "", text, count=1)
    return text


def marked(text: str, query: Query) -> tuple[Part, ...]:
    """All of a short text, with its hits."""
    tokens = tokenise(text, 0, len(text))
    hits = [(tokens[run.first], tokens[run.last]) for run in said(tokens, query)]
    return parts_of(text, 0, len(text), hits)


def tokenise(text: str, begin: int, end: int) -> list[Token]:
    return [
        Token(begin + word.start, begin + word.end, stem(word.form))
        for word in spans(text[begin:end])
    ]


def stretch(text: str, query: Query) -> tuple[int, int]:
    """Of a long text the part that holds most different terms: the rest is not looked at."""
    if len(text) <= LONG_TEXT:
        return 0, len(text)
    heads = [head(word) for term in query.terms for words in term.alternatives for word in words]
    pattern = re.compile(
        "|".join(rf"(?<![^\W_]){re.escape(each)}" for each in dict.fromkeys(heads))
    )
    found = [(match.start(), match[0]) for match in pattern.finditer(fold(text))]
    best, best_at = 0, 0
    for index, (at, _) in enumerate(found):
        near = {word for place, word in found[index : index + 50] if place < at + STRETCH // 2}
        if len(near) > best:
            best, best_at = len(near), at
    return max(0, best_at - STRETCH), min(len(text), best_at + STRETCH)


def head(word: str) -> str:
    """Letters with which every form of the word begins, in either spelling."""
    short = stem(word)[:5]
    while short and not word.startswith(short):
        short = short[:-1]
    return short or word


def said(tokens: Sequence[Token], query: Query) -> list[Run]:
    begins: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
    for number, term in enumerate(query.terms):
        for words in term.alternatives:
            sequence = stems(words)
            begins.setdefault(sequence[0], []).append((number, sequence))
    runs: list[Run] = []
    for index, token in enumerate(tokens):
        for number, sequence in begins.get(token.stem, ()):
            here = tokens[index : index + len(sequence)]
            if tuple(each.stem for each in here) == sequence:
                runs.append(Run(index, index + len(sequence) - 1, number))
    return runs


def best_place(
    tokens: Sequence[Token], runs: Sequence[Run], query: Query, lead: int
) -> tuple[int, int] | None:
    """First and last token of the place that says most of the question, nearest in its order."""
    neighbours = pairs(query)
    following = [(one.stem, two.stem) in neighbours for one, two in pairwise(tokens)]
    quoted = longest_quotation(tokens, following, lead)
    if quoted and quoted[1] - quoted[0] + 1 >= max(QUOTATION, len(query.words) / 2):
        return quoted
    width = 2 * len(query.words) + 8
    best: tuple[float, int, int, int] | None = None
    for index, run in enumerate(runs):
        first, last, terms = run.first, run.last, {run.term}
        while first and following[first - 1]:
            first -= 1
        for other in runs[index : index + width]:
            if other.last < run.first + width and other.term not in terms:
                terms.add(other.term)
                last = max(last, other.last)
        score = len(terms) + PAIR * sum(following[first:last])
        place = (score, first - last, first, last)
        if tokens[last].start >= lead and (best is None or place[:2] > best[:2]):
            best = place
    return best and best[2:]


def longest_quotation(
    tokens: Sequence[Token], following: Sequence[bool], lead: int
) -> tuple[int, int] | None:
    """First and last of the most tokens in a row that follow one another as in the question."""
    best: tuple[int, int] | None = None
    first = 0
    for place, follows in enumerate((*following, False)):
        if follows:
            continue
        longer = best is None or place - first > best[1] - best[0]
        if longer and place < len(tokens) and tokens[place].start >= lead:
            best = (first, place)
        first = place + 1
    return best


def voice(marks: Sequence[Mark], at: int, length: int) -> tuple[int, int, Mark | None]:
    """The stretch around `at` that one person says, and the cue that holds it."""
    if not marks:
        return 0, length, None
    index = max(0, bisect_right([mark.offset for mark in marks], at) - 1)
    here = marks[index]
    first = last = index
    while first and marks[first - 1].speaker == here.speaker:
        first -= 1
    while last + 1 < len(marks) and marks[last + 1].speaker == here.speaker:
        last += 1
    high = marks[last + 1].offset if last + 1 < len(marks) else length
    return marks[first].offset, high, here


def sentence(text: str, start: int, end: int, low: int, high: int) -> tuple[int, int]:
    """Widen `start` to `end` to whole sentences within `low` and `high`, if they are not long."""
    near = max(low, start - BEFORE)
    ends = [match.end() for match in SENTENCE_END.finditer(text, near, start)]
    whole = low if near == low else word_edge(text, near, start)
    begin = ends[-1] if ends else whole
    limit = min(high, begin + LONGEST)
    finish = limit if limit == high else word_edge_back(text, max(end, begin + 1), limit)
    for match in SENTENCE_END.finditer(text, min(max(end, begin + SHORTEST), limit) - 1, limit):
        finish = match.end()
        break
    return begin, max(finish, min(end, high))


def word_edge(text: str, at: int, until: int) -> int:
    space = text.find(" ", at, until)
    return space + 1 if space >= 0 else at


def word_edge_back(text: str, at_least: int, at: int) -> int:
    space = text.rfind(" ", at_least, at)
    return space if space >= 0 else at


def parts_of(
    text: str, low: int, high: int, hits: Sequence[tuple[Token, Token]]
) -> tuple[Part, ...]:
    """The text from `low` to `high`, cut where hits begin and end; neighbours are one hit."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted((one.start, two.end) for one, two in hits):
        if start < low or end > high:
            continue
        if joined and (start <= joined[-1][1] or text[joined[-1][1] : start].isspace()):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    parts = [Part("… ")] if text[:low].strip() and not begins_sentence(text, low) else []
    at = low
    for start, end in joined:
        parts += [Part(in_one_line(text[at:start])), Part(text[start:end], True)]
        at = end
    parts.append(Part(in_one_line(text[at:high].rstrip())))
    if text[high:].strip() and not SENTENCE_END.search(
        f"{text[max(low, high - 4) : high].rstrip()} "
    ):
        parts.append(Part(" …"))
    return tuple(part for part in parts if part.text)


def in_one_line(text: str) -> str:
    """Lines that end as sentences do follow one another; headings and figures get a dot between."""
    return BREAK.sub(" · ", text)


def begins_sentence(text: str, at: int) -> bool:
    before = f"{text[max(0, at - 4) : at].rstrip()} "
    return bool(SENTENCE_END.search(before))
