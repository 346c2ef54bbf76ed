"""Keeps the words of the library counted, and finds those meant by a mistyped one."""

from collections import Counter
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import F, Q

from search.engines.base import texts
from search.models import IndexedRow, VocabularyWord
from search.nearby import edits_allowed, nearest, pieces
from search.query import Query
from search.words import STOP_WORDS, stem

SHORTEST = 3
MOST_COMPLETIONS = 8
MOST_CANDIDATES = 4_000
BATCH = 500


def words_of(rows: Iterable[IndexedRow]) -> Counter[str]:
    """In how many rows each word stands."""
    counts: Counter[str] = Counter()
    for row in rows:
        found = {word for field in texts(row) for word in field.split()}
        counts.update(word for word in found if len(word) >= SHORTEST and word.isalpha())
    return counts


def adjust(before: Counter[str], after: Counter[str]) -> None:
    """Note that rows with the words of `before` have given way to rows with those of `after`."""
    changes = {word: after[word] - before[word] for word in {*before, *after}}
    changes = {word: change for word, change in sorted(changes.items()) if change}
    with transaction.atomic():
        VocabularyWord.objects.bulk_create(
            [VocabularyWord(word=word, stem=stem(word)) for word in changes],
            ignore_conflicts=True,
            batch_size=BATCH,
        )
        for change in set(changes.values()):
            some = [word for word, by in changes.items() if by == change]
            for start in range(0, len(some), BATCH):
                chosen = VocabularyWord.objects.filter(word__in=some[start : start + BATCH])
                chosen.update(rows=F("rows") + change)
        VocabularyWord.objects.filter(rows__lte=0).delete()


def replace_all(counts: Counter[str]) -> None:
    words = [VocabularyWord(word=word, stem=stem(word), rows=n) for word, n in counts.items()]
    with transaction.atomic():
        VocabularyWord.objects.all().delete()
        VocabularyWord.objects.bulk_create(words, batch_size=BATCH)


def unknown_words(query: Query) -> list[str]:
    """Words of the question that stand nowhere, in no form."""
    asked = [term.word for term in query.terms if term.word and len(term.alternatives) == 1]
    stems = {word: stem(word) for word in asked}
    known = set(
        VocabularyWord.objects.filter(stem__in=set(stems.values())).values_list("stem", flat=True)
    )
    return [word for word in asked if stems[word] not in known and word not in STOP_WORDS]


def completions(word: str) -> list[str]:
    """Words that begin like an unfinished one, the commonest first."""
    if len(word) < SHORTEST:
        return []
    found = VocabularyWord.objects.filter(word__startswith=word).order_by("-rows", "word")
    return list(found.values_list("word", flat=True)[:MOST_COMPLETIONS])


def meant_by(word: str) -> list[str]:
    """Words close to a mistyped one, the likeliest first."""
    allowed = edits_allowed(word)
    if not allowed:
        return []
    condition = Q()
    for piece in pieces(word):
        condition |= Q(word__contains=piece)
    near = VocabularyWord.objects.filter(condition).order_by("-rows")
    known = near.values_list("word", "stem", "rows")[:MOST_CANDIDATES]
    return distinct(nearest(word, known, limit=6))


def distinct(words: Sequence[str]) -> list[str]:
    """One word a stem."""
    return list({stem(word): word for word in reversed(words)}.values())[::-1]
