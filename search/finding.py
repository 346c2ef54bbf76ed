"""Answer a reader's question: ask the engine, help a question that finds nothing, show hits."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from search.engines import engine
from search.engines.base import Found, Question, Sort
from search.kinds import Kind, kind
from search.models import IndexedRow, Synonyms
from search.query import Query, expand, parse, with_alternatives
from search.snippets import Part, marked, snippet
from search.vocabulary import completions, meant_by, unknown_words
from search.words import words

PER_PAGE = 20
MOST_SUGGESTIONS = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """One place, ready to be shown. `start_ms` is set where it was said aloud; `more` moments of
    the same talk answer, too."""

    title: tuple[Part, ...]
    url: str
    kind: Kind
    snippet: tuple[Part, ...]
    speaker: str
    code: str
    meta: tuple[str, ...]
    sample: bool
    page_id: int
    start_ms: int | None = None
    more: int = 0

    @property
    def said(self) -> bool:
        return self.start_ms is not None


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """`nowhere` are words that stand in no row; `shown` is then the question answered instead, and
    `others` are further guesses at it. `loose`: no place holds all the words; else `full` of the
    `count` places do, and the others hold most of them."""

    query: Query
    count: int = 0
    hits: Sequence[Hit] = ()
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    nowhere: tuple[str, ...] = ()
    shown: str = ""
    others: tuple[str, ...] = ()
    loose: bool = False
    full: int = 0

    @property
    def found(self) -> bool:
        """Whether anything answers, though a choice may let nothing pass."""
        return bool(self.count or any(self.facets.values()))


@dataclass(frozen=True, slots=True)
class Suggestion:
    title: str
    url: str
    kind: Kind
    detail: str = ""  # tells it from another of the same title


def find(
    text: str,
    *,
    chosen: Mapping[str, tuple[str, ...]] | None = None,
    sort: Sort = "best",
    page: int = 1,
    talk: int | None = None,
) -> Answer:
    """Places with all or most of a question's words; with what its mistyped words mean; with any.
    `talk`: the moments of that page alone."""
    typed = parse(text)
    if not typed:
        return Answer(query=typed)
    groups = [each.group() for each in Synonyms.objects.all()]
    query = expand(typed, groups)
    asked = Question(
        query=query,
        need=query.most,
        talk=talk,
        chosen=chosen or {},
        sort=sort,
        offset=(page - 1) * PER_PAGE,
        limit=PER_PAGE,
    )
    found = engine().search(asked)
    if found.whole:
        return answer(asked, found)
    return helped(asked, found, groups)


def helped(asked: Question, found: Found, groups: Sequence[Sequence[str]]) -> Answer:
    """No place says all: finish unfinished words, mend mistyped ones, then ask for any."""
    mended, nowhere, others = mend(asked.query, groups)
    question = replace(asked, query=mended, need=mended.most)
    if mended != asked.query:
        found = engine().search(question)
    if not something(found) and mended.most > 1:
        question = replace(question, need=1)
        found = engine().search(question)
    if not something(found):
        return Answer(query=asked.query)
    shown = mended.text if nowhere else ""
    return replace(answer(question, found), others=that_find(others), nowhere=nowhere, shown=shown)


def mend(
    query: Query, groups: Sequence[Sequence[str]]
) -> tuple[Query, tuple[str, ...], tuple[str, ...]]:
    """The question with words that exist; the words that stand nowhere; other guesses at them."""
    stand_in: dict[str, Sequence[str]] = {}
    guesses: dict[str, list[str]] = {}
    for word in unknown_words(query):
        if begun := completions(word):
            stand_in[word] = begun
        elif meant := meant_by(word):
            stand_in[word], guesses[word] = meant[:1], meant
    if not stand_in:
        return query, (), ()
    mended = (
        expand(with_alternatives(query, stand_in), groups)
        if guesses
        else with_alternatives(query, stand_in)
    )
    others = tuple(
        with_alternatives(query, {**stand_in, word: [guess]}).text
        for word, meant in guesses.items()
        for guess in meant[1:3]
    )
    return mended, tuple(guesses), others


def that_find(texts: Iterable[str]) -> tuple[str, ...]:
    """Questions that have an answer: a guess that leads nowhere, or to what is hidden, is none."""
    queries = {text: parse(text) for text in texts}
    return tuple(
        text
        for text, query in queries.items()
        if engine().search(Question(query=query, need=len(query.terms), limit=1)).count
    )


def something(found: Found) -> bool:
    return bool(found.count or any(found.facets.values()))


def answer(question: Question, found: Found) -> Answer:
    rows = IndexedRow.objects.all().visible_in_bulk(found.ids)
    shown = [rows[pk] for pk in found.ids if pk in rows]
    return Answer(
        query=question.query,
        count=found.count,
        hits=[replace(hit(row, question.query), more=found.more[row.pk]) for row in shown],
        facets=found.facets,
        loose=not found.whole,
        full=found.full,
    )


def hit(row: IndexedRow, query: Query) -> Hit:
    marks = row.cue_marks()
    best = snippet(row.body, query, marks, row.lead)
    start_ms = best.mark.start_ms if best.mark else row.start_ms
    return Hit(
        title=(Part(row.title),) if row.is_moment else marked(row.title, query),
        url=row.url if start_ms is None else at_second(row.url, start_ms // 1000),
        kind=kind(row.kind),
        snippet=best.parts if start_ms is None else (Part("“"), *best.parts, Part("”")),
        speaker=best.mark.speaker if best.mark else row.speaker,
        code=row.code,
        meta=tuple(row.meta),
        sample=row.sample,
        page_id=row.page_id,
        start_ms=start_ms,
    )


def at_second(url: str, second: int) -> str:
    """
    >>> at_second("/a-talk/?t=34", 52)
    '/a-talk/?t=52'
    """
    parts = urlsplit(url)
    query = [(name, value) for name, value in parse_qsl(parts.query) if name != "t"]
    return urlunsplit(parts._replace(query=urlencode([*query, ("t", second)])))


def suggest(text: str) -> list[Suggestion]:
    """Pages whose titles hold words that begin like the typed ones."""
    typed = words(text)[:MOST_SUGGESTIONS]
    if not typed or len("".join(typed)) < 2:
        return []
    found = engine().suggest(typed, MOST_SUGGESTIONS)
    rows = IndexedRow.objects.all().visible_in_bulk(found)
    seen = [rows[pk] for pk in found if pk in rows]
    often = Counter((row.kind, row.title) for row in seen)
    return [
        Suggestion(
            row.title,
            row.url,
            kind(row.kind),
            row.meta[0] if row.meta and often[row.kind, row.title] > 1 else "",
        )
        for row in seen
    ]
