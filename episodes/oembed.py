"""oEmbed: what another site needs to show a talk whose address somebody pasted (oembed.com)."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    QueryDict,
)
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_safe
from wagtail.models import Site

from core.models import SiteSettings
from episodes.embed import frame, start_of
from episodes.models import EpisodePage
from episodes.plain import absolute, plain

DAY = 24 * 60 * 60
CARD = (1200, 630)
TYPES = {"video": "video", "audio": "rich"}


class Refused(Exception):
    """Why there is no answer; the specification gives each reason its status."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status


@require_safe
def oembed(request: HttpRequest) -> HttpResponseBase:
    try:
        write = writer(request.GET.get("format", "json"))
        limits = limit(request.GET, "maxwidth"), limit(request.GET, "maxheight")
        episode, start = talk_at(request, request.GET.get("url", ""))
        response = write(described(request, episode, start, limits))
        response["Cache-Control"] = "public, max-age=600"
    except Refused as refused:
        response = HttpResponse(str(refused), status=refused.status, content_type="text/plain")
    response["Access-Control-Allow-Origin"] = "*"
    return response


def limit(query: QueryDict, name: str) -> int | None:
    asked = query.get(name, "")
    if not asked:
        return None
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 6 and int(asked)):
        raise Refused(400, f"{name} is a number of pixels.")
    return int(asked)


def talk_at(request: HttpRequest, url: str) -> tuple[EpisodePage, int]:
    """The talk that has this address, and the second that the address names."""
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise Refused(404, "There is no talk at this address.") from error
    site = Site.find_for_request(request)
    ours = {urlsplit(settings.SITE_URL).netloc, request.get_host(), site.hostname if site else ""}
    if site is None or parts.scheme not in ("http", "https") or parts.netloc not in ours:
        raise Refused(404, "There is no talk at this address.")
    path = f"{site.root_page.url_path}{parts.path.strip('/')}/"
    episode = EpisodePage.objects.live().filter(url_path=path).first() if path.isascii() else None
    if episode is None:
        raise Refused(404, "There is no talk at this address.")
    if not EpisodePage.objects.visible().filter(pk=episode.pk).exists():
        raise private_or_gone(episode)
    return episode, start_of(episode, QueryDict(parts.query).get("t", ""))


def private_or_gone(episode: EpisodePage) -> Refused:
    """A closed page asks every visitor for a password or a login, and so do we; one that is past
    its last day is gone."""
    if episode.get_view_restrictions().exists():
        return Refused(401, "This talk is not for everybody.")
    return Refused(404, "There is no talk at this address.")


def described(
    request: HttpRequest, episode: EpisodePage, start: int, limits: tuple[int | None, int | None]
) -> dict[str, Any]:
    name = SiteSettings.for_request(request).name
    recording = episode.recording
    if recording is not None:
        prefetch_related_objects([recording], "renditions")
    files = recording.files() if recording else []
    about: dict[str, Any] = {
        "version": "1.0",
        "type": TYPES[files[0].kind] if files else "link",
        "title": plain(episode.title),
        "provider_name": plain(name),
        "provider_url": absolute("/"),
        "cache_age": DAY,
    }
    if recording is not None and recording.poster_id and fits(limits):
        about["thumbnail_url"] = absolute(recording.picture_url("card.jpg"))
        about["thumbnail_width"], about["thumbnail_height"] = CARD
    if files:
        size = frame(files[0].kind, *limits)
        html = player_html(episode, start, size.width, size.height)
        about |= {"html": html, "width": size.width, "height": size.height}
    return about


def fits(limits: tuple[int | None, int | None]) -> bool:
    """A thumbnail, too, must lie within the limits; it is left out where it does not."""
    return all(most is None or side <= most for side, most in zip(CARD, limits, strict=True))


def player_html(episode: EpisodePage, start: int, width: int, height: int) -> str:
    url = absolute(reverse("embed", args=[episode.pk]))
    return format_html(
        '<iframe src="{}" width="{}" height="{}" title="{}" frameborder="0" loading="lazy"'
        ' allow="fullscreen; picture-in-picture" allowfullscreen></iframe>',
        f"{url}?t={start}" if start else url,
        width,
        height,
        plain(episode.title),
    )


def as_json(about: dict[str, Any]) -> HttpResponse:
    return JsonResponse(about, content_type="application/json; charset=utf-8")


def as_xml(about: dict[str, Any]) -> HttpResponse:
    inside = "".join(f"<{name}>{escape(str(value))}</{name}>" for name, value in about.items())
    return HttpResponse(
        f'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<oembed>{inside}</oembed>',
        content_type="text/xml; charset=utf-8",
    )


WRITERS = {"json": as_json, "xml": as_xml}


def writer(form: str) -> Callable[[dict[str, Any]], HttpResponse]:
    if form not in WRITERS:
        raise Refused(501, "Ask for the format json or xml.")
    return WRITERS[form]


def discovery(url: str) -> list[tuple[str, str]]:
    """Media type and address for the head of a page, so that nobody needs to know ours."""
    address = absolute(reverse("oembed"))
    return [
        ("application/json+oembed", f"{address}?{urlencode({'url': url, 'format': 'json'})}"),
        ("text/xml+oembed", f"{address}?{urlencode({'url': url, 'format': 'xml'})}"),
    ]
