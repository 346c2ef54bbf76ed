"""The page of an episode, as finished values: player on one side, words on the other."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import IntegerField
from django.http import HttpRequest
from django.urls import reverse

from core.prepared import Prepared, remember
from episodes.models import EpisodePage
from episodes.player import player, read_request
from episodes.said import Said, laid_out, said, with_now
from episodes.sharing import share
from episodes.structured import structured
from episodes.talk import Track
from episodes.transcript import Found, chapters_of, find
from media.models import Rendition, Transcript
from resources.families import cards
from search.paging import page_number

FORMS = ("vtt", "srt", "txt", "docx")
# Addresses name the second in which a paragraph begins, not its thousandth.
WITHIN_SECOND_MS = 999
STEPS = {"previous": -1, "next": 1}

renditions_of = Prepared(lambda pk: Rendition.objects.filter(recording=pk), IntegerField())
transcripts_of = Prepared(lambda pk: Transcript.objects.filter(recording=pk), IntegerField())


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A track before or after this one."""

    title: str
    url: str
    way: str
    duration_ms: int


@dataclass(frozen=True, slots=True)
class ChapterLink:
    start_ms: int
    title: str
    is_now: bool

    @property
    def seconds(self) -> int:
        return self.start_ms // 1000


@dataclass(frozen=True, slots=True)
class Download:
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Trust:
    """Whether somebody has read the words against the sound."""

    is_checked: bool
    checked_on: date | None


def gatefold(request: HttpRequest, episode: EpisodePage) -> dict[str, Any]:
    asked = read_request(request.GET, episode.duration_ms)
    recording = episode.recording
    if recording is not None:
        remember(recording, "renditions", renditions_of(recording.pk))
        remember(recording, "transcripts", transcripts_of(recording.pk))
        episode.transcript = recording.transcript
    found, words = read(request, episode)
    at_ms = None if asked.at_seconds is None else asked.at_seconds * 1000 + WITHIN_SECOND_MS
    transcript = episode.transcript if words.starts else None
    tracks, at = episode.family.tracks, episode.family.at
    linked = episode.relations
    return {
        "player": (
            player(recording, episode.title, asked, page=episode.url or "") if recording else None
        ),
        "problems": asked.problems,
        "words": words.html if at_ms is None else with_now(words, at_ms),
        "chapter_links": tuple(chapter_links(words, at_ms)),
        "found": found,
        "trust": trust(transcript),
        "downloads": downloads(transcript),
        "track_at": at + 1,
        "track_count": len(tracks),
        "disc": {"durations": [track.duration_ms for track in tracks], "now": at},
        "previous": neighbour(tracks, at, -1),
        "next": neighbour(tracks, at, 1),
        "resources": cards(linked.keys_of("resource")),
        "related": [page.entry() for page in linked.besides("resource", "topic", "person")],
        "structured": structured(request, episode, words),
        "share": share(episode, asked.at_seconds or 0),
    }


def read(request: HttpRequest, episode: EpisodePage) -> tuple[Found, Said]:
    """The words as kept; with `?find=` laid out anew, with marks. `?at=` is the place where the
    reader stands and `?to=` the way to go."""
    query = request.GET.get("find", "")
    if not query.strip():
        return Found(), said(episode)
    here = page_number(request.GET.get("at", "1")) or 1
    chapters = chapters_of(episode.cues, episode.chapter_starts)
    found = find(chapters, query, here, STEPS.get(request.GET.get("to", ""), 0))
    return found, laid_out(chapters)


def chapter_links(words: Said, at_ms: int | None) -> list[ChapterLink]:
    now = None if at_ms is None or not words.starts else words.starts[words.spoken_at(at_ms)][1]
    return [
        ChapterLink(start, title, at == now)
        for at, (start, title) in enumerate(words.chapters)
        if title
    ]


def trust(transcript: Transcript | None) -> Trust | None:
    return Trust(transcript.is_checked, transcript.checked_on) if transcript else None


def downloads(transcript: Transcript | None) -> list[Download]:
    if transcript is None:
        return []
    return [
        Download(form.upper(), reverse("media:captions", args=[transcript.pk, form]))
        for form in FORMS
    ]


def neighbour(tracks: list[Track], at: int, step: int) -> Neighbour | None:
    place = at + step
    if not 0 <= place < len(tracks):
        return None
    track = tracks[place]
    number = track.number or place + 1
    kinds = {1: ", the overview"} if step < 0 else {}
    way = f"Track {number}{kinds.get(number, '')}" if step < 0 else f"Track {number}, next"
    return Neighbour(track.title, track.url, way, track.duration_ms)
