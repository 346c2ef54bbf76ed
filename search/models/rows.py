"""Every row that can be found: the source from which any engine's index can be rebuilt."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Q

from search.passages import Mark
from search.rows import Row
from search.snippets import without_title
from search.visibility import visible_pages
from search.words import composed, words

MOST_TITLE = 300


class IndexedRowQuerySet(models.QuerySet["IndexedRow"]):
    def visible(self) -> "IndexedRowQuerySet":
        """Rows that readers may see now: by their own state, and by that of their page."""
        return self.kept().filter(live=True, public=True, page_id__in=visible_pages().values("pk"))

    def visible_in_bulk(self, ids: Iterable[int]) -> "dict[int, IndexedRow]":
        """Of these few rows those that readers may see now; asks after their pages alone, where
        `visible` has the database look at every page."""
        rows = self.kept().filter(live=True, public=True).in_bulk(list(ids))
        pages = visible_pages().filter(pk__in={row.page_id for row in rows.values()})
        seen = set(pages.values_list("pk", flat=True))
        return {pk: row for pk, row in rows.items() if row.page_id in seen}

    def kept(self) -> "IndexedRowQuerySet":
        return self.filter(gone=False)

    def hidden_pages(self) -> list[int]:
        """Pages that have rows, of which readers may see none now."""
        seen = visible_pages().values("pk")
        hidden = self.exclude(live=True, public=True, gone=False, page_id__in=seen)
        return sorted(hidden.values_list("page_id", flat=True).distinct())

    def pages(self) -> "IndexedRowQuerySet":
        """All but spoken moments."""
        return self.filter(start_ms=None)


class IndexedRow(models.Model):
    """`search.rows.Row` as it is kept. Its page is no foreign key: a row outlives its page until
    every engine has forgotten it, and no reader sees it meanwhile.

    `pending` rows wait to be sent to the engine beside the database, or where `gone` to be removed
    from it; `python manage.py search_health` counts them.
    """

    key = models.CharField(max_length=80, unique=True)
    page_id = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    start_ms = models.IntegerField(null=True, blank=True)
    end_ms = models.IntegerField(null=True, blank=True)
    date = models.DateField(null=True, blank=True)
    sample = models.BooleanField(default=False)
    live = models.BooleanField(default=True)
    public = models.BooleanField(default=True)
    gone = models.BooleanField(default=False)
    pending = models.BooleanField(default=True)
    changed_at = models.DateTimeField(auto_now=True, db_index=True)
    facets = models.JSONField(default=dict)
    title_words = models.CharField(max_length=MOST_TITLE + 2, blank=True)
    title = models.CharField(max_length=MOST_TITLE)
    url = models.CharField(max_length=2000)
    code = models.CharField(max_length=40, blank=True)
    speaker = models.CharField(max_length=500, blank=True)
    meta = models.JSONField(default=list)
    marks = models.JSONField(default=list)
    lead = models.IntegerField(default=0)
    body = models.TextField(blank=True)

    objects = IndexedRowQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["page_id", "live", "public", "gone"], name="search_page_state"),
            models.Index(fields=["title_words"], condition=Q(start_ms=None), name="search_titles"),
            models.Index(fields=["pending"], condition=Q(pending=True), name="search_pending"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def is_moment(self) -> bool:
        return self.start_ms is not None

    def cue_marks(self) -> list[Mark]:
        return [Mark(*mark) for mark in self.marks]

    def values(self) -> dict[str, Any]:
        """What is kept of a row, to tell whether it changed."""
        return {name: getattr(self, name) for name in KEPT}


KEPT = (
    *("key", "page_id", "kind", "start_ms", "end_ms", "date", "sample", "live", "public"),
    *("facets", "title_words", "title", "url", "code", "speaker", "meta", "marks", "lead", "body"),
)


AS_DECLARED = (
    *("key", "page_id", "kind", "url", "start_ms", "end_ms", "date", "sample", "live", "public"),
)


def kept_row(row: Row) -> IndexedRow:
    """A row as it is stored: printable text in one form, lengths that fit."""
    title = composed(row.title)[:MOST_TITLE]
    body = composed(row.body)
    if row.start_ms is None:
        body = without_title(body, title)
    same = len(body) == len(row.body)

    def place(offset: int) -> int:
        return offset if same else len(composed(row.body[:offset]))

    return IndexedRow(
        **{name: getattr(row, name) for name in AS_DECLARED},
        facets={name: [composed(label) for label in labels] for name, labels in row.facets.items()},
        title_words="" if row.start_ms is not None else title_words(title),
        title=title,
        code=composed(row.code)[:40],
        speaker=composed(row.speaker)[:500],
        meta=[composed(fact) for fact in row.meta],
        marks=[[place(mark.offset), mark.start_ms, composed(mark.speaker)] for mark in row.marks],
        lead=place(row.lead),
        body=body,
    )


def title_words(title: str) -> str:
    """Words of a title, each with a space before it: ` lis` finds those that begin so."""
    return "".join(f" {word}" for word in words(title))[:MOST_TITLE]
