"""What the worker does with a recording after it was saved."""

import logging
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from django.core.files import File
from django.db import transaction
from django_tasks import task

from media import probe
from media.mime import VIDEO
from media.models import CustomImage, Recording, Rendition
from media.services import announce

logger = logging.getLogger(__name__)
NO_TOOLS = (
    "ffmpeg is not installed on the server, so length and picture could not be read from the file."
    " The length is taken from the captions; add a picture yourself."
)


@task()
def inspect_recording(recording_id: int) -> None:
    """Read length, sizes and a still from the files; may run any number of times."""
    recording = Recording.objects.filter(pk=recording_id).first()
    if recording is None:
        return
    state, notes = Recording.State.READY, []
    for rendition in recording.renditions.all():
        try:
            inspect_file(recording, rendition)
        except probe.ToolsMissing:
            state, notes = Recording.State.NO_TOOLS, [NO_TOOLS]
            break
        except (probe.Unreadable, OSError) as error:
            logger.warning("Rendition %s could not be read: %s", rendition.pk, error)
            state = Recording.State.FAILED
            notes.append(f"“{rendition}” could not be read: {error} Upload it again.")
    with transaction.atomic():
        Recording.objects.filter(pk=recording_id).update(state=state, state_note="\n".join(notes))
        announce(recording)


def inspect_file(recording: Recording, rendition: Rendition) -> None:
    with on_disk(rendition) as path:
        found = probe.facts(path)
        Rendition.objects.filter(pk=rendition.pk).update(width=found.width, height=found.height)
        if found.duration_ms > recording.duration_ms:
            recording.duration_ms = found.duration_ms
            recording.save(update_fields=["duration_ms"])
        if rendition.kind == VIDEO and recording.poster_id is None:
            recording.poster = take_still(recording, path, found)
            recording.save(update_fields=["poster"])


def take_still(recording: Recording, path: Path, found: probe.Facts) -> CustomImage:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "still.jpg"
        probe.still(path, min(5000, found.duration_ms // 3), target)
        with target.open("rb") as file:
            picture = CustomImage(
                title=f"Still of {recording.title}"[:255],
                description=f"A still from the recording “{recording.title}”"[:255],
                file=File(file, name=f"still-{recording.pk}.jpg"),
            )
            picture.save()
    return picture


@contextmanager
def on_disk(rendition: Rendition) -> Iterator[Path]:
    """The file where tools can read it: in place, or as a copy from the bucket."""
    storage: Any = rendition.file.storage
    try:
        yield Path(storage.path(rendition.file.name))
    except NotImplementedError:
        suffix = PurePosixPath(rendition.file.name or "").suffix
        with tempfile.NamedTemporaryFile(suffix=suffix) as copy:
            with rendition.file.open("rb") as original:
                shutil.copyfileobj(original, copy)
            copy.flush()
            yield Path(copy.name)


def inspect_later(recording: Recording) -> None:
    """Look at the files in the background, once the recording is safe in the database."""
    recording_id = recording.pk
    Recording.objects.filter(pk=recording_id).update(state=Recording.State.WAITING, state_note="")
    transaction.on_commit(lambda: inspect_recording.enqueue(recording_id))
