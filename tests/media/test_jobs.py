"""Long work as a row: asked for once, seen, failed in words, found when its worker was killed."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from media.models import Job, Recording
from media.services import jobs
from tests.media.factories import make_recording

HEAR = Job.Kind.HEAR


@task()
def does_nothing(job_id: int) -> None:
    """The row stays as it is: the worker has not come to it."""


@pytest.fixture(autouse=True)
def nothing_hears(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(jobs._tasks, HEAR, does_nothing)


def ask(recording: Recording) -> Job:
    return jobs.request_job(recording=recording, kind=HEAR)


def age(job: Job, **fields: Any) -> Job:
    Job.objects.filter(pk=job.pk).update(**fields)
    job.refresh_from_db()
    return job


def make_task(job: Job, status: str) -> None:
    task = DBTaskResult.objects.create(
        task_path="x", args_kwargs={}, run_after=timezone.now(), status=status
    )
    age(job, task=str(task.pk), created_at=timezone.now() - timedelta(hours=1))


def test_what_is_asked_for_twice_is_done_once(db: None) -> None:
    recording = make_recording()
    assert ask(recording) == ask(recording)
    assert Job.objects.count() == 1


def test_a_job_that_ended_can_be_asked_for_again(db: None) -> None:
    job = ask(make_recording())
    jobs.close(job, Job.State.FAILED, "No sound.")
    again = jobs.retry_job(job=job)
    assert again != job
    assert again.is_open


def test_work_that_goes_well_ends_done(db: None) -> None:
    job = ask(make_recording())
    with jobs.running(job.pk) as held:
        assert held is not None
        jobs.beat(held, percent=140, note="Nearly there")
    job.refresh_from_db()
    assert (job.state, job.percent, job.note, job.attempts) == ("done", 100, "Nearly there", 1)
    assert job.finished_at is not None


def test_what_cannot_be_done_says_why_in_words(db: None) -> None:
    job = ask(make_recording())
    with jobs.running(job.pk):
        raise jobs.JobFailed("The film has no sound.")
    job.refresh_from_db()
    assert (job.state, job.note) == ("failed", "The film has no sound.")


def test_what_nobody_foresaw_is_told_without_its_details(db: None) -> None:
    job = ask(make_recording())
    with pytest.raises(ZeroDivisionError), jobs.running(job.pk):
        raise ZeroDivisionError("secret detail")
    job.refresh_from_db()
    assert job.state == "failed"
    assert job.note == jobs.UNEXPECTED


def test_a_job_that_is_closed_or_gone_is_not_done_again(db: None) -> None:
    job = ask(make_recording())
    jobs.close(job, Job.State.DONE, "")
    with jobs.running(job.pk) as held:
        assert held is None
    with jobs.running(job.pk + 1) as held:
        assert held is None


@pytest.mark.parametrize("status", ["FAILED", "SUCCESSFUL"])
def test_a_row_whose_task_is_over_is_closed_for_people_to_see(db: None, status: str) -> None:
    job = ask(make_recording())
    make_task(job, status)
    assert jobs.close_abandoned() == [job]
    job.refresh_from_db()
    assert (job.state, job.note) == ("failed", jobs.STOPPED)


def test_a_row_whose_task_is_gone_is_closed(db: None) -> None:
    long_ago = timezone.now() - timedelta(hours=1)
    job = age(ask(make_recording()), task=str(uuid4()), created_at=long_ago)
    assert jobs.close_abandoned() == [job]


@pytest.mark.parametrize("status", ["READY", "RUNNING"])
def test_a_row_whose_task_waits_or_runs_is_left_alone(db: None, status: str) -> None:
    job = ask(make_recording())
    make_task(job, status)
    assert jobs.close_abandoned() == []


def test_a_row_that_was_just_heard_of_is_left_alone(db: None) -> None:
    ask(make_recording())
    assert jobs.close_abandoned() == []
