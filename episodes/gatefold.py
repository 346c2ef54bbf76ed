"""The page of an episode, as finished values: player on one side, words on the other."""

from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.urls import reverse

from episodes.models import EpisodePage
from episodes.player import player, read_request
from episodes.structured import video_object
from episodes.transcript import Found, chapters_of, find, mark_now
from media.models import Transcript
from resources.families import cards
from search.paging import page_number

FORMS = ("vtt", "srt", "txt", "docx")
# Addresses name the second in which a paragraph begins, not its thousandth.
WITHIN_SECOND_MS = 999
STEPS = {"previous": -1, "next": 1}


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A track before or after this one."""

    title: str
    url: str
    way: str
    duration_ms: int


@dataclass(frozen=True, slots=True)
class Download:
    label: str
    url: str


def gatefold(request: HttpRequest, episode: EpisodePage) -> dict[str, Any]:
    asked = read_request(request.GET, episode.duration_ms)
    words = episode.words
    chapters = chapters_of(words.cues, episode.chapter_starts)
    found = find_in(request, chapters)
    if asked.at_seconds is not None:
        mark_now(chapters, asked.at_seconds * 1000 + WITHIN_SECOND_MS)
    recording = episode.recording
    if recording is not None:
        prefetch_related_objects([recording], "renditions")
    tracks = episode.family.tracks
    at = tracks.index(episode)
    linked = episode.relations
    return {
        "player": player(recording, words.transcript, episode.title, asked) if recording else None,
        "problems": asked.problems,
        "chapters": chapters,
        "chapter_links": [chapter for chapter in chapters if chapter.title],
        "found": found,
        "has_words": bool(words.cues),
        "transcript": words.transcript,
        "downloads": downloads(words.transcript),
        "track_at": at + 1,
        "track_count": len(tracks),
        "disc": {"durations": [track.duration_ms for track in tracks], "now": at},
        "previous": neighbour(tracks, at, -1),
        "next": neighbour(tracks, at, 1),
        "resources": cards(linked.keys_of("resource")),
        "related": [page.entry() for page in linked.besides("resource", "topic", "person")],
        "structured": video_object(request, episode, chapters),
    }


def find_in(request: HttpRequest, chapters: Any) -> Found:
    """`?find=` with `?at=` the place where the reader stands and `?to=` the way to go."""
    here = page_number(request.GET.get("at", "1")) or 1
    step = STEPS.get(request.GET.get("to", ""), 0)
    return find(chapters, request.GET.get("find", ""), here, step)


def downloads(transcript: Transcript | None) -> list[Download]:
    if transcript is None:
        return []
    return [
        Download(form.upper(), reverse("media:captions", args=[transcript.pk, form]))
        for form in FORMS
    ]


def neighbour(tracks: list[EpisodePage], at: int, step: int) -> Neighbour | None:
    place = at + step
    if not 0 <= place < len(tracks):
        return None
    track = tracks[place]
    number = track.number or place + 1
    kinds = {1: ", the overview"} if step < 0 else {}
    way = f"Track {number}{kinds.get(number, '')}" if step < 0 else f"Track {number}, next"
    return Neighbour(track.title, track.url, way, track.duration_ms)
