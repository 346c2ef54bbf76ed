"""A transcript in the form that somebody asks for."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.core.cache import cache

from media import word, writers
from media.models import Cue, Transcript

DAY = 24 * 60 * 60
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Written:
    """`etag` is known before the file is written, which a reader who has it already spares us."""

    content_type: str
    place: str
    etag: str
    content: Callable[[], bytes]


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
    words = "\n".join(f"{cue.start_ms} {cue.end_ms} {cue.speaker} {cue.text}" for cue in cues)
    told = f"{form}\n{title}\n{source}\n{words}"
    mark = hashlib.sha256(told.encode(errors="replace")).hexdigest()[:32]
    write = partial(chosen.write, cues, title, source)
    return Written(chosen.content_type, chosen.place, f'"{mark}"', partial(kept, mark, form, write))


def kept(mark: str, form: str, write: Callable[[], bytes]) -> bytes:
    """A Word document takes a fifth of a second for a long talk, so it is written once a state."""
    if form != "docx":
        return write()
    return cache.get_or_set(f"words:{mark}", write, DAY) or b""
