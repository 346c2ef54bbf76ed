"""A transcript as a Word document, one paragraph a turn."""

from collections.abc import Iterable
from io import BytesIO

import docx

from media.cues import Spoken
from media.letters import plain
from media.writers import turns


def document(cues: Iterable[Spoken], title: str, source: str) -> bytes:
    """The words with their speakers; `source` says where the talk is, so that it can be cited."""
    file, title = docx.Document(), plain(title)
    file.core_properties.title = title
    file.core_properties.author = ""
    file.add_heading(title, level=1)
    for speaker, words in turns(cues):
        paragraph = file.add_paragraph()
        if speaker:
            paragraph.add_run(f"{plain(speaker)}: ").bold = True
        paragraph.add_run(plain(words))
    if source:
        file.add_paragraph(source)
    out = BytesIO()
    file.save(out)
    return out.getvalue()
