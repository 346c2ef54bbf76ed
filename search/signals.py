"""When pages change, so does what can be found."""

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import Page, PageViewRestriction
from wagtail.search.index import get_indexed_models
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from search.services import hide_pages, reindex_pages
from search.visibility import visible_pages


def connect() -> None:
    page_published.connect(published, dispatch_uid="search")
    page_unpublished.connect(unpublished, dispatch_uid="search")
    page_slug_changed.connect(moved, dispatch_uid="search")
    post_page_move.connect(moved, dispatch_uid="search")
    pre_delete.connect(deleted, dispatch_uid="search")
    post_save.connect(restricted, sender=PageViewRestriction, dispatch_uid="search")
    post_delete.connect(opened, sender=PageViewRestriction, dispatch_uid="search")


def leave_alone_wagtails_index() -> None:
    """The editors' search reads the tables themselves, so there is no index to write. Yet Wagtail
    would enqueue a task at every save, whatever AUTO_UPDATE says, unless a model says no. It asks
    in its own `ready`: `search` stands before `wagtail.search` in INSTALLED_APPS.
    """
    for model in get_indexed_models():
        model.search_auto_update = False


def published(instance: Page, **kwargs: Any) -> None:
    """A page may name others whose rows speak of it, by `search_dependents()`."""
    dependents = getattr(instance.specific, "search_dependents", list)
    reindex_pages([instance.pk, *dependents()])


def unpublished(instance: Page, **kwargs: Any) -> None:
    hide_pages([instance.pk], no_longer="live")
    published(instance)


def moved(instance: Page, **kwargs: Any) -> None:
    pages = below(instance)
    seen = set(visible_pages().filter(pk__in=pages).values_list("pk", flat=True))
    hide_pages(set(pages) - seen, no_longer="public")
    reindex_pages(pages)


def deleted(instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, Page):
        unpublished(instance)


def restricted(instance: PageViewRestriction, **kwargs: Any) -> None:
    pages = below(instance.page)
    hide_pages(pages, no_longer="public")
    reindex_pages(pages)


def opened(instance: PageViewRestriction, **kwargs: Any) -> None:
    page = Page.objects.filter(pk=instance.page_id).first()
    if page:  # not where the restriction goes because its page does
        reindex_pages(below(page))


def below(page: Page) -> list[int]:
    """A page and all below it, where they are now."""
    there = Page.objects.filter(path__startswith=page.path)
    return list(there.values_list("pk", flat=True))
