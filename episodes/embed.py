"""The player alone, for other sites to show in a frame: no script, no cookie, one link back.

Its address holds the number of the page, so that what others embedded stays when a talk moves.
"""

from dataclasses import dataclass
from typing import Any

from csp.decorators import csp
from django.conf import settings
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from core.models import SiteSettings
from core.timecodes import parse_seconds
from episodes.models import EpisodePage
from episodes.plain import absolute

BAR, SOUND_HEIGHT = 56, 168
WIDEST = 640


@dataclass(frozen=True, slots=True)
class Frame:
    """The size that the player takes in somebody else's page."""

    width: int
    height: int


@require_safe
@xframe_options_exempt
@csp(settings.EMBED_CONTENT_SECURITY_POLICY)
def embed(request: HttpRequest, key: int) -> HttpResponse:
    episode = get_object_or_404(EpisodePage.objects.visible(), pk=key)
    start = start_of(episode, request.GET.get("t", ""))
    response = render(
        request,
        "pages/embed.html",
        {
            "page": episode,
            "name": SiteSettings.for_request(request).name,
            "url": f"{absolute(episode.url)}?t={start}" if start else absolute(episode.url),
            **playing(episode, start),
        },
    )
    response["Cache-Control"] = "public, max-age=600"
    return response


def playing(episode: EpisodePage, start: int) -> dict[str, Any]:
    recording = episode.recording
    if recording is None:
        return {"kind": "", "sources": []}
    prefetch_related_objects([recording], "renditions")
    files = recording.files()
    at = f"#t={start}" if start else ""
    transcript = episode.transcript
    return {
        "kind": files[0].kind if files else "",
        "sources": [(f"{item.url}{at}", item.mime_type) for item in files],
        "captions": reverse("media:captions", args=[transcript.pk, "vtt"]) if transcript else "",
        "poster": recording.picture_url(),
    }


def start_of(episode: EpisodePage, asked: str) -> int:
    """The second to begin at; what is no time, or past the end, is the beginning."""
    seconds = parse_seconds(asked) or 0
    return seconds if not episode.duration_ms or seconds * 1000 < episode.duration_ms else 0


def frame(kind: str, most_wide: int | None, most_high: int | None) -> Frame:
    """The largest frame within both limits; a film keeps its shape above the bar."""
    width = min(WIDEST, most_wide or WIDEST)
    if kind == "audio":
        return Frame(width, min(SOUND_HEIGHT, most_high or SOUND_HEIGHT))
    height = round(width * 9 / 16) + BAR
    if most_high is not None and height > most_high:
        height = most_high
        width = min(width, max(1, (most_high - BAR) * 16 // 9)) if most_high > BAR else width
    return Frame(width, height)
