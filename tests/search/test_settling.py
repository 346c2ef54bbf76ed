"""Many small changes make one run of the index; whatever is killed meanwhile, it ends up right."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from core import workers
from home.models import HomePage, StandardPage
from search.finding import find
from search.models import IndexedRow
from search.services import reindex_pages
from tests.factories import make_page

OnCommit = DjangoCaptureOnCommitCallbacks
HALF_A_MINUTE = timedelta(seconds=30)


@pytest.fixture
def page(home: HomePage) -> StandardPage:
    return make_page(StandardPage, home, title="Corridors")


@pytest.fixture(autouse=True)
def queue(page: StandardPage, settings: Settings) -> None:
    """Tasks wait until the test runs them."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def tasks(**which: Any) -> list[DBTaskResult]:
    ours = DBTaskResult.objects.filter(task_path="search.tasks.index_pages")
    return list(ours.filter(**which).order_by("enqueued_at"))


def waiting() -> list[DBTaskResult]:
    return tasks(status="READY")


def work() -> int:
    """Do what waits, as if its time had come."""
    chosen = waiting()
    for task in chosen:
        task.claim("one")
        task.task.func(*task.args_kwargs["args"])
        task.set_successful(None)
    return len(chosen)


def retitle(page: StandardPage, title: str, *, within: timedelta = HALF_A_MINUTE) -> None:
    StandardPage.objects.filter(pk=page.pk).update(title=title)
    reindex_pages([page.pk], within=within)


def test_ten_changes_in_half_a_minute_are_one_run_that_reads_the_last(
    page: StandardPage, django_capture_on_commit_callbacks: OnCommit
) -> None:
    for number in range(10):
        with django_capture_on_commit_callbacks(execute=True):
            retitle(page, f"Doors {number}")
    (task,) = waiting()
    assert timedelta(0) < task.run_after - timezone.now() <= HALF_A_MINUTE
    assert work() == 1
    assert [hit.url for hit in find("doors").hits] == ["/corridors/"]
    assert IndexedRow.objects.get(page_id=page.pk).title == "Doors 9"


def test_a_change_after_the_run_began_has_a_run_of_its_own(
    page: StandardPage, django_capture_on_commit_callbacks: OnCommit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        retitle(page, "Doors")
    waiting()[0].claim("one")
    with django_capture_on_commit_callbacks(execute=True):
        retitle(page, "Windows")
    assert work() == 1
    assert find("windows").count == 1


def test_a_worker_that_is_killed_loses_no_change(
    page: StandardPage, django_capture_on_commit_callbacks: OnCommit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        retitle(page, "Doors")
    waiting()[0].claim("a worker that nobody hears of again")
    assert workers.reap() == workers.Reaped(again=1)
    with django_capture_on_commit_callbacks(execute=True):
        retitle(page, "Windows")
    assert work() == 1
    assert (find("doors").count, find("windows").count) == (0, 1)


def test_what_is_published_does_not_wait_for_what_may_wait(
    page: StandardPage, django_capture_on_commit_callbacks: OnCommit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        retitle(page, "Doors")
    with django_capture_on_commit_callbacks(execute=True):
        page.title = "Windows"
        page.save_revision().publish()
    assert [task.run_after == get_date_max() for task in waiting()] == [False, True]


def test_what_waits_for_its_turn_is_not_asked_for_again(
    page: StandardPage, django_capture_on_commit_callbacks: OnCommit
) -> None:
    other = make_page(StandardPage, page.get_parent(), title="Doors")
    with django_capture_on_commit_callbacks(execute=True):
        reindex_pages([page.pk])
        reindex_pages([page.pk, other.pk])
        reindex_pages([page.pk, other.pk], within=HALF_A_MINUTE)
    assert [task.args_kwargs["args"] for task in waiting()] == [[[page.pk]], [[other.pk]]]


def test_where_tasks_run_at_once_nothing_waits(
    page: StandardPage, settings: Settings, django_capture_on_commit_callbacks: OnCommit
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    with django_capture_on_commit_callbacks(execute=True):
        retitle(page, "Doors")
    assert find("doors").count == 1
