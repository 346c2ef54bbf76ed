"""Resources for tests."""

from io import BytesIO
from typing import Any

import docx
from django.core.files.base import ContentFile

from home.models import HomePage
from media.models import CustomDocument
from resources.models import ResourceIndexPage, ResourcePage
from tests.factories import make_home, make_page


def make_docx(*paragraphs: str, cells: tuple[str, ...] = ()) -> bytes:
    file = docx.Document()
    for words in paragraphs:
        file.add_paragraph(words)
    if cells:
        table = file.add_table(rows=1, cols=len(cells))
        for cell, words in zip(table.rows[0].cells, cells, strict=True):
            cell.text = words
    out = BytesIO()
    file.save(out)
    return out.getvalue()


def make_document(name: str = "sheet.docx", content: bytes = b"", **fields: Any) -> CustomDocument:
    data = content or make_docx("The first forty seconds")
    file = ContentFile(data, name=name)
    return CustomDocument.objects.create(title=name, file=file, file_size=len(data), **fields)


def make_resources(home: HomePage | None = None) -> ResourceIndexPage:
    return ResourceIndexPage.objects.first() or make_page(
        ResourceIndexPage, home or make_home(), title="Resources"
    )


def make_resource(title: str = "Entry routine", **fields: Any) -> ResourcePage:
    if "link" not in fields:
        fields.setdefault("document", make_document())
    return make_page(ResourcePage, make_resources(), title=title, **fields)
