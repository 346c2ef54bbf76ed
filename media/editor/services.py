"""Verbs of the editor: keep changes, and fold one person's saves into one state of the history."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from media.cues import SpokenCue, spoken, to_rows
from media.editor.limits import cleaned
from media.editor.merge import Change, Merged, merge
from media.models import Transcript, TranscriptRevision
from media.services.transcripts import (
    Origin,
    keyed,
    locked_transcript,
    mark_checked,
    mark_unchecked,
    show_corrected,
    write_revision,
)

# Saves of one person in this time are one state of the history, so that it can be read.
ONE_SITTING = dt.timedelta(minutes=15)


@dataclass(frozen=True, kw_only=True, slots=True)
class Saved:
    """What became of changes; `alone` says that nobody else changed anything meanwhile."""

    transcript: Transcript
    merged: Merged
    alone: bool


class Stale(ValueError):
    """The words are no longer those that this person had before them."""


def save_changes(
    *, transcript: Transcript, changes: Sequence[Change], version: str, user: Any
) -> Saved:
    """Keep the changes that can stand; conflicts and refusals are told, and leave lines alone.

    A correction keeps the words checked, if they were: readers still read “checked”, and editors
    that words were corrected since.
    """
    with transaction.atomic():
        held = locked_transcript(transcript.recording, transcript.language)
        alone = held.version == version
        current = spoken(held.cues.all())
        merged = merge(current, [tidy(change) for change in changes])
        if to_rows(merged.cues) != to_rows(current):
            keep(transcript=held, cues=merged.cues, user=user)
    return Saved(transcript=held, merged=merged, alone=alone)


def tidy(change: Change) -> Change:
    return replace(change, after=cleaned(change.after) if change.after else None)


def keep(
    *,
    transcript: Transcript,
    cues: Sequence[SpokenCue],
    user: Any,
    origin: str = Origin.EDITED,
    note: str = "",
) -> TranscriptRevision:
    """Show corrected words, and keep them as a state; call it with the transcript held."""
    last = transcript.revisions.first()
    if origin == Origin.EDITED and last and goes_on(transcript, last, user):
        last.rows = to_rows(keyed(cues, ()))
        last.save(update_fields=["rows"])
        revision = last
    else:
        revision = write_revision(
            transcript=transcript, cues=cues, origin=origin, user=user, note=note
        )
    show_corrected(transcript, revision)
    return revision


def goes_on(transcript: Transcript, last: TranscriptRevision, user: Any) -> bool:
    """Whether the newest state is what this person is just making, and nobody has checked it."""
    return (
        last.origin == Origin.EDITED
        and last.made_by_id == user.pk
        and last.number == transcript.revision
        and last.number != transcript.checked_revision
        and timezone.now() - last.made_at < ONE_SITTING
    )


def say_checked(*, transcript: Transcript, version: str, checked: bool, user: Any) -> None:
    """Mark the words as read against the sound, or not any more. Raises Stale."""
    with transaction.atomic():
        held = locked_transcript(transcript.recording, transcript.language)
        if checked and held.version != version:
            raise Stale("Somebody changed words meanwhile. Look at them, then say so again.")
        if checked:
            mark_checked(transcript=held, user=user)
        else:
            mark_unchecked(transcript=held)
