"""What is done to recordings and their files."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from media.cues import SpokenCue
from media.models import Recording, Rendition
from media.models.recordings import let_go
from media.signals import recording_changed


def announce(recording: Recording) -> None:
    """Tell whoever listens, once the change is safe in the database."""
    pk = recording.pk
    transaction.on_commit(
        lambda: recording_changed.send(sender=Recording, recording_id=pk), robust=True
    )


def take_length_from_words(recording: Recording, cues: Sequence[SpokenCue]) -> None:
    """Until the file itself is measured, a talk is as long as its words."""
    end = max((cue.end_ms for cue in cues), default=0)
    if recording.duration_ms < end:
        recording.duration_ms = end
        recording.save(update_fields=["duration_ms"])


def delete_file(sender: Any, instance: Rendition, **kwargs: Any) -> None:
    """A file goes with its row, once the row is surely gone."""
    let_go(instance.file)
