"""An episode for machines: schema.org with transcript and clips, and the way to it."""

import json
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from wagtail.models import Page

from core.timecodes import iso_duration
from episodes.models import EpisodePage
from episodes.plain import absolute
from episodes.said import Said

LICENCES = {"CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/"}
CAPTION_TYPES = {"vtt": "text/vtt", "srt": "application/x-subrip"}
# Beyond half an hour the words, which the page shows already, would double its weight.
LONGEST_INLINE = 30_000
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def structured(request: HttpRequest, episode: EpisodePage, words: Said) -> list[SafeString]:
    """JSON-LD, safe inside script elements: the talk, if it can be played, and the way to it."""
    if not episode.url:
        return []
    talk = media_object(request, episode, words)
    return [written(told) for told in (talk, breadcrumbs(episode)) if told]


def written(told: dict[str, Any]) -> SafeString:
    kept = {
        "@context": "https://schema.org",
        **{name: value for name, value in told.items() if value},
    }
    return SafeString(json.dumps(kept, ensure_ascii=False).translate(ESCAPES))


def media_object(request: HttpRequest, episode: EpisodePage, words: Said) -> dict[str, Any]:
    recording = episode.recording
    files = recording.files() if recording else []
    if recording is None or not files:
        return {}
    here = request.build_absolute_uri(episode.url)
    return {
        "@type": "VideoObject" if files[0].kind == "video" else "AudioObject",
        "@id": f"{here}#talk",
        "name": episode.title,
        "description": episode.said_first or episode.title,
        "url": here,
        "contentUrl": request.build_absolute_uri(files[0].url),
        "embedUrl": request.build_absolute_uri(reverse("embed", args=[episode.pk])),
        "encodingFormat": files[0].mime_type,
        "contentSize": str(files[0].size),
        "width": files[0].width,
        "height": files[0].height,
        "thumbnailUrl": picture(request, episode),
        "uploadDate": f"{episode.published_on.isoformat()}T12:00:00+00:00",
        "duration": iso_duration(episode.duration_ms),
        "inLanguage": "en-GB",
        "isAccessibleForFree": True,
        "isFamilyFriendly": True,
        "license": LICENCES.get(episode.licence, episode.licence),
        "transcript": words.text if len(words.text) <= LONGEST_INLINE else "",
        "caption": captions(request, episode) if words.starts else [],
        **around(request, episode),
        **moments(here, words, episode.duration_ms),
    }


def picture(request: HttpRequest, episode: EpisodePage) -> str:
    recording = episode.recording
    url = recording.picture_url("card.jpg") if recording else ""
    return request.build_absolute_uri(url) if url else ""


def around(request: HttpRequest, episode: EpisodePage) -> dict[str, Any]:
    """Who speaks, of what series it is part, and of what it is about."""
    album = episode.series
    series = album and {
        "@type": "CreativeWorkSeries",
        "name": album.title,
        "url": request.build_absolute_uri(album.url),
    }
    return {
        "isPartOf": series,
        "position": episode.number,
        "about": [{"@type": "Thing", "name": topic.title} for topic in episode.relations.topics],
        "actor": [
            {"@type": "Person", "name": person.title, "url": request.build_absolute_uri(person.url)}
            for person in episode.relations.people
        ],
    }


def captions(request: HttpRequest, episode: EpisodePage) -> list[dict[str, Any]]:
    """The words as files: whole, however long the talk is."""
    if episode.transcript is None:
        return []
    return [
        {
            "@type": "MediaObject",
            "encodingFormat": media_type,
            "inLanguage": episode.transcript.language,
            "contentUrl": request.build_absolute_uri(
                reverse("media:captions", args=[episode.transcript.pk, form])
            ),
        }
        for form, media_type in CAPTION_TYPES.items()
    ]


def moments(here: str, words: Said, duration_ms: int) -> dict[str, Any]:
    """Where a search engine may lead into the talk: its chapters, or any second without them."""
    clips_here = clips(here, words.chapters, duration_ms)
    seek = {
        "@type": "SeekToAction",
        "target": f"{here}?t={{seek_to_second_number}}",
        "startOffset-input": "required name=seek_to_second_number",
    }
    return {"hasPart": clips_here, "potentialAction": seek}


def clips(here: str, chapters: Sequence[tuple[int, str]], duration_ms: int) -> list[dict[str, Any]]:
    seconds = [start // 1000 for start, _ in chapters]
    ends = [*seconds, duration_ms // 1000][1:]
    return [
        {
            "@type": "Clip",
            "name": title,
            "startOffset": start,
            "endOffset": end,
            "url": f"{here}?t={start}",
        }
        for start, end, (_, title) in zip(seconds, ends, chapters, strict=False)
        if title and end > start
    ]


def breadcrumbs(page: Any) -> dict[str, Any]:
    """The way from the front page; nothing for a page right below it."""
    above: list[Page] = page.breadcrumbs()
    if not above:
        return {}
    steps = [("Home", "/"), *((crumb.title, crumb.url) for crumb in [*above, page])]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": at, "name": name, "item": absolute(url)}
            for at, (name, url) in enumerate(steps, 1)
        ],
    }
