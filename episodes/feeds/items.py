"""An episode as an item of a feed."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.feedgenerator import Enclosure

from core.models import PagePerson, PersonPage
from episodes.feeds.podcast import Element, licence
from episodes.feeds.scopes import FILM, SOUND
from episodes.models import EpisodePage
from episodes.plain import absolute, plain
from episodes.topics import topic_titles
from media.models import Rendition, Transcript

NOON = dt.time(12, tzinfo=dt.UTC)
CHAPTERS_TYPE = "application/json+chapters"
CAPTIONS = {"vtt": "text/vtt", "srt": "application/x-subrip"}


@dataclass(frozen=True, slots=True)
class Told:
    """Episodes with what a feed tells of each, read in a fixed number of queries."""

    episodes: list[EpisodePage]
    topics: dict[int, tuple[str, ...]]
    people: dict[int, list[PersonPage]]


def told(episodes: Any, newest: int) -> Told:
    english = Transcript.objects.filter(language="en", cues__isnull=False).distinct()
    files = ("recording__renditions", Prefetch("recording__transcripts", english, to_attr="heard"))
    found = list(episodes.prefetch_related(*files)[:newest])
    keys = [episode.pk for episode in found]
    return Told(found, topic_titles(keys), people_of(keys))


def people_of(page_ids: Sequence[int]) -> dict[int, list[PersonPage]]:
    rows = PagePerson.objects.filter(
        page_id__in=page_ids, person__in=PersonPage.objects.visible()
    ).select_related("person")
    found: dict[int, list[PersonPage]] = {}
    for row in rows.order_by("sort_order", "pk"):
        found.setdefault(row.page_id, []).append(row.person)
    return found


def item(episode: EpisodePage, about: Told, form: str) -> dict[str, Any] | None:
    """None where the feed is to be heard or watched, and the episode has no such file.

    The key of the page that every copy of it keeps is the guid, whatever becomes of its address.
    """
    files = files_for(episode, form)
    if not files and form in (SOUND, FILM):
        return None
    people = about.people.get(episode.pk, [])
    return {
        "title": plain(" ".join(part for part in (episode.code, episode.title) if part)),
        "link": absolute(episode.url),
        "description": plain(episode.summary or episode.title),
        "unique_id": f"urn:uuid:{episode.translation_key}",
        "unique_id_is_permalink": False,
        "pubdate": dt.datetime.combine(episode.published_on, NOON),
        "updateddate": episode.last_published_at,
        "categories": [plain(topic) for topic in about.topics.get(episode.pk, ())],
        "enclosures": [
            Enclosure(absolute(file.url), str(file.size), file.mime_type) for file in files[:1]
        ],
        "more": [*described(episode), *others(files[1:]), *words(episode), *cast(people)],
    }


def files_for(episode: EpisodePage, form: str) -> list[Rendition]:
    """The enclosure first, then the same talk as other files. RSS allows one enclosure."""
    everything = list(episode.recording.renditions.all()) if episode.recording else []
    kind = "video" if form == FILM else "audio"
    first = [file for file in everything if file.kind == kind]
    rest = [file for file in everything if file.kind != kind]
    return [*first, *rest] if first or form not in (SOUND, FILM) else []


def described(episode: EpisodePage) -> Iterable[Element]:
    yield Element("itunes:title", plain(episode.title))
    yield Element("itunes:explicit", "false")
    yield Element("itunes:episodeType", "full")
    if episode.duration_ms:
        yield Element("itunes:duration", str(max(1, round(episode.duration_ms / 1000))))
    if episode.series is not None and episode.series.number:
        season = str(episode.series.number)
        yield Element("itunes:season", season)
        yield Element("podcast:season", season, {"name": plain(episode.series.title)[:128]})
    if episode.number:
        yield Element("itunes:episode", str(episode.number))
        yield Element("podcast:episode", str(episode.number), {"display": plain(episode.code)})
    if episode.recording is not None and episode.recording.poster_id:
        picture = absolute(episode.recording.picture_url("card.jpg"))
        yield Element("itunes:image", attributes={"href": picture})
    if episode.licence:
        yield Element("podcast:license", plain(licence(episode.licence)))


def others(files: Sequence[Rendition]) -> Iterable[Element]:
    for file in files:
        about = {"type": file.mime_type, "length": str(file.size), "title": file.kind.capitalize()}
        if file.height:
            about["height"] = str(file.height)
        source = Element("podcast:source", attributes={"uri": absolute(file.url)})
        yield Element("podcast:alternateEnclosure", attributes=about, inside=(source,))


def words(episode: EpisodePage) -> Iterable[Element]:
    for transcript in episode.recording.heard if episode.recording else []:
        for form, media_type in CAPTIONS.items():
            url = absolute(reverse("media:captions", args=[transcript.pk, form]))
            about = {"url": url, "type": media_type, "language": "en", "rel": "captions"}
            yield Element("podcast:transcript", attributes=about)
    if episode.chapter_starts:
        url = absolute(reverse("chapters", args=[episode.pk]))
        yield Element("podcast:chapters", attributes={"url": url, "type": CHAPTERS_TYPE})


def cast(people: Sequence[PersonPage]) -> Iterable[Element]:
    for person in people:
        about = {"href": absolute(person.url), "role": "guest", "group": "cast"}
        yield Element("podcast:person", plain(person.title)[:128], about)
