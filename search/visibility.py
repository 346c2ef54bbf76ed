"""What readers may see now: the one definition, for search and for every list, feed and API."""

from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet


def in_private_section(path: str = "path") -> Exists:
    """Whether a page, or one above it, is restricted, as part of the query for the page.

    Wagtail's own `public()` first reads all restrictions: one more query for every list.
    """
    restricted = PageViewRestriction.objects.alias(
        below=ExpressionWrapper(OuterRef(path), output_field=CharField())
    ).filter(below__startswith=F("page__path"))
    return Exists(restricted)


def visible_now(now: Any = None) -> Q:
    """Live, public and not expired, as a condition on pages.

    A page past its expiry counts as gone even before the worker takes it down. `now` stands in
    for the time where a query is prepared before it is asked.
    """
    unexpired = Q(expire_at__isnull=True) | Q(expire_at__gt=now or timezone.now())
    return Q(~in_private_section(), unexpired, live=True)


def visible_pages() -> PageQuerySet:
    """Visible pages of every type, as plain pages."""
    return Page.objects.filter(visible_now())
