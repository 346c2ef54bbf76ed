"""What the worker does with a recording after it was saved."""

from typing import Any

from django.db import transaction
from django_tasks import task

from media import probe
from media.inspection import NO_TOOLS, Findings, inspect, name_of
from media.models import Job, Recording, Rendition
from media.ondisk import on_disk
from media.services import announce, jobs

__all__ = ["inspect_later", "inspect_recording", "on_disk"]


@task(queue_name="long")
def inspect_recording(job_id: int) -> None:
    """Read length and sizes, take a still and the sound; may run any number of times."""
    with jobs.running(job_id) as job:
        if job is not None and not look_at(job):
            raise jobs.JobFailed(job.note)


jobs.does(Job.Kind.INSPECT, inspect_recording)


def look_at(job: Job) -> bool:
    """Until every file was seen, also those that came meanwhile; whether all could be read."""
    found = Findings()
    try:
        while not settled(job, found):
            inspect(job.recording, found)
            jobs.beat(job, percent=50)
    except probe.ToolsMissing:
        with transaction.atomic():
            tell(job, Findings(Recording.State.NO_TOOLS, [NO_TOOLS]))
    return job.state != Job.State.FAILED


def settled(job: Job, found: Findings) -> bool:
    """If nothing is left to be seen, say what was found and close the job.

    Whoever asks for another look waits for this, so that no file falls between two looks.
    """
    with transaction.atomic():
        Recording.objects.select_for_update().get(pk=job.recording_id)
        files = Rendition.objects.filter(recording=job.recording_id)
        is_done = job.percent > 0 and {name_of(item) for item in files} <= found.seen
        if is_done:
            tell(job, found)
    return is_done


def tell(job: Job, found: Findings) -> None:
    """On the recording, where the editor reads it, and on the row of the job."""
    note = "\n".join(found.notes)
    Recording.objects.filter(pk=job.recording_id).update(state=found.state, state_note=note)
    announce(job.recording)
    is_broken = found.state == Recording.State.FAILED
    jobs.close(job, Job.State.FAILED if is_broken else Job.State.DONE, note)


def inspect_later(recording: Recording, user: Any = None) -> None:
    """Look at the files in the background, once the recording is safe in the database."""
    Recording.objects.filter(pk=recording.pk).update(state=Recording.State.WAITING, state_note="")
    transaction.on_commit(
        lambda: jobs.request_job(recording=recording, kind=Job.Kind.INSPECT, user=user)
    )
