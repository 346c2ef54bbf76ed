"""What every template knows about the site; fetched only where a template asks for it."""

from dataclasses import dataclass, fields
from functools import lru_cache, partial
from typing import Any

from django.conf import settings
from django.db.models import IntegerField, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString
from wagtail.images import get_image_model
from wagtail.models import Page, Site

from core.models import NavigationItem, SiteSettings
from core.prepared import Prepared
from search.visibility import in_private_section

LOGO = "fill-56x56"


@dataclass(frozen=True, slots=True)
class NavigationLink:
    label: str
    url: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the editors chose in the settings."""

    name: str
    description: str
    notice: str
    accent: str
    accent_ink: str
    accent_dark: str
    accent_ink_dark: str
    footer: str
    contact_email: str
    contact_address: str


@dataclass(frozen=True, slots=True)
class SiteContext:
    """`logo` is the finished picture, or nothing."""

    settings: Chosen
    logo: SafeString
    navigation: tuple[NavigationLink, ...]
    footer_links: tuple[NavigationLink, ...]
    url: str
    is_search: bool


CHOSEN = [each.name for each in fields(Chosen)]
LOGO_STATE = ["file_hash", *(f"focal_point_{part}" for part in ("x", "y", "width", "height"))]
COLUMNS = [
    *("label", "place", "page__title", "page__url_path"),
    *(f"settings__{name}" for name in CHOSEN),
    *("settings__logo_id", *(f"settings__logo__{name}" for name in LOGO_STATE)),
]
ITEM = 4  # as many columns say what a link is; the others are the same in every row


def links_and_settings(site: Any) -> QuerySet:
    return NavigationItem.objects.filter(
        ~in_private_section("page__path"), settings__site=site, page__live=True
    ).values_list(*COLUMNS)


asked = Prepared(links_and_settings, IntegerField())


def site(request: HttpRequest) -> dict[str, Any]:
    return {"site": SimpleLazyObject(partial(site_context, request))}


def site_context(request: HttpRequest) -> SiteContext:
    """The settings come with the navigation in one query; a site without links takes two."""
    here = Site.find_for_request(request)
    rows = asked(here.pk) if here else []
    items = [row[:ITEM] for row in rows]
    chosen = rows[0][ITEM:] if rows else bare_settings(request)
    drawing = chosen[len(CHOSEN) :]
    return SiteContext(
        settings=Chosen(*chosen[: len(CHOSEN)]),
        logo=logo(*drawing) if drawing[0] else SafeString(""),
        navigation=links_at(NavigationItem.Place.MAIN, items, request),
        footer_links=links_at(NavigationItem.Place.FOOTER, items, request),
        url=settings.SITE_URL,
        is_search=request.path == reverse("search"),
    )


def bare_settings(request: HttpRequest) -> tuple[Any, ...]:
    found = SiteSettings.for_request(request)
    words = [getattr(found, name) for name in CHOSEN]
    return (*words, found.logo_id, *(getattr(found.logo, name, None) for name in LOGO_STATE))


@lru_cache(maxsize=16)
def logo(pk: int, *state: Any) -> SafeString:
    """The logo at its size, made once for every state of the picture."""
    picture = get_image_model().objects.get(pk=pk)
    drawn: SafeString = picture.get_rendition(LOGO).img_tag({"class": "masthead__mark", "alt": ""})
    return drawn


def links_at(
    place: str, items: list[tuple[Any, ...]], request: HttpRequest
) -> tuple[NavigationLink, ...]:
    """The editor's links at a place; the one above the current page is marked."""
    here, roots = Site.find_for_request(request), tuple(Site.get_site_root_paths())
    links = []
    for label, where, title, url_path in items:
        url = address(url_path, here, roots) if where == place else None
        if url:
            links.append(NavigationLink(label or title, url, request.path.startswith(url)))
    return tuple(links)


@lru_cache(maxsize=256)
def address(url_path: str, here: Site, roots: tuple[Any, ...]) -> str | None:
    """Where a page is found, as Wagtail says; `roots` are all that it goes by."""
    url: str | None = Page(url_path=url_path).get_url(current_site=here)
    return url
