"""What is found out about the files of a recording, and made of them: each part may be repeated."""

import logging
import secrets
import tempfile
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from django.core.files import File

from media import probe
from media.mime import AUDIO, VIDEO
from media.models import CustomImage, Recording, Rendition
from media.ondisk import on_disk

logger = logging.getLogger(__name__)
NO_TOOLS = (
    "ffmpeg is not installed on the server, so length and picture could not be read from the file."
    " The length is taken from the captions; add a picture, and the sound alone, yourself. Whoever"
    " runs the server can install it (docs/operating/README.md); then look at the files again."
)
BROKEN = (
    "“{file}” could not be read: {why}. Play it on your own computer: if it plays there, it was"
    " damaged on its way, so upload it again; if it does not, export it anew first."
)
GONE = "“{file}” could not be read: it is no longer in the storage. Upload it again."
NO_SOUND_MADE = "The sound alone could not be taken from “{file}”: {why}. The film is fine."


@dataclass
class Findings:
    state: str = Recording.State.READY
    notes: list[str] = field(default_factory=list)
    seen: set[tuple[int, str]] = field(default_factory=set)

    def broken(self, note: str) -> None:
        self.state = Recording.State.FAILED
        self.notes.append(note)


def name_of(rendition: Rendition) -> tuple[int, str]:
    return rendition.pk, rendition.file.name or ""


def inspect(recording: Recording, found: Findings) -> None:
    """Look at every file that was not seen yet. Raises probe.ToolsMissing."""
    drop_outdated_sound(recording)
    for rendition in Rendition.objects.filter(recording=recording):
        if name_of(rendition) in found.seen:
            continue
        found.seen.add(name_of(rendition))
        try:
            inspect_file(recording, rendition, found)
        except probe.Unreadable as error:
            found.broken(BROKEN.format(file=rendition, why=error))
        except OSError:
            logger.warning("Rendition %s cannot be opened.", rendition.pk, exc_info=True)
            found.broken(GONE.format(file=rendition))


def inspect_file(recording: Recording, rendition: Rendition, found: Findings) -> None:
    with on_disk(rendition) as path:
        facts = probe.facts(path)
        Rendition.objects.filter(pk=rendition.pk).update(width=facts.width, height=facts.height)
        if facts.duration_ms > recording.duration_ms:
            recording.duration_ms = facts.duration_ms
            recording.save(update_fields=["duration_ms"])
        if facts.width and rendition.kind == VIDEO and recording.poster_id is None:
            recording.poster = take_still(recording, path, facts)
            recording.save(update_fields=["poster"])
        if facts.has_sound and rendition.kind == VIDEO and not has_sound_alone(recording):
            try:
                take_sound(recording, rendition, path, found)
            except probe.Unreadable as error:
                found.notes.append(NO_SOUND_MADE.format(file=rendition, why=error))


def has_sound_alone(recording: Recording) -> bool:
    return any(item.kind == AUDIO for item in Rendition.objects.filter(recording=recording))


def take_still(recording: Recording, path: Path, facts: probe.Facts) -> CustomImage:
    """A picture of a talk that may be secret yet, so nobody can guess the address of its copies."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "still.jpg"
        probe.still(path, min(5000, facts.duration_ms // 3), target)
        with target.open("rb") as file:
            picture = CustomImage(
                title=f"Still of {recording.title}"[:255],
                description=f"A still from the recording “{recording.title}”"[:255],
                file=File(file, name=f"still-{secrets.token_hex(16)}.jpg"),
            )
            picture.save()
    return picture


def take_sound(recording: Recording, film: Rendition, path: Path, found: Findings) -> None:
    """The sound alone, for those who listen and for feeds, where the editor gave none."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / f"{PurePosixPath(film.file.name or 'talk').stem}.mp3"
        probe.sound(path, target)
        files = Rendition.objects.filter(recording=recording)
        last = max((item.sort_order or 0 for item in files), default=0)
        sound = Rendition(recording=recording, sort_order=last + 1, made_from=film.file.name or "")
        with target.open("rb") as file:
            sound.file.save(target.name, File(file), save=True)
    found.seen.add(name_of(sound))


def drop_outdated_sound(recording: Recording) -> None:
    """What was made from a film that is gone, or is no longer needed, goes too.

    Unless nothing else is left: then it is what the editor chose to keep.
    """
    files = list(Rendition.objects.filter(recording=recording))
    given = [item for item in files if not item.made_from]
    names = {item.file.name for item in given}
    has_sound = any(item.kind == AUDIO for item in given)
    for item in files:
        if item.made_from and given and (has_sound or item.made_from not in names):
            item.delete()
        elif item.made_from and not given:
            Rendition.objects.filter(pk=item.pk).update(made_from="")
