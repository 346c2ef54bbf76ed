"""Long work on a recording, as a row: asked for once, seen while it runs, never forgotten.

An app registers what does the work of a kind (`does`); whoever wants it calls `request_job`. The
task holds the row with `running`, and says with JobFailed what an editor should read.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from media.models import Job, Recording
from media.models.jobs import OPEN

logger = logging.getLogger(__name__)
SILENT = timedelta(minutes=2)  # whoever has not been heard for so long is dead: workers too
UNEXPECTED = (
    "Something went wrong that nobody foresaw. What you entered is safe. Try again; if it fails "
    "once more, tell the person who runs the server: the log says what happened."
)
STOPPED = (
    "The work stopped without a word, more than once: the server may have been short of memory "
    "or switched off. What you entered is safe. Try again, or tell the person who runs the server."
)
_tasks: dict[str, "Task[Any, Any]"] = {}


class JobFailed(Exception):
    """Work that cannot be done; the message is for an editor and says what to do."""


class Busy(Exception):
    """Only one job of this kind may run at a time, and another does."""


def does(kind: str, task: "Task[Any, Any]") -> None:
    """Register the task that does a kind of work; it is called with the number of the job."""
    _tasks[kind] = task


def request_job(*, recording: Recording, kind: str, user: Any = None) -> Job:
    """The row and its task, both or neither; what is asked for twice is done once."""
    with transaction.atomic():
        Recording.objects.select_for_update().get(pk=recording.pk)
        open_job = recording.jobs.filter(kind=kind, state__in=OPEN).first()
        if open_job is not None:
            return open_job
        job = Job.objects.create(recording=recording, kind=kind, requested_by=user)
        enqueue(job)
    return job


def enqueue(job: Job) -> None:
    job.task = str(_tasks[job.kind].enqueue(job.pk).id)
    job.save(update_fields=["task"])


def retry_job(*, job: Job, user: Any = None) -> Job:
    return request_job(recording=job.recording, kind=job.kind, user=user)


@contextmanager
def running(job_id: int) -> Iterator[Job | None]:
    """Hold the row while the work is done; None if there is nothing left to do.

    JobFailed becomes the note of a failed job; anything else does too, in plain words, and goes on
    to the log. Work begins anew where a killed worker left it: it must bear being repeated.
    Raises Busy, and leaves the row waiting, if the kind runs one at a time and another one does.
    """
    job = begin(job_id)
    try:
        yield job
    except JobFailed as failure:
        close(job, Job.State.FAILED, str(failure))
    except Exception:
        close(job, Job.State.FAILED, UNEXPECTED)
        raise
    else:
        close(job, Job.State.DONE, job.note if job else "")


def begin(job_id: int) -> Job | None:
    job = Job.objects.select_related("recording").filter(pk=job_id, state__in=OPEN).first()
    if job is not None:
        now = timezone.now()
        job.state, job.attempts, job.percent, job.note = Job.State.RUNNING, job.attempts + 1, 0, ""
        job.started_at = job.beat_at = now
        changed = ["state", "attempts", "percent", "note", "started_at", "beat_at"]
        try:
            with transaction.atomic():
                job.save(update_fields=changed)
        except IntegrityError as error:
            raise Busy from error
    return job


def beat(job: Job, *, percent: int | None = None, note: str | None = None) -> None:
    """Say that the work goes on, and how far it is; call it every ten seconds or so."""
    job.beat_at = timezone.now()
    job.percent = job.percent if percent is None else max(0, min(percent, 100))
    job.note = job.note if note is None else note
    job.save(update_fields=["beat_at", "percent", "note"])


def close(job: Job | None, state: str, note: str) -> None:
    if job is not None:
        job.state, job.note, job.finished_at = state, note, timezone.now()
        job.percent = 100 if state == Job.State.DONE else job.percent
        job.save(update_fields=["state", "note", "finished_at", "percent"])


def close_abandoned() -> list[Job]:
    """Fail the jobs whose task is over, or gone, while their row still says that they run.

    A task that a killed worker left is first given to another worker; only when that was tried
    often enough does the row end here. For the clock; returns the jobs that it closed.
    """
    silent = Job.objects.filter(state__in=OPEN).exclude(task="").select_related("recording")
    late = [job for job in silent if (job.beat_at or job.created_at) < timezone.now() - SILENT]
    alive = DBTaskResult.objects.filter(status__in=("READY", "RUNNING"))
    known = {
        str(pk)
        for pk in alive.filter(pk__in=[job.task for job in late]).values_list("pk", flat=True)
    }
    abandoned = [job for job in late if job.task not in known]
    for job in abandoned:
        close(job, Job.State.FAILED, STOPPED)
    return abandoned
