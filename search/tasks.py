"""What the worker does for search."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult, get_date_max

from search.services import index_page, send_or_wait


@task()
def index_pages(page_ids: list[int]) -> None:
    """Index pages anew. One that cannot be read does not keep the others from being found; the
    task then ends as failed, with the reasons."""
    failures: list[Exception] = []
    for page_id in page_ids:
        try:
            index_page(page_id)
        except Exception as error:
            error.add_note(f"page {page_id}")
            failures.append(error)
    send_or_wait()
    if failures:
        raise ExceptionGroup("pages that could not be indexed", failures)


def ask(page_ids: Iterable[int], within: timedelta) -> None:
    """Have pages indexed; call it after the commit.

    A page that waits already is not asked for again: what waits now begins later than this, so it
    reads what is there now. A task that has begun does not count, even if its worker is killed.
    """
    if not index_pages.get_backend().supports_defer:
        index_pages.enqueue(sorted(page_ids))
        return
    due = timezone.now() + within
    if left := sorted(set(page_ids) - waiting(due)):
        index_pages.using(run_after=due if within else None).enqueue(left)


def waiting(due: datetime) -> set[int]:
    """The pages whose turn comes by then."""
    tasks = DBTaskResult.objects.filter(task_path=index_pages.module_path, status="READY")
    tasks = tasks.filter(Q(run_after=get_date_max()) | Q(run_after__lte=due))
    return {
        page for given in tasks.values_list("args_kwargs", flat=True) for page in given["args"][0]
    }
