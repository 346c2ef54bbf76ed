"""Answer a reader's question: ask the engine, help a question that finds nothing, show hits."""

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
    """One place, ready to be shown. `start_ms` is set where it was said aloud."""

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

    @property
    def said(self) -> bool:
        return self.start_ms is not None


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """`nowhere` are words that stand in no row; `shown` is then the question answered instead, and
    `others` are further guesses at it. `loose`: no place holds all the words."""

    query: Query
    count: int = 0
    hits: Sequence[Hit] = ()
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    nowhere: tuple[str, ...] = ()
    shown: str = ""
    others: tuple[str, ...] = ()
    loose: bool = False

    @property
    def found(self) -> bool:
        """Whether anything answers, though a choice may let nothing pass."""
        return something(self.count, self.facets)


@dataclass(frozen=True, slots=True)
class Suggestion:
    title: str
    url: str
    kind: Kind


def find(
    text: str,
    *,
    chosen: Mapping[str, tuple[str, ...]] | None = None,
    sort: Sort = "best",
    page: int = 1,
) -> Answer:
    """Places for a question: with all its words; with what its mistyped words mean; with any."""
    typed = parse(text)
    if not typed:
        return Answer(query=typed)
    groups = [each.group() for each in Synonyms.objects.all()]
    query = expand(typed, groups)
    window = Question(
        query=query, chosen=chosen or {}, sort=sort, offset=(page - 1) * PER_PAGE, limit=PER_PAGE
    )
    found = engine().search(window)
    if something(found.count, found.facets):
        return answer(window, found)
    return helped(window, groups)


def helped(asked: Question, groups: Sequence[Sequence[str]]) -> Answer:
    """All words found nothing: finish unfinished words, mend mistyped ones, then ask for any."""
    mended, nowhere, others = mend(asked.query, groups)
    question = replace(asked, query=mended)
    loose = False
    found = engine().search(question) if mended != asked.query else None
    if found is None or not something(found.count, found.facets):
        loose = len(mended.terms) > 1
        question = replace(question, match="any")
        found = engine().search(question)
    if not something(found.count, found.facets):
        return Answer(query=asked.query)
    result = answer(question, found)
    shown = mended.text if nowhere else ""
    return replace(result, loose=loose, others=that_find(others), nowhere=nowhere, shown=shown)


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
    return tuple(
        text for text in texts if engine().search(Question(query=parse(text), limit=1)).count
    )


def something(count: int, facets: Mapping[str, Mapping[str, int]]) -> bool:
    return bool(count or any(facets.values()))


def answer(question: Question, found: Found) -> Answer:
    rows = IndexedRow.objects.visible().in_bulk(found.ids)
    shown = [rows[pk] for pk in found.ids if pk in rows]
    return Answer(
        query=question.query,
        count=found.count,
        hits=[hit(row, question.query) for row in shown],
        facets=found.facets,
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
    rows = IndexedRow.objects.visible().in_bulk(found)
    return [
        Suggestion(rows[pk].title, rows[pk].url, kind(rows[pk].kind)) for pk in found if pk in rows
    ]
