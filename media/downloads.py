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


FORMS = {
    "vtt": Form("text/vtt; charset=utf-8", "inline", lambda c, t, s: writers.webvtt(c, s).encode()),
    "srt": Form(
        "application/x-subrip; charset=utf-8",
        "attachment",
        lambda c, t, s: writers.subrip(c).encode(),
    ),
    "txt": Form(
        "text/plain; charset=utf-8",
        "attachment",
        lambda c, t, s: writers.plain_text(c, f"{t}\n{s}".strip()).encode(),
    ),
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
