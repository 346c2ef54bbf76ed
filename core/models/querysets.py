"""Pages that readers may see, as lists ask for them; the rule itself is `search.visibility`."""

from typing import Any

from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

from search.visibility import visible_now


class SitePageQuerySet(PageQuerySet):
    def only(self, *fields: str) -> "SitePageQuerySet":
        """Whoever asks for bare columns, as the tree does when it deletes, gets just these."""
        return super(SitePageQuerySet, self.select_related(None)).only(*fields)

    def visible(self, now: Any = None) -> "SitePageQuerySet":
        return self.filter(visible_now(now))


SitePageManager = PageManager.from_queryset(SitePageQuerySet)


def visible_pages(now: Any = None) -> SitePageQuerySet:
    """Visible pages of every type."""
    return SitePageQuerySet(Page).visible(now)
