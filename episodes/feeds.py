"""RSS of new episodes, of the whole library or of one series."""

import datetime as dt

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.feedgenerator import Enclosure, Rss201rev2Feed
from django.views.decorators.http import require_safe

from core.models import SiteSettings
from core.models.querysets import SitePageQuerySet
from episodes.models import EpisodePage, SeriesPage

NEWEST = 50
NOON = dt.time(12, tzinfo=dt.UTC)


def episodes_for(slug: str = "") -> SitePageQuerySet:
    found = EpisodePage.objects.visible().order_by("-published_on", "-pk")
    if slug:
        found = found.filter(series__slug=slug, series__in=SeriesPage.objects.visible())
    return found


@require_safe
def newest(request: HttpRequest) -> HttpResponse:
    name = SiteSettings.for_request(request).name
    description = "Short episodes from schools, added to every week."
    return answer(request, f"{name}: new episodes", description, "/", episodes_for())


@require_safe
def series(request: HttpRequest, slug: str) -> HttpResponse:
    album = get_object_or_404(SeriesPage.objects.visible(), slug=slug)
    name = SiteSettings.for_request(request).name
    return answer(request, f"{name}: {album.title}", album.summary, album.url, episodes_for(slug))


def answer(
    request: HttpRequest, title: str, description: str, link: str, episodes: SitePageQuerySet
) -> HttpResponse:
    feed = Rss201rev2Feed(
        title=title,
        link=absolute(link),
        description=description or title,
        language="en-gb",
        feed_url=absolute(request.path),
    )
    for episode in episodes.prefetch_related("recording__renditions")[:NEWEST]:
        add(feed, episode)
    response = HttpResponse(content_type="application/rss+xml; charset=utf-8")
    response["Cache-Control"] = "public, max-age=600"
    feed.write(response, "utf-8")
    return response


def add(feed: Rss201rev2Feed, episode: EpisodePage) -> None:
    """The number of a page that never changes is its guid, whatever becomes of its address."""
    feed.add_item(
        title=" ".join(part for part in (episode.code, episode.title) if part),
        link=absolute(episode.url),
        description=episode.summary or episode.title,
        unique_id=f"urn:uuid:{episode.translation_key}",
        unique_id_is_permalink=False,
        pubdate=dt.datetime.combine(episode.published_on, NOON),
        updateddate=episode.last_published_at,
        enclosures=enclosures(episode),
    )


def enclosures(episode: EpisodePage) -> list[Enclosure]:
    """The sound, which every podcast player plays; else the film. RSS allows one."""
    files = episode.recording.files(sound_only=True) if episode.recording else []
    return [Enclosure(absolute(item.url), str(item.size), item.mime_type) for item in files[:1]]


def absolute(url: str) -> str:
    return url if url.startswith("http") else f"{settings.SITE_URL}{url}"
