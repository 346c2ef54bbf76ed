"""Feeds and chapters as answers; whoever has the newest already is told so in no bytes."""

import hashlib
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from django.templatetags.static import static
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe
from wagtail.models import PageLogEntry

from core.models import SiteSettings
from episodes.feeds.items import CHAPTERS_TYPE, item, told
from episodes.feeds.podcast import Element, PodcastFeed, feed_guid
from episodes.feeds.scopes import FILM, LIBRARY, NEWS, SERIES, Scope, scope
from episodes.models import EpisodePage
from episodes.plain import absolute, plain
from media.models import Transcript

NEWEST, ALL = 50, 1_000
TEN_MINUTES = "public, max-age=600"
PICTURE = "img/podcast.png"


@require_safe
def feed(
    request: HttpRequest, kind: str = LIBRARY, key: str = "", form: str = NEWS
) -> HttpResponseBase:
    about = scope(kind, key, form)
    chosen = SiteSettings.for_request(request)
    written = channel(about, chosen)
    episodes = told(about.episodes(), NEWEST if form == NEWS else ALL)
    for episode in episodes.episodes:
        if (fields := item(episode, episodes, form)) is not None:
            written.add_item(**fields)
    response = HttpResponse(content_type=written.content_type)
    written.write(response, "utf-8")
    return conditional(request, response, last_change())


def channel(about: Scope, chosen: SiteSettings) -> PodcastFeed:
    url = absolute(about.url)
    summary = (about.page.summary if about.page else "") or chosen.description
    title = plain(about.title(chosen.name))
    return PodcastFeed(
        title=title,
        link=absolute(about.page.url if about.page else "/"),
        description=plain(summary) or title,
        language="en-gb",
        feed_url=url,
        more=[*described(about, chosen), Element("podcast:guid", feed_guid(url))],
    )


def described(about: Scope, chosen: SiteSettings) -> list[Element]:
    name = plain(chosen.name)
    owner = (Element("itunes:name", name), Element("itunes:email", chosen.contact_email))
    order = "serial" if about.kind == SERIES else "episodic"
    return [
        Element("itunes:author", name),
        Element("itunes:image", attributes={"href": absolute(static(PICTURE))}),
        Element("itunes:category", attributes={"text": "Education"}),
        Element("itunes:explicit", "false"),
        Element("itunes:type", order),
        *([Element("itunes:owner", inside=owner)] if chosen.contact_email else []),
        Element("podcast:locked", "no"),
        Element("podcast:medium", "video" if about.form == FILM else "podcast"),
    ]


@require_safe
def chapters(request: HttpRequest, key: int) -> HttpResponseBase:
    """Chapters of a talk for podcast players: JSON Chapters 1.2."""
    episode = get_object_or_404(EpisodePage.objects.visible(), pk=key)
    here = absolute(episode.url)
    starts = sorted(episode.chapter_starts)
    ends = [*(start for start, _ in starts[1:]), episode.duration_ms] if starts else []
    described: dict[str, Any] = {
        "version": "1.2.0",
        "title": episode.title,
        "chapters": [
            {
                "startTime": start / 1000,
                "title": title,
                "url": f"{here}?t={start // 1000}",
                **({"endTime": end / 1000} if end > start else {}),
            }
            for (start, title), end in zip(starts, ends, strict=True)
        ],
    }
    response = JsonResponse(described, content_type=CHAPTERS_TYPE)
    return conditional(request, response, episode.last_published_at)


def last_change() -> datetime | None:
    """When anything was published, taken down, moved or closed, or words changed: what a feed
    leaves out counts as well as what it tells."""
    pages = PageLogEntry.objects.aggregate(at=Max("timestamp"))["at"]
    words = Transcript.objects.aggregate(at=Max("updated_at"))["at"]
    return max((at for at in (pages, words) if at is not None), default=None)


def conditional(
    request: HttpRequest, response: HttpResponse, changed: datetime | None
) -> HttpResponseBase:
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    response["Cache-Control"] = TEN_MINUTES
    response["Access-Control-Allow-Origin"] = "*"  # players of the web read feeds with scripts
    if changed is None:
        return get_conditional_response(request, etag=etag, response=response) or response
    response.headers["Last-Modified"] = http_date(changed.timestamp())
    return (
        get_conditional_response(
            request, etag=etag, last_modified=int(changed.timestamp()), response=response
        )
        or response
    )
