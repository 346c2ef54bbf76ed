"""What the player is given: sources in order, captions, where to begin."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language_info

from core.facets import echo
from core.timecodes import clock, length, parse_seconds
from media.embeds import HostedVideo, hosted_video
from media.models import Recording, Transcript

SOUND, FILM = "audio", "video"
HOME = "en"


@dataclass(frozen=True, slots=True)
class Source:
    url: str
    type: str


@dataclass(frozen=True, slots=True)
class Track:
    """Captions in one language, named in it; a label says so where nobody has checked them."""

    url: str
    language: str
    label: str


@dataclass(frozen=True, slots=True)
class Player:
    """`kind` is the element. `other` is the way to the same talk as film or as sound alone;
    `recording` and `page` are the number and the address by which a browser remembers it."""

    kind: str
    title: str
    recording: int
    page: str
    sources: tuple[Source, ...]
    captions: tuple[Track, ...]
    poster: str
    other: str
    hosted: HostedVideo | None
    start: int
    duration_ms: int

    @property
    def start_ms(self) -> int:
        return self.start * 1000


@dataclass(frozen=True, slots=True)
class Request:
    """What the address asks of the player, and what of it cannot be answered, in words."""

    at_seconds: int | None
    sound_only: bool
    problems: list[str]


def read_request(query: Mapping[str, Any], duration_ms: int) -> Request:
    """Read `?t=` and `?source=`; what makes no sense is named and ignored."""
    problems = []
    asked = str(query.get("t", ""))
    seconds = parse_seconds(asked) if asked else None
    if asked and seconds is None:
        problems.append(f"“{echo(asked)}” is no time; this is the talk from its beginning.")
    elif seconds is not None and duration_ms and seconds * 1000 >= duration_ms:
        told = f"{clock(seconds * 1000)} is past the end; the talk is {length(duration_ms)} long."
        problems.append(told)
        seconds = None
    source = str(query.get("source", ""))
    if source not in ("", SOUND, FILM):
        problems.append(f"There is no source “{echo(source)}”; this is the first one.")
    return Request(seconds, source == SOUND, problems)


def player(recording: Recording, title: str, asked: Request, *, page: str = "") -> Player:
    """The recording's renditions and transcripts are read once, before."""
    has_both = recording.has_video and recording.audio is not None
    files = recording.files(sound_only=asked.sound_only)
    start = asked.at_seconds or 0
    kind = files[0].kind if files else FILM
    return Player(
        kind=kind,
        title=title,
        recording=recording.pk,
        page=page,
        sources=tuple(
            Source(f"{item.url}#t={start}" if start else item.url, item.mime_type) for item in files
        ),
        captions=tuple(tracks(recording.transcripts.all())),
        poster=recording.picture_url(),
        other=(FILM if kind == SOUND else SOUND) if has_both else "",
        hosted=hosted_video(recording.embed_url) if recording.embed_url else None,
        start=start,
        duration_ms=recording.duration_ms,
    )


def tracks(transcripts: Iterable[Transcript]) -> list[Track]:
    """English first, then as the languages are called."""
    ordered = sorted(transcripts, key=lambda item: (item.language != HOME, item.language))
    return [
        Track(
            url=reverse("media:captions", args=[item.pk, "vtt"]),
            language=item.language,
            label=name_of(item.language) + ("" if item.is_checked else " (not checked)"),
        )
        for item in ordered
    ]


def name_of(language: str) -> str:
    """What a language is called by those who speak it."""
    try:
        name = str(get_language_info(language.lower())["name_local"])
    except KeyError:
        name = language
    return name[:1].upper() + name[1:]
