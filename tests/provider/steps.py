"""What the tests of the provider do: an editor who may, a job, and a worker without waiting."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Permission, User
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from media.models import Job, Recording
from media.services import jobs
from tests.media.factories import make_editor, make_recording


def make_sender() -> User:
    """An editor as a fresh site has them."""
    return make_editor()


def take_away_the_right(user: User) -> None:
    permission = Permission.objects.get(codename="send_recording")
    for group in user.groups.all():
        group.permissions.remove(permission)


def ask(recording: Recording | None = None, user: Any = None) -> Job:
    recording = recording or make_recording(words="")
    return jobs.request_job(recording=recording, kind=Job.Kind.PROVIDER, user=user)


def work(*, ahead: timedelta = timedelta(days=2), steps: int = 40) -> int:
    """Do what is in the queue, and what is put there meanwhile, as if the time had come."""
    for done in range(steps):
        soon = [task for task in waiting() if not is_later(task, ahead)]
        if not soon:
            return done
        run(min(soon, key=lambda task: (task.run_after.year < 9000, task.run_after)))
    return steps


def waiting() -> list[Any]:
    """The provider's tasks in the queue; others, such as those of search, are not ours."""
    ours = DBTaskResult.objects.filter(task_path__startswith="media.provider")
    return list(ours.filter(status="READY"))


def is_later(task: Any, ahead: timedelta) -> bool:
    return bool(task.run_after.year < 9000 and task.run_after > timezone.now() + ahead)


def run(task: Any) -> None:
    arguments = task.args_kwargs
    task.status = "SUCCESSFUL"
    task.save(update_fields=["status"])
    task.task.func(*arguments["args"], **arguments["kwargs"])


def fresh(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def words_of(recording: Recording) -> list[tuple[str, str]]:
    transcript = Recording.objects.get(pk=recording.pk).transcript
    return [(cue.speaker, cue.text) for cue in transcript.cues.all()] if transcript else []
