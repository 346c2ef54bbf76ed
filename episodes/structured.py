"""An episode for machines: schema.org with transcript and clips."""

import json
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString

from core.timecodes import iso_duration
from episodes.models import EpisodePage
from episodes.transcript import Chapter

LICENCES = {"CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/"}
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def video_object(
    request: HttpRequest, episode: EpisodePage, chapters: Sequence[Chapter]
) -> SafeString:
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
        "transcript": "\n".join(words(chapters)),
    }
    if recording.poster_id:
        described["thumbnailUrl"] = request.build_absolute_uri(recording.picture_url("card.jpg"))
    if episode.series is not None:
        described["isPartOf"] = {"@type": "CreativeWorkSeries", "name": episode.series.title}
    described["hasPart"] = clips(here, chapters, episode.duration_ms)
    kept = {name: value for name, value in described.items() if value}
    return SafeString(json.dumps(kept, ensure_ascii=False).translate(ESCAPES))


def words(chapters: Sequence[Chapter]) -> list[str]:
    return [paragraph.text for chapter in chapters for paragraph in chapter.paragraphs]


def clips(here: str, chapters: Sequence[Chapter], duration_ms: int) -> list[dict[str, Any]]:
    ends = [*(chapter.seconds for chapter in chapters), duration_ms // 1000][1:]
    return [
        {
            "@type": "Clip",
            "name": chapter.title,
            "startOffset": chapter.seconds,
            "endOffset": end,
            "url": f"{here}?t={chapter.seconds}",
        }
        for chapter, end in zip(chapters, ends, strict=False)
        if chapter.title
    ]
