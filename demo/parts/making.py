"""How parts make pages: only what is missing, known by its slug; what is there stays as it is."""

from collections.abc import Iterable
from typing import Any, TypeVar

from wagtail.models import Page

from core.models import PageLink, PageTopic, TopicPage

AnyPage = TypeVar("AnyPage", bound=Page)
Stream = list[tuple[str, Any]]


def ensure(model: type[AnyPage], parent: Page, slug: str, **fields: Any) -> tuple[AnyPage, bool]:
    """Return the page below `parent`, and whether it was made now."""
    found = model.objects.child_of(parent).filter(slug=slug).first()
    if found is not None:
        return found, False
    parts = {name: fields.pop(name) for name in list(fields) if isinstance(fields[name], Parts)}
    page = model(slug=slug, **fields)
    for name, rows in parts.items():
        setattr(page, name, rows.rows)
    parent.add_child(instance=page)
    page.save_revision().publish()
    parent.refresh_from_db()
    return model.objects.get(pk=page.pk), True


class Parts:
    """Rows of an inline panel, in order."""

    def __init__(self, rows: Iterable[Any]) -> None:
        self.rows = list(rows)
        for at, row in enumerate(self.rows):
            row.sort_order = at


def ensure_only(model: type[AnyPage], parent: Page, slug: str, **fields: Any) -> AnyPage:
    """The one page of a kind that may be there once, wherever an editor put it."""
    return model.objects.first() or ensure(model, parent, slug, **fields)[0]


def tie(page: Page, *slugs: str) -> None:
    """Link `page` with the pages of those slugs that are there."""
    for at, slug in enumerate(slugs):
        target = Page.objects.filter(slug=slug).exclude(pk=page.pk).first()
        if target:
            PageLink.objects.get_or_create(page=page, target=target, defaults={"sort_order": at})


def about(page: Page, *titles: str) -> None:
    """Give `page` the topics of those titles that are there."""
    for at, topic in enumerate(TopicPage.objects.filter(title__in=titles).order_by("title")):
        PageTopic.objects.get_or_create(page=page, topic=topic, defaults={"sort_order": at})


def republish(page: Page) -> None:
    """Topics and links are part of a page's revision: write one that holds them."""
    type(page).objects.get(pk=page.pk).save_revision().publish()


def remove_pages(model: type[Page], *slugs: str) -> None:
    for page in model.objects.filter(slug__in=slugs):
        page.delete()


def remove_empty(model: type[Page], *slugs: str) -> None:
    """Delete pages that hold nothing any more; what editors added below keeps its parent."""
    for page in model.objects.filter(slug__in=slugs):
        if not page.get_children().exists():
            page.delete()


def text(*paragraphs: str) -> tuple[str, str]:
    return "text", "".join(paragraph_of(each) for each in paragraphs)


def paragraph_of(words: str) -> str:
    return words if words.startswith("<") else f"<p>{words}</p>"
