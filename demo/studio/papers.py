"""The papers of a talk: PDF to print, Word to change."""

from pathlib import Path

from demo.studio import chromium, paper_docx, paper_html
from demo.studio.film import FONTS
from demo.studio.paper import Paper, load
from demo.studio.script import Series, Talk


def make(talk: Talk, series: Series, papers: Path, folder: Path, workshop: Path) -> None:
    """Every resource of a talk, in its format."""
    for resource in talk.resources:
        paper = load(papers, resource, talk, series)
        _WRITE[resource.kind](paper, folder / resource.file, workshop / talk.slug)


def _pdf(paper: Paper, target: Path, desk: Path) -> None:
    chromium.pdf(paper_html.page(paper, FONTS), desk / f"{target.stem}.html", target)


def _docx(paper: Paper, target: Path, _desk: Path) -> None:
    paper_docx.save(paper, target)


_WRITE = {"pdf": _pdf, "docx": _docx}
