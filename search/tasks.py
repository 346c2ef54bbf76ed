"""What the worker does for search."""

from django_tasks import task

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
