"""Which pages readers may see; every list, feed, API and search asks here."""

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.utils import timezone
from wagtail.models import Page, PageManager, PageViewRestriction
from wagtail.query import PageQuerySet


def in_private_section(path: str = "path") -> Exists:
    """Whether a page, or one above it, is restricted, as part of the query for the page.

    Wagtail's own `public()` first reads all restrictions: one more query for every list.
    """
    restricted = PageViewRestriction.objects.alias(
        below=ExpressionWrapper(OuterRef(path), output_field=CharField())
    ).filter(below__startswith=F("page__path"))
    return Exists(restricted)


class SitePageQuerySet(PageQuerySet):
    def only(self, *fields: str) -> "SitePageQuerySet":
        """Whoever asks for bare columns, as the tree does when it deletes, gets just these."""
        return super(SitePageQuerySet, self.select_related(None)).only(*fields)

    def visible(self) -> "SitePageQuerySet":
        """Live, public and not expired.

        A page past its expiry counts as gone even before the worker takes it down.
        """
        unexpired = Q(expire_at__isnull=True) | Q(expire_at__gt=timezone.now())
        return self.live().filter(unexpired, ~in_private_section())


SitePageManager = PageManager.from_queryset(SitePageQuerySet)


def visible_pages() -> SitePageQuerySet:
    """Visible pages of every type."""
    return SitePageQuerySet(Page).visible()
