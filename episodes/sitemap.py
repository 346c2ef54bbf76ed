"""The sitemap: every page that readers may see, and with a talk its film, as Google reads it.

A file holds at most 50,000 addresses; beyond that the address is an index of files.
"""

from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from core.models import visible_pages
from episodes.models import EpisodePage
from episodes.plain import absolute, plain
from episodes.topics import topic_titles
from media.models import Recording, Rendition

MOST = 50_000
LONGEST_S, LONGEST_TITLE, LONGEST_TEXT, MOST_TAGS = 28_800, 100, 2_048, 32


@dataclass(frozen=True, slots=True)
class Video:
    thumbnail: str
    title: str
    description: str
    content: str
    player: str
    seconds: int
    published: str
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Address:
    location: str
    changed: datetime | None
    video: Video | None


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    pages = listed(request)
    files = max(1, ceil(pages.count() / MOST))
    asked = request.GET.get("p", "")
    is_number = asked.isascii() and asked.isdecimal() and len(asked) < 10
    if asked and not (is_number and 1 <= int(asked) <= files):
        raise Http404("There is no such part of the sitemap.")
    if files > 1 and not asked:
        parts = [absolute(f"{reverse('sitemap')}?p={at}") for at in range(1, files + 1)]
        return xml(request, "sitemap_index.xml", {"parts": parts})
    start = (int(asked or 1) - 1) * MOST
    return xml(request, "sitemap.xml", {"addresses": addresses(request, pages, start)})


def xml(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    response = render(request, f"sitemaps/{template}", context, content_type="application/xml")
    response["X-Robots-Tag"] = "noindex, noodp, noarchive"
    response["Cache-Control"] = "public, max-age=600"
    return response


def listed(request: HttpRequest) -> Any:
    site = Site.find_for_request(request)
    if site is None:
        return Page.objects.none()
    return visible_pages().descendant_of(site.root_page, inclusive=True).order_by("path")


def addresses(request: HttpRequest, pages: Any, start: int) -> list[Address]:
    """Bare pages are enough for addresses: no query a type, none a page."""
    here = list(pages[start : start + MOST])
    videos = videos_of(here[0].path, here[-1].path) if here else {}
    return [
        Address(url, page.last_published_at, videos.get(page.pk))
        for page in here
        if (url := page.get_full_url(request))
    ]


def videos_of(first: str, last: str) -> dict[int, Video]:
    """Films by page, from one place in the tree to another: those that have a still, which a video
    entry cannot be without."""
    episodes = EpisodePage.objects.visible().filter(
        recording__poster__isnull=False, path__gte=first, path__lte=last
    )
    found = list(episodes.prefetch_related("recording__renditions"))
    topics = topic_titles(episode.pk for episode in found)
    return {
        episode.pk: video(episode, recording, films[0], topics.get(episode.pk, ()))
        for episode in found
        if (recording := episode.recording)
        and (films := [item for item in recording.files() if item.kind == "video"])
    }


def video(
    episode: EpisodePage, recording: Recording, film: Rendition, topics: tuple[str, ...]
) -> Video:
    said = episode.said_first or episode.title
    return Video(
        thumbnail=absolute(recording.picture_url("card.jpg")),
        title=plain(episode.title)[:LONGEST_TITLE],
        description=plain(said)[:LONGEST_TEXT],
        content=absolute(film.url),
        player=absolute(reverse("embed", args=[episode.pk])),
        seconds=min(LONGEST_S, round(episode.duration_ms / 1000)),
        published=f"{episode.published_on.isoformat()}T12:00:00+00:00",
        tags=tuple(plain(topic) for topic in topics[:MOST_TAGS]),
    )
