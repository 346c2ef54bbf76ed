"""What is done to words that cannot be taken as they are: kept, shown again, never lost."""

from typing import Any

from django.db import transaction

from media.models import Recording, WordsDraft

State = WordsDraft.State


def waiting_draft(recording: Recording, language: str = "en") -> WordsDraft | None:
    found: WordsDraft | None = recording.drafts.filter(
        language=language, state=State.WAITING
    ).first()
    return found


def keep_draft(
    *,
    recording: Recording,
    text: str,
    source: str = "",
    note: str = "",
    language: str = "en",
    user: Any = None,
) -> WordsDraft:
    """Let words wait in the box; those that waited there before can still be fetched."""
    with transaction.atomic():
        locked_recording(recording)
        waiting = waiting_draft(recording, language)
        if waiting and waiting.text == text:
            WordsDraft.objects.filter(pk=waiting.pk).update(note=note)
            waiting.note = note
            return waiting
        close_draft(recording=recording, language=language, state=State.REPLACED)
        return WordsDraft.objects.create(
            recording=recording,
            language=language,
            text=text,
            source=source[:255],
            note=note,
            made_by=user,
        )


def close_draft(*, recording: Recording, state: str, language: str = "en") -> None:
    """What waited waits no longer: it was taken, replaced or set aside."""
    waiting = recording.drafts.filter(language=language, state=State.WAITING)
    waiting.update(state=state)


def locked_recording(recording: Recording) -> None:
    """Two people who send words at once come one after the other."""
    Recording.objects.select_for_update(of=("self",)).get(pk=recording.pk)
