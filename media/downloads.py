"""A transcript in the form that somebody asks for."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from media import word, writers
from media.models import Cue, Transcript

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Written:
    content: bytes
    content_type: str
    place: str
    etag: str


@dataclass(frozen=True, slots=True)
class Form:
    """A file form: its media type, whether a browser shows or keeps it, and who writes it."""

    content_type: str
    place: str
    write: Callable[[list[Cue], str, str], bytes]


def as_webvtt(cues: list[Cue], title: str, source: str) -> bytes:
    return writers.webvtt(cues, note=source).encode()


def as_subrip(cues: list[Cue], title: str, source: str) -> bytes:
    return writers.subrip(cues).encode()


def as_text(cues: list[Cue], title: str, source: str) -> bytes:
    return writers.plain_text(cues, f"{title}\n{source}".strip()).encode()


FORMS = {
    "vtt": Form("text/vtt; charset=utf-8", "inline", as_webvtt),
    "srt": Form("application/x-subrip; charset=utf-8", "attachment", as_subrip),
    "txt": Form("text/plain; charset=utf-8", "attachment", as_text),
    "docx": Form(DOCX, "attachment", word.document),
}


def render(transcript: Transcript, form: str, *, title: str, source: str) -> Written:
    """Raises KeyError for a form that is not in FORMS."""
    chosen = FORMS[form]
    cues = list(transcript.cues.all())
    content = chosen.write(cues, title, source)
    words = "\n".join(f"{cue.start_ms} {cue.end_ms} {cue.speaker} {cue.text}" for cue in cues)
    mark = hashlib.sha256(f"{form}\n{title}\n{source}\n{words}".encode()).hexdigest()[:32]
    return Written(content, chosen.content_type, chosen.place, f'"{mark}"')
