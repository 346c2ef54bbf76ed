"""What the worker does with a resource after it was saved."""

from django_tasks import task

from resources.extract import Unreadable, words_of
from resources.models import ResourcePage
from search.services import reindex_page


@task()
def extract_text(page_id: int) -> None:
    """Read the words inside the document, for search; may run any number of times."""
    page = ResourcePage.objects.filter(pk=page_id).first()
    if page is None:
        return
    text, note = read(page)
    if (text, note) != (page.extracted_text, page.extraction_note):
        ResourcePage.objects.filter(pk=page_id).update(extracted_text=text, extraction_note=note)
        reindex_page(page_id)


def read(page: ResourcePage) -> tuple[str, str]:
    if page.document is None:
        return "", "A link: only this page is searched."
    try:
        with page.document.open_file() as file:
            text = words_of(page.document.file_extension, file.read())
    except Unreadable as error:
        return "", str(error)
    except OSError:
        return "", "The file is missing; upload it again."
    count = len(text.split())
    return (
        text,
        f"{count} words were read from the file." if count else "No words were found in it.",
    )
