"""Verbs that keep the index: what changed is indexed by the worker, after the change is saved."""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Literal

from django.db import connection, transaction
from django.utils import timezone

from search import vocabulary
from search.engines import beside_engine, database_engine
from search.engines.base import BATCH, Engine, EngineError
from search.models import IndexedRow
from search.models.rows import kept_row
from search.visibility import visible_pages

logger = logging.getLogger(__name__)

AT_ONCE = timedelta()
CLOCKS_DIFFER = timedelta(seconds=10)
TURN = 5_730_021  # the number of PostgreSQL's lock; any that nobody else takes
Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a page's rows: `changed` are kept anew, `old` is what they and `gone` were."""

    changed: Sequence[IndexedRow]
    gone: Sequence[IndexedRow]
    old: Sequence[IndexedRow]


# What other apps and the signals call -------------------------------------------------------------


def reindex_page(page_id: int) -> None:
    """Have the worker index a page anew, once what is being saved is saved."""
    reindex_pages([page_id])


def reindex_pages(page_ids: Iterable[int], *, within: timedelta = AT_ONCE) -> None:
    """Have the worker index pages anew, once what is being saved is saved.

    What changes at every stroke of a key may wait: all that is asked `within` that time is one run.
    """
    from search.tasks import ask  # a task needs these verbs

    wanted = set(page_ids)
    if wanted:
        transaction.on_commit(partial(ask, wanted, within))


def hide_pages(page_ids: Iterable[int], *, no_longer: Literal["live", "public"]) -> None:
    """Take pages out of every answer at once, in the transaction that hides them."""
    rows = IndexedRow.objects.filter(page_id__in=list(page_ids))
    rows.update(**{no_longer: False, "pending": True, "changed_at": timezone.now()})


# What the worker does -----------------------------------------------------------------------------


def index_page(page_id: int) -> None:
    """Bring the rows of one page, and the database's index of them, in line with the page."""
    write_rows(page_id, declared(page_id))


def write_rows(page_id: int, rows: Sequence[IndexedRow]) -> None:
    """Make these the rows of a page, and findable in the database."""
    with transaction.atomic():
        take_turns()
        change = store(page_id, rows)
        database = database_engine()
        database.index(change.changed)
        database.delete([row.pk for row in change.gone])
        vocabulary.adjust(vocabulary.words_of(change.old), vocabulary.words_of(change.changed))


def store(page_id: int, rows: Sequence[IndexedRow]) -> Change:
    """Keep the rows of a page; of those only what differs is written."""
    new = {row.key: row for row in rows}
    before = {row.key: row for row in IndexedRow.objects.filter(page_id=page_id)}
    old = {key: row for key, row in before.items() if not row.gone}
    changed = [
        row for key, row in new.items() if key not in old or row.values() != old[key].values()
    ]
    gone = [row for key, row in old.items() if key not in new]
    for row in changed:
        if row.key in before:
            row.pk = before[row.key].pk
        row.save()
    forget(gone)
    return Change(changed, gone, [*gone, *(old[row.key] for row in changed if row.key in old)])


def declared(page_id: int) -> list[IndexedRow]:
    """What the page declares of itself now; pages that readers may not see declare nothing."""
    page = visible_pages().filter(pk=page_id).first()
    declare = page and getattr(page.specific, "search_rows", None)
    return [kept_row(row) for row in declare()] if declare else []


def forget(rows: Sequence[IndexedRow]) -> None:
    """Remove rows; while an engine beside the database has them, only mark them."""
    chosen = IndexedRow.objects.filter(pk__in=[row.pk for row in rows])
    if beside_engine() is None:
        chosen.delete()
    else:
        chosen.update(gone=True, pending=True, changed_at=timezone.now())


def send_pending() -> int:
    """Send what the engine beside the database does not know yet; raises EngineError."""
    beside = beside_engine()
    if beside is None:
        IndexedRow.objects.filter(gone=True).delete()
        return 0
    sent = 0
    while rows := list(IndexedRow.objects.filter(pending=True).order_by("pk")[:BATCH]):
        beside.index([row for row in rows if not row.gone])
        beside.delete([row.pk for row in rows if row.gone])
        for row in rows:
            same = IndexedRow.objects.filter(pk=row.pk, changed_at=row.changed_at)
            same.filter(gone=True).delete()
            same.update(pending=False)
        sent += len(rows)
    return sent


def take_turns() -> None:
    """One writer at a time: SQLite sees to it alone, PostgreSQL until the transaction ends."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])


# What `manage.py rebuild_search` does -------------------------------------------------------------


def store_all(progress: Progress) -> None:
    """Read every page anew, and drop the rows of pages that are no more."""
    known = IndexedRow.objects.values_list("page_id", flat=True).distinct()
    wanted = sorted({*known, *visible_pages().values_list("pk", flat=True)})
    for number, page_id in enumerate(wanted, 1):
        with transaction.atomic():
            take_turns()
            store(page_id, declared(page_id))
        progress("pages read", number)


def rebuild(engine: Engine, progress: Progress) -> int:
    """Build an engine's index anew from the rows; searches go on in the old one meanwhile."""
    began = timezone.now() - CLOCKS_DIFFER
    indexed: set[int] = set()

    def batches() -> Iterator[list[IndexedRow]]:
        last = 0
        while batch := list(IndexedRow.objects.kept().filter(pk__gt=last).order_by("pk")[:BATCH]):
            yield batch
            last = batch[-1].pk
            indexed.update(row.pk for row in batch)
            progress(f"rows in {engine.name}", len(indexed))

    engine.rebuild(batches())
    engine.index(list(IndexedRow.objects.kept().filter(changed_at__gte=began)))
    kept = set(IndexedRow.objects.kept().values_list("pk", flat=True))
    engine.delete(sorted(indexed - kept))
    if engine == beside_engine():
        IndexedRow.objects.filter(gone=True, changed_at__lt=began).delete()
        IndexedRow.objects.filter(pending=True, changed_at__lt=began).update(pending=False)
        send_pending()
    return len(kept)


def recount_words(progress: Progress) -> None:
    counts: Counter[str] = Counter()
    rows = IndexedRow.objects.kept().iterator(chunk_size=BATCH)
    for number, row in enumerate(rows, 1):
        counts.update(vocabulary.words_of([row]))
        if number % BATCH == 0:
            progress("rows counted", number)
    with transaction.atomic():
        take_turns()
        vocabulary.replace_all(counts)


def send_or_wait() -> None:
    """Send what is pending; if the engine is down, the rows wait for the next change."""
    try:
        send_pending()
    except EngineError as error:
        logger.warning("The search engine did not take what changed; it waits: %s", error)
