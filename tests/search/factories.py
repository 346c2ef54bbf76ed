"""Pages with words and talks, indexed as the worker would."""

from collections.abc import Sequence
from typing import Any

from wagtail.models import Page

from home.models import StandardPage
from search.models import IndexedRow
from search.models.rows import kept_row
from search.passages import passages
from search.rows import Row
from search.services import send_pending, write_rows
from tests.factories import make_home, make_page

Spoken = tuple[int, int, str, str]


def make_talk(title: str, cues: Sequence[Spoken], summary: str = "", **fields: Any) -> StandardPage:
    """A live page found by its title and by what is said in it."""
    page = make_page(StandardPage, make_home(), title=title, summary=summary)
    facets = fields.pop("facets", {})
    moments = [
        Row(
            key=f"moment:{page.pk}:{each.start_ms}",
            page_id=page.pk,
            kind="moment",
            title=title,
            url=f"{page.url}?t={each.start_ms // 1000}",
            body=each.text,
            lead=each.lead,
            marks=each.marks,
            speaker=each.speaker,
            start_ms=each.start_ms,
            end_ms=each.end_ms,
            facets=facets,
        )
        for each in passages(cues)
    ]
    index_rows(page, [about(page, summary, facets=facets, **fields), *moments])
    return page


def make_found(title: str, body: str = "", parent: Page | None = None, **fields: Any) -> Page:
    """A live page that is found by its title and its words."""
    page: Page = make_page(StandardPage, parent or make_home(), title=title)
    index_rows(page, [about(page, body, **fields)])
    return page


def about(page: Page, body: str = "", **fields: Any) -> Row:
    values = {"kind": "page", "title": page.title, "url": page.url, "body": body, **fields}
    return Row(key=f"page:{page.pk}", page_id=page.pk, **values)


def index_rows(page: Page, rows: Sequence[Row]) -> None:
    write_rows(page.pk, [kept_row(row) for row in rows])
    send_pending()


def rows_of(page: Page) -> "list[IndexedRow]":
    return list(IndexedRow.objects.filter(page_id=page.pk).order_by("pk"))
