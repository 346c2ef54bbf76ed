"""Two hundred pages in the time of a few: rows written straight into the tables."""

from collections.abc import Callable
from copy import copy
from typing import Any, TypeVar
from uuid import uuid4

from wagtail.models import Page

AnyPage = TypeVar("AnyPage", bound=Page)


def add_copies(
    page: AnyPage, count: int, change: Callable[[Any, int], None] | None = None
) -> list[AnyPage]:
    """Live copies beside `page`, each `change`d; links, topics and other rows are left out."""
    parent = page.get_parent()
    first = parent.numchild + 1
    copies = [placed(copy(page), parent, first + number, change) for number in range(count)]
    names = [field.attname for field in Page._meta.concrete_fields if field.attname != "id"]
    plain = [Page(**{name: getattr(each, name) for name in names}) for each in copies]
    for each, row in zip(copies, Page.objects.bulk_create(plain), strict=True):
        each.pk = each.id = row.pk
        each.save_base(raw=True, force_insert=True)
    Page.objects.filter(pk=parent.pk).update(numchild=first + count)
    return copies


def placed(
    page: AnyPage, parent: Page, number: int, change: Callable[[Any, int], None] | None
) -> AnyPage:
    page.path = Page._get_path(parent.path, page.depth, number)
    page.slug = f"{page.slug}-{number}"
    page.title = f"{page.title} {number}"
    page.url_path = f"{parent.url_path}{page.slug}/"
    page.translation_key = uuid4()
    if change:
        change(page, number)
    return page
