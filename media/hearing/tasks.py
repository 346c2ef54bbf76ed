"""What the worker does when an editor wants to know what is said: one recording at a time."""

import logging
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from media.hearing import process, ready
from media.hearing.captions import to_cues
from media.hearing.words import Heard
from media.models import GlossaryTerm, Job, Recording, Rendition, TranscriptRevision
from media.services import NothingToImport, jobs, propose_transcript

logger = logging.getLogger(__name__)
TURN = timedelta(seconds=30)
WAITS = "Another recording is being written down at the moment; this one comes after it."
NO_FILE = "This recording has no file yet. Add a film or its sound, save, and try again."
SILENT = (
    "No speech was heard in “{file}”. Listen to it: if people do speak, the sound may be too faint;"
    " make it louder and upload it again."
)
REASONS = {
    "no-package": ready.NO_PACKAGE,
    "no-model": ready.BAD_MODEL,
    "no-sound": "There is no sound in “{file}”. Upload a file with sound, and try again.",
    "unreadable": "“{file}” could not be read; it may be broken. Play it: if it does not play,"
    " upload it again.",
    "memory": "The server ran short of memory while it listened. Try again at a quieter time; if it"
    " happens again, tell the person who runs the server: a smaller speech model needs less.",
    "stuck": "The server listened for a quarter of an hour and heard no further. Try again; if it"
    " happens again, tell the person who runs the server.",
    "crashed": "The program that listens broke off. Try again; if it happens again, tell the person"
    " who runs the server: the log says what happened.",
}
# What the model may be told beforehand is short; hints beyond it are lost.
HINT_LETTERS = 400


@task(queue_name="long")
def hear_recording(job_id: int) -> None:
    try:
        with jobs.running(job_id) as job:
            if job is not None:
                job.note = hear(job)
    except jobs.Busy:
        wait_for_turn(job_id)


jobs.does(Job.Kind.HEAR, hear_recording)


def wait_for_turn(job_id: int) -> None:
    """Leave the worker to others, and ask again in a while."""
    task = hear_recording.using(run_after=timezone.now() + TURN).enqueue(job_id)
    Job.objects.filter(pk=job_id).update(task=str(task.id), note=WAITS, beat_at=timezone.now())


def hear(job: Job) -> str:
    """Write down what is said; what there is to say about it. Raises JobFailed."""
    if lack := ready.missing():
        raise jobs.JobFailed(lack)
    file = next(iter(job.recording.files(sound_only=True)), None)
    if file is None:
        raise jobs.JobFailed(NO_FILE)
    try:
        heard = listen(job, file)
        terms = GlossaryTerm.objects.all()
        wrong = [each for term in terms for each in term.mishearings]
        revision = propose_transcript(
            recording=job.recording,
            cues=to_cues(heard.words, mishearings=wrong),
            origin=TranscriptRevision.Origin.HEARD,
            user=job.requested_by,
            note=str(file),
        )
    except process.Broken as problem:
        logger.warning("Job %s: %s: %s", job.pk, problem.kind, problem)
        raise jobs.JobFailed(REASONS[problem.kind].format(file=file)) from problem
    except NothingToImport as nothing:
        raise jobs.JobFailed(SILENT.format(file=file)) from nothing
    return summary(revision, heard)


def listen(job: Job, file: Rendition) -> Heard:
    from media.tasks import on_disk

    with on_disk(file) as path:
        request = process.Request(
            path=str(path),
            model=str(settings.SPEECH_MODEL_DIR),
            threads=settings.SPEECH_THREADS,
            hotwords=hints([term.term for term in GlossaryTerm.objects.all()]),
        )
        return process.hear(request, told=lambda percent: jobs.beat(job, percent=percent))


def hints(terms: list[str]) -> str:
    """Terms as short sentences: a list that does not end makes small models leave words out."""
    text = ""
    for term in terms:
        if len(text) + len(term) + 2 <= HINT_LETTERS:
            text += f"{term}. "
    return text.strip()


def summary(revision: TranscriptRevision, heard: Heard) -> str:
    doubts = sum(len(cue.doubts) for cue in revision.cues)
    places = f"{doubts} place{'s' * (doubts != 1)} to look at"
    text = f"{len(heard.words):,} words heard, {places}."
    if heard.is_cut_short:
        minutes = f"{heard.seconds / 60:.0f} of {heard.said / 60:.0f} minutes"
        text += f" Only {minutes} could be read: the file may be broken."
    if revision.number != revision.transcript.revision:
        text += " The words that people brought or corrected stay; these are kept beside them."
    return text


def hear_if_wanted(sender: Any, recording_id: int, **kwargs: Any) -> None:
    """After an upload, where the server is set to do so: once, and only without words."""
    if not settings.SPEECH_AT_UPLOAD or ready.missing():
        return
    recording = Recording.objects.filter(pk=recording_id).first()
    if recording is None or recording.state == Recording.State.WAITING:
        return
    words = recording.transcripts.exists()
    asked = recording.jobs.exclude(kind=Job.Kind.INSPECT).exists()
    if not words and not asked and recording.renditions.exists():
        jobs.request_job(recording=recording, kind=Job.Kind.HEAR, user=recording.uploaded_by)
