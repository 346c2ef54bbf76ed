"""The recordings of the library: files, poster, words."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.files import File

from demo.studio.script import Talk
from episodes.models import EpisodePage
from media import services
from media.models import CustomImage, Recording, Rendition
from media.reading import read_transcript

MEDIA = Path(__file__).resolve().parents[1] / "media"
# Talks whose words nobody has read against the script that they were spoken from.
UNCHECKED = {"classroom-routines-and-joy", "why-strategies-fail", "when-a-routine-slips"}


def make_recording(talk: Talk, manifest: dict[str, Any]) -> Recording:
    recording = Recording.objects.create(
        title=talk.title,
        duration_ms=manifest["duration_ms"],
        synthetic_voices=manifest["synthetic_voices"],
        state=Recording.State.READY,
        poster=make_poster(talk),
    )
    films = [row for row in manifest["files"] if row["part"] in ("video", "audio")]
    order = {"talk.webm": 0, "talk.mp4": 1}
    for at, row in enumerate(sorted(films, key=lambda row: order.get(row["path"], 2))):
        with opened(talk, row["path"], f"{talk.slug}{Path(row['path']).suffix}") as file:
            Rendition.objects.create(
                recording=recording,
                file=file,
                width=row["width"] or 0,
                height=row["height"] or 0,
                sort_order=at,
            )
    words = (MEDIA / talk.slug / "captions.vtt").read_bytes()
    transcript = services.import_transcript(recording=recording, reading=read_transcript(words))
    if talk.slug not in UNCHECKED:
        services.mark_checked(transcript=transcript)
    return recording


def make_poster(talk: Talk) -> CustomImage | None:
    if not (MEDIA / talk.slug / "poster.webp").exists():
        return None
    with opened(talk, "poster.webp", f"{talk.slug}.webp") as file:
        return CustomImage.objects.create(
            title=f"Sleeve of {talk.title}",
            description=f"The sleeve of the talk “{talk.title}”",
            file=file,
        )


@contextmanager
def opened(talk: Talk, name: str, saved_as: str) -> Iterator[File]:
    with (MEDIA / talk.slug / name).open("rb") as raw:
        yield File(raw, name=saved_as)


def remove_recording(recording: Recording | None) -> None:
    if recording is None or EpisodePage.objects.filter(recording=recording).exists():
        return
    poster = recording.poster
    recording.delete()
    if poster is not None:
        poster.delete()
