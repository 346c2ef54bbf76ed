"""What every template knows about the site; fetched only where a template asks for it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from core.models import SiteSettings
from core.models.querysets import in_private_section


@dataclass(frozen=True, slots=True)
class NavigationLink:
    label: str
    url: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class SiteContext:
    settings: SiteSettings
    navigation: list[NavigationLink]
    url: str


def site(request: HttpRequest) -> dict[str, Any]:
    load: Callable[[], SiteContext] = lambda: site_context(request)  # noqa: E731  (one lazy read)
    return {"site": SimpleLazyObject(load)}


def site_context(request: HttpRequest) -> SiteContext:
    chosen = SiteSettings.for_request(request)
    return SiteContext(
        settings=chosen, navigation=navigation(chosen, request), url=settings.SITE_URL
    )


def navigation(chosen: SiteSettings, request: HttpRequest) -> list[NavigationLink]:
    """The editor's links, visible pages only; the one above the current page is marked."""
    items = chosen.navigation.select_related("page").filter(
        ~in_private_section("page__path"), page__live=True
    )
    links = []
    for item in items:
        url = item.page.get_url(request)
        if url:
            here = request.path.startswith(url)
            links.append(NavigationLink(item.label or item.page.title, url, here))
    return links
