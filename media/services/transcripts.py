"""What is done to the words of a recording. Every change leaves a revision; none is ever lost."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from media.cues import Reading, SpokenCue, to_rows
from media.models import Cue, Recording, Transcript, TranscriptRevision
from media.models.transcripts import new_key
from media.services.recordings import announce, take_length_from_words

Origin = TranscriptRevision.Origin


class NothingToImport(ValueError):
    """The file holds no cue; what was there before stays."""


def import_transcript(
    *,
    recording: Recording,
    reading: Reading,
    language: str = "en",
    user: Any = None,
    origin: str = Origin.FILE,
    note: str = "",
) -> Transcript:
    """Replace the words of a recording by those of a file, all or nothing.

    New words are not checked yet, whoever checked those before. Raises NothingToImport.
    """
    if not reading.cues:
        raise NothingToImport("There are no words with times in this file.")
    with transaction.atomic():
        transcript = locked_transcript(recording, language)
        revision = write_revision(
            transcript=transcript, cues=reading.cues, origin=origin, user=user, note=note
        )
        settle_proposals(transcript)
        show(transcript, revision)
    return transcript


def propose_transcript(
    *,
    recording: Recording,
    cues: Sequence[SpokenCue],
    origin: str,
    language: str = "en",
    user: Any = None,
    note: str = "",
) -> TranscriptRevision:
    """What a machine heard: shown at once where no person has worked yet, otherwise proposed.

    Raises NothingToImport.
    """
    if not cues:
        raise NothingToImport("Nothing was said, or nothing could be heard.")
    with transaction.atomic():
        transcript = locked_transcript(recording, language)
        touched = has_human_work(transcript)
        settle_proposals(transcript)
        revision = write_revision(
            transcript=transcript, cues=cues, origin=origin, user=user, note=note
        )
        revision.proposed = touched
        revision.save(update_fields=["proposed"])
        if not touched:
            show(transcript, revision)
    return revision


def take_revision(*, revision: TranscriptRevision, user: Any = None) -> TranscriptRevision:
    """Show an older state, or a proposal, as the newest revision; the history only grows.

    Words that were checked, or corrected after that, are still checked when they come back.
    """
    with transaction.atomic():
        transcript = locked_transcript(revision.transcript.recording, revision.transcript.language)
        taken = write_revision(
            transcript=transcript,
            cues=revision.cues,
            origin=Origin.RESTORED,
            user=user,
            note=f"Revision {revision.number}",
        )
        settle_proposals(transcript)
        checked = transcript.checked_revision if stays_checked(transcript, revision) else None
        if checked:
            show_corrected(transcript, taken)
            was_checked = revision.number == checked
            Transcript.objects.filter(pk=transcript.pk).update(
                checked_revision=taken.number if was_checked else checked
            )
        else:
            show(transcript, taken)
    return taken


def stays_checked(transcript: Transcript, revision: TranscriptRevision) -> bool:
    checked = transcript.checked_revision if transcript.is_checked else None
    return bool(checked and revision.number >= checked and not revision.by_a_machine)


def settle_proposals(transcript: Transcript) -> None:
    """Nothing is to be decided any more; what machines heard is still in the history."""
    transcript.revisions.filter(proposed=True).update(proposed=False)


def has_human_work(transcript: Transcript) -> bool:
    """Whether a person checked, corrected or brought these words."""
    if transcript.is_checked:
        return True
    machines = (Origin.HEARD, Origin.PROVIDER)
    revisions = transcript.revisions.exclude(origin__in=machines)
    return revisions.exists() or (not transcript.revision and transcript.cues.exists())


def locked_transcript(recording: Recording, language: str) -> Transcript:
    """The transcript, held until the end of the transaction so that revisions count in order."""
    Transcript.objects.get_or_create(recording=recording, language=language)
    locked = Transcript.objects.select_for_update(of=("self",)).select_related("recording")
    return locked.get(recording=recording, language=language)


def write_revision(
    *,
    transcript: Transcript,
    cues: Sequence[SpokenCue],
    origin: str,
    user: Any = None,
    note: str = "",
) -> TranscriptRevision:
    """The next revision; call it in a transaction that holds the transcript."""
    last = transcript.revisions.defer("rows").first() or first_revision(transcript)
    return TranscriptRevision.objects.create(
        transcript=transcript,
        number=last.number + 1 if last else 1,
        origin=origin,
        note=note[:255],
        made_by=user,
        rows=to_rows(keyed(cues, transcript.cues.all())),
    )


def first_revision(transcript: Transcript) -> TranscriptRevision | None:
    """Words that were there before there were revisions become the first."""
    if not transcript.cues.exists():
        return None
    transcript.revision = 1
    transcript.checked_revision = 1 if transcript.is_checked else None
    transcript.save(update_fields=["revision", "checked_revision"])
    rows = to_rows(transcript.cues.all())
    return TranscriptRevision.objects.create(
        transcript=transcript, number=1, origin=Origin.FILE, rows=rows
    )


def keyed(cues: Iterable[SpokenCue], present: Iterable[Cue]) -> list[SpokenCue]:
    """Give every cue a key of its own: one that begins where a present one does is that one."""
    by_start = {cue.start_ms: cue.key for cue in present}
    taken: set[str] = set()
    found = []
    for cue in cues:
        key = cue.key or by_start.get(cue.start_ms, "")
        if not key or key in taken:
            key = new_key()
        taken.add(key)
        found.append(replace(cue, key=key))
    return found


def show(transcript: Transcript, revision: TranscriptRevision) -> None:
    """Make the words of a revision those that readers get; they are not checked yet."""
    transcript.status = Transcript.Status.AUTOMATIC
    transcript.checked_by = transcript.checked_on = transcript.checked_revision = None
    show_corrected(transcript, revision)


def show_corrected(transcript: Transcript, revision: TranscriptRevision) -> None:
    """Make the words of a revision those that readers get; what was checked stays checked.

    Only lines that differ are written.
    """
    transcript.revision = revision.number
    transcript.save()
    write_cues(transcript, keyed(revision.cues, ()))
    take_length_from_words(transcript.recording, revision.cues)
    announce(transcript.recording)


def write_cues(transcript: Transcript, cues: Sequence[SpokenCue]) -> None:
    """Make the rows of the database say what these cues say, by their keys."""
    present = {cue.key: cue for cue in transcript.cues.all()}
    gone = present.keys() - {cue.key for cue in cues}
    fresh, changed = [], []
    for cue in cues:
        row, old = cue_row(transcript, cue), present.get(cue.key)
        if old is None:
            fresh.append(row)
        elif to_rows([old]) != to_rows([row]):
            row.pk = old.pk
            changed.append(row)
    transcript.cues.filter(key__in=gone).delete()
    Cue.objects.bulk_update(changed, ["start_ms", "end_ms", "speaker", "text", "doubts"], 100)
    Cue.objects.bulk_create(fresh)


def cue_row(transcript: Transcript, cue: SpokenCue) -> Cue:
    return Cue(
        transcript=transcript,
        start_ms=cue.start_ms,
        end_ms=cue.end_ms,
        speaker=cue.speaker,
        text=cue.text,
        doubts=[list(doubt) for doubt in cue.doubts],
        key=cue.key,
    )


def mark_checked(
    *, transcript: Transcript, user: Any = None, on: dt.date | None = None
) -> Transcript:
    """Say that a person has read the words against the sound."""
    with transaction.atomic():
        transcript.status = Transcript.Status.CHECKED
        transcript.checked_by = user
        transcript.checked_on = on or timezone.localdate()
        transcript.checked_revision = transcript.revision
        transcript.save()
        announce(transcript.recording)
    return transcript


def mark_unchecked(*, transcript: Transcript) -> Transcript:
    with transaction.atomic():
        transcript.status = Transcript.Status.AUTOMATIC
        transcript.checked_by = transcript.checked_on = transcript.checked_revision = None
        transcript.save()
        announce(transcript.recording)
    return transcript
