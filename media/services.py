"""What is done to recordings and transcripts."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from media.cues import Reading, SpokenCue
from media.models import Cue, Recording, Rendition, Transcript
from media.signals import recording_changed


class NothingToImport(ValueError):
    """The file holds no cue; what was there before stays."""


def import_transcript(
    *, recording: Recording, reading: Reading, language: str = "en", user: Any = None
) -> Transcript:
    """Replace the words of a recording by those of a file, all or nothing.

    New words are not checked yet, whoever checked those before. Raises NothingToImport.
    """
    if not reading.cues:
        raise NothingToImport("There are no words with times in this file.")
    with transaction.atomic():
        transcript, _ = Transcript.objects.update_or_create(
            recording=recording,
            language=language,
            defaults={
                "status": Transcript.Status.AUTOMATIC,
                "checked_by": None,
                "checked_on": None,
            },
        )
        transcript.cues.all().delete()
        Cue.objects.bulk_create(cue_row(transcript, cue) for cue in reading.cues)
        take_length_from_words(recording, reading.cues)
        announce(recording)
    return transcript


def cue_row(transcript: Transcript, cue: SpokenCue) -> Cue:
    return Cue(
        transcript=transcript,
        start_ms=cue.start_ms,
        end_ms=cue.end_ms,
        speaker=cue.speaker,
        text=cue.text,
    )


def take_length_from_words(recording: Recording, cues: Sequence[SpokenCue]) -> None:
    """Until the file itself is measured, a talk is as long as its words."""
    end = max(cue.end_ms for cue in cues)
    if recording.duration_ms < end:
        recording.duration_ms = end
        recording.save(update_fields=["duration_ms"])


def mark_checked(
    *, transcript: Transcript, user: Any = None, on: dt.date | None = None
) -> Transcript:
    """Say that a person has read the words against the sound."""
    with transaction.atomic():
        transcript.status = Transcript.Status.CHECKED
        transcript.checked_by = user
        transcript.checked_on = on or timezone.localdate()
        transcript.save()
        announce(transcript.recording)
    return transcript


def mark_unchecked(*, transcript: Transcript) -> Transcript:
    with transaction.atomic():
        transcript.status = Transcript.Status.AUTOMATIC
        transcript.checked_by = transcript.checked_on = None
        transcript.save()
        announce(transcript.recording)
    return transcript


def announce(recording: Recording) -> None:
    """Tell whoever listens, once the change is safe in the database."""
    pk = recording.pk
    transaction.on_commit(
        lambda: recording_changed.send(sender=Recording, recording_id=pk), robust=True
    )


def delete_file(sender: Any, instance: Rendition, **kwargs: Any) -> None:
    """A file goes with its row, once the row is surely gone."""
    storage, name = instance.file.storage, instance.file.name
    if name:
        transaction.on_commit(lambda: storage.delete(name), robust=True)
