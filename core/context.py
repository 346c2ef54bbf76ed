"""What every template knows about the site; fetched only where a template asks for it."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from wagtail.models import Site

from core.models import NavigationItem, SiteSettings
from search.visibility import in_private_section


@dataclass(frozen=True, slots=True)
class NavigationLink:
    label: str
    url: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class SiteContext:
    settings: SiteSettings
    navigation: list[NavigationLink]
    footer_links: list[NavigationLink]
    url: str
    is_search: bool


def site(request: HttpRequest) -> dict[str, Any]:
    return {"site": SimpleLazyObject(partial(site_context, request))}


def site_context(request: HttpRequest) -> SiteContext:
    """The settings come with the navigation in one query; a site without links takes two."""
    here = Site.find_for_request(request)
    items = list(
        NavigationItem.objects.filter(
            ~in_private_section("page__path"), settings__site=here, page__live=True
        ).select_related("settings__logo", "page")
    )
    chosen = items[0].settings if items else SiteSettings.for_request(request)
    return SiteContext(
        settings=chosen,
        navigation=links_at(NavigationItem.Place.MAIN, items, request),
        footer_links=links_at(NavigationItem.Place.FOOTER, items, request),
        url=settings.SITE_URL,
        is_search=request.path == reverse("search"),
    )


def links_at(place: str, items: list[NavigationItem], request: HttpRequest) -> list[NavigationLink]:
    """The editor's links at a place; the one above the current page is marked."""
    links = []
    for item in items:
        url = item.page.get_url(request)
        if url and item.place == place:
            here = request.path.startswith(url)
            links.append(NavigationLink(item.label or item.page.title, url, here))
    return links
