"""`talk.json`: what the loader needs to know about the files of a talk."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from demo.studio.script import Series, Talk, catalogue_code
from demo.studio.timeline import Span, chapter_starts, paragraphs

FRAME = (1280, 720)
# Every file that a talk can have but for its resources: name, part, media type, has a picture.
KNOWN = (
    ("talk.mp3", "audio", "audio/mpeg", False),
    ("talk.mp4", "video", "video/mp4", True),
    ("talk.webm", "video", "video/webm", True),
    ("captions.vtt", "captions", "text/vtt", False),
    ("poster.webp", "poster", "image/webp", True),
)
PAPER_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def describe(
    talk: Talk,
    series: Series,
    *,
    found: Sequence[Span],
    duration: int,
    folder: Path,
    voices: Sequence[dict[str, str]],
) -> dict[str, Any]:
    """The whole manifest of one talk."""
    return {
        "slug": talk.slug,
        "title": talk.title,
        "series": talk.series,
        "code": catalogue_code(series, talk),
        "sample": talk.sample,
        "sample_wording": talk.sample_wording,
        "synthetic_voices": True,
        "duration_ms": duration,
        "chapters": [
            {"start_ms": start, "title": chapter.title}
            for start, chapter in zip(chapter_starts(found), talk.chapters, strict=True)
        ],
        "paragraphs": [_paragraph(talk, span) for span in paragraphs(found)],
        "files": files(talk, folder),
        "voices": list(voices),
    }


def files(talk: Talk, folder: Path) -> list[dict[str, Any]]:
    """The files that are there, in the order in which a player should try them."""
    rows: list[dict[str, Any]] = []
    for name, part, media_type, picture in KNOWN:
        if (folder / name).exists():
            rows.append(_file(folder / name, part, media_type, FRAME if picture else None))
    for resource in talk.resources:
        if (folder / resource.file).exists():
            row = _file(folder / resource.file, "resource", PAPER_TYPES[resource.kind], None)
            rows.append(row | {"title": resource.title, "version": resource.version})
    return rows


def save(manifest: dict[str, Any], folder: Path) -> None:
    """Readable, and the same every time."""
    text = json.dumps(manifest, ensure_ascii=False, indent=2)
    (folder / "talk.json").write_text(f"{text}\n", encoding="utf-8")


def _file(path: Path, part: str, media_type: str, size: tuple[int, int] | None) -> dict[str, Any]:
    width, height = size or (None, None)
    return {
        "path": path.name,
        "part": part,
        "type": media_type,
        "bytes": path.stat().st_size,
        "width": width,
        "height": height,
    }


def _paragraph(talk: Talk, span: Span) -> dict[str, Any]:
    return {
        "start_ms": span.start,
        "end_ms": span.end,
        "chapter": span.chapter,
        "speaker": span.speaker,
        "role": talk.speakers[span.speaker].role,
        "text": span.text,
    }
