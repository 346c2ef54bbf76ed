"""An episode for machines: schema.org with transcript and clips."""

import json
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString

from core.timecodes import iso_duration
from episodes.models import EpisodePage
from episodes.said import Said

LICENCES = {"CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/"}
CAPTION_TYPES = {"vtt": "text/vtt", "srt": "application/x-subrip"}
# Beyond half an hour the words, which the page shows already, would double its weight.
LONGEST_INLINE = 30_000
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def video_object(request: HttpRequest, episode: EpisodePage, words: Said) -> SafeString:
    """JSON-LD, safe inside a script element; empty without a recording."""
    recording = episode.recording
    files = recording.files() if recording else []
    if recording is None or not files:
        return SafeString("")
    here = request.build_absolute_uri(episode.url)
    described: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "VideoObject" if files[0].kind == "video" else "AudioObject",
        "name": episode.title,
        "description": episode.said_first,
        "url": here,
        "contentUrl": request.build_absolute_uri(files[0].url),
        "encodingFormat": files[0].mime_type,
        "uploadDate": episode.published_on.isoformat(),
        "duration": iso_duration(episode.duration_ms),
        "inLanguage": "en-GB",
        "isAccessibleForFree": True,
        "license": LICENCES.get(episode.licence, episode.licence),
        "transcript": words.text if len(words.text) <= LONGEST_INLINE else "",
        "caption": captions(request, episode),
    }
    if recording.poster_id:
        described["thumbnailUrl"] = request.build_absolute_uri(recording.picture_url("card.jpg"))
    if episode.series is not None:
        described["isPartOf"] = {"@type": "CreativeWorkSeries", "name": episode.series.title}
    described["hasPart"] = clips(here, words.chapters, episode.duration_ms)
    kept = {name: value for name, value in described.items() if value}
    return SafeString(json.dumps(kept, ensure_ascii=False).translate(ESCAPES))


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
        if title
    ]
