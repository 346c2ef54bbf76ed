"""A paper as a Word file that a school can change: real headings, real tables, its language set.

The faces are ones that every school computer has, because Word does not carry ours.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from docx import Document
from docx.document import Document as Page
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from demo.studio.covers import INK, SLEEVES, SOFT
from demo.studio.paper import Block, Paper

SANS, SPEECH = "Arial", "Georgia"
BODY = Mm(178)
DATED = datetime(2026, 1, 1, tzinfo=UTC)  # one date for all, so that a rebuild changes nothing
RULE, EDGE = "CCD3CD", "66736D"
# Word wants the parts of a paragraph and of a table in its own order: what comes after ours.
_AFTER_BORDER = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr")
_AFTER_TABLE_BORDERS = ("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")


def save(paper: Paper, target: Path) -> None:
    """The whole file."""
    page = Document()
    _set_page(page, paper)
    _set_styles(page)
    _head(page, paper)
    for block in paper.blocks:
        if block.heading:
            _heading(page, block.heading)
        _DRAW[block.kind](page, block)
    page.save(str(target))


def _head(page: Page, paper: Paper) -> None:
    """A band in the colour of the sleeve: paragraphs on one ground, so that a reader meets
    words and not a table that is only there for its looks."""
    board = SLEEVES[paper.series.sleeve].board[1:]
    origin = page.add_paragraph(paper.origin, style="Subtitle")
    title = page.add_paragraph(paper.resource.title, style="Title")
    intro = page.add_paragraph(paper.intro)
    intro.paragraph_format.space_after = Pt(14)
    for paragraph in (origin, title, intro):
        paragraph.paragraph_format.left_indent = Mm(4)
        paragraph.paragraph_format.right_indent = Mm(4)
        _borders(paragraph, dict.fromkeys(("top", "left", "bottom", "right"), (4, 10, board)))
        _properties(paragraph).insert_element_before(
            _element("w:shd", val="clear", color="auto", fill=board), *_AFTER_BORDER[1:]
        )


def _set_page(page: Page, paper: Paper) -> None:
    section = page.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(16)
    section.top_margin, section.bottom_margin = Mm(13), Mm(14)
    section.footer_distance = Mm(7)
    footer = section.footer.paragraphs[0]
    footer.text = f"{paper.licence} {paper.source}."
    footer.runs[0].font.size = Pt(8)
    about = page.core_properties
    about.title = f"{paper.resource.title} ({paper.resource.version})"
    about.author = about.last_modified_by = "Dixons OpenSource"
    about.subject = f"Sample. {paper.source}"
    about.comments = "CC BY 4.0"
    about.language = "en-GB"
    about.created = about.modified = DATED


def _set_styles(page: Page) -> None:
    _style(page, "Normal", SANS, 10, after=3)
    _style(page, "Subtitle", SANS, 10, bold=True, after=0)
    _style(page, "Title", SANS, 24, bold=True, after=4)
    _style(page, "Heading 1", SANS, 12, bold=True, before=13, after=4)
    _style(page, "Quote", SPEECH, 15, before=14, after=2)
    _style(page, "List Number", SANS, 10, after=3)


def _style(
    page: Page,
    name: str,
    face: str,
    size: float,
    *,
    bold: bool = False,
    before: float = 0,
    after: float = 0,
) -> None:
    style = page.styles[name]
    if not isinstance(style, ParagraphStyle):
        raise TypeError(f"{name} is not a style of paragraphs")
    font = style.font
    font.name, font.size, font.bold, font.italic = face, Pt(size), bold, False
    font.color.rgb = RGBColor.from_string(INK[1:])
    _set_face(style, face)
    style.paragraph_format.space_before = Pt(before)
    style.paragraph_format.space_after = Pt(after)
    if name == "Title":
        border = style.element.get_or_add_pPr().find(qn("w:pBdr"))
        if border is not None:
            border.getparent().remove(border)


def _set_face(style: ParagraphStyle, face: str) -> None:
    """One face for every script, without the theme's, and British English for the spelling."""
    properties = style.element.get_or_add_rPr()
    faces = properties.get_or_add_rFonts()
    for theme in [key for key in faces.attrib if "heme" in str(key)]:
        del faces.attrib[theme]
    for spacing in properties.findall(qn("w:spacing")):
        properties.remove(spacing)
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        faces.set(qn(script), face)
    properties.append(_element("w:lang", val="en-GB"))


def _table(page: Page, block: Block) -> None:
    table = page.add_table(rows=1, cols=len(block.columns))
    table.autofit = False
    for cell, words in zip(table.rows[0].cells, block.columns, strict=True):
        _write_cell(cell, words, bold=True, size=8.5)
    table.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader", val="true"))
    for row in block.rows:
        added = table.add_row()
        if block.tall:
            added.height = Mm(block.tall)
        for index, (cell, words) in enumerate(zip(added.cells, row, strict=True)):
            _write_cell(cell, words, bold=index == 0)
    _rule_table(table)
    for column, width in zip(table.columns, block.widths, strict=True):
        column.width = Emu(BODY * width // 100)
        for cell in column.cells:
            cell.width = Emu(BODY * width // 100)


def _rule_table(table: Table) -> None:
    """Rules between rows that carry meaning, hairlines between columns, no box."""
    borders = _element("w:tblBorders")
    for side, colour in (("bottom", EDGE), ("insideH", EDGE), ("insideV", RULE)):
        borders.append(_element(f"w:{side}", val="single", sz="4", space="0", color=colour))
    table._tbl.tblPr.insert_element_before(borders, *_AFTER_TABLE_BORDERS)


def _write_cell(cell: _Cell, words: str, *, bold: bool, size: float = 10) -> None:
    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(words)
    run.bold, run.font.size = bold, Pt(size)
    paragraph.paragraph_format.space_before = Pt(3)


def _checks(page: Page, block: Block) -> None:
    for item in block.items:
        paragraph = page.add_paragraph(f"\N{WHITE SQUARE}\t{item}")
        paragraph.paragraph_format.left_indent = Mm(6)
        paragraph.paragraph_format.first_line_indent = Mm(-6)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(6))


def _steps(page: Page, block: Block) -> None:
    for lead, rest in block.items:
        paragraph = page.add_paragraph(style="List Number")
        paragraph.add_run(f"{lead} ").bold = True
        paragraph.add_run(rest)


def _quote(page: Page, block: Block) -> None:
    page.add_paragraph(f"“{block.text}”", style="Quote")
    page.add_paragraph().add_run(block.who).bold = True


def _words(page: Page, block: Block) -> None:
    page.add_paragraph(block.text).paragraph_format.space_before = Pt(9)


def _write(page: Page, block: Block) -> None:
    """Ruled lines to write on: a bottom border each, so that typing moves nothing."""
    if block.hint:
        hint = page.add_paragraph().add_run(block.hint)
        hint.font.color.rgb = RGBColor.from_string(SOFT[1:])
    for _ in range(block.lines):
        line = page.add_paragraph()
        line.paragraph_format.line_spacing = Pt(23)
        line.paragraph_format.space_after = Pt(0)
        _borders(line, dict.fromkeys(("bottom", "between"), (4, 1, EDGE)))


def _heading(page: Page, words: str) -> None:
    heading = page.add_heading(words, level=1)
    _borders(heading, {"top": (12, 4, INK[1:])})


def _borders(paragraph: Paragraph, sides: Mapping[str, tuple[int, int, str]]) -> None:
    """Each side's width in eighths of a point, its distance in points and its colour."""
    borders = _element("w:pBdr")
    for side, (width, space, colour) in sides.items():
        borders.append(
            _element(f"w:{side}", val="single", sz=str(width), space=str(space), color=colour)
        )
    _properties(paragraph).insert_element_before(borders, *_AFTER_BORDER)


def _properties(paragraph: Paragraph) -> BaseOxmlElement:
    return paragraph._p.get_or_add_pPr()


def _element(name: str, **attributes: str) -> BaseOxmlElement:
    """Word's own markup, for the few things that python-docx has no word for."""
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


_DRAW = {
    "checks": _checks,
    "quote": _quote,
    "steps": _steps,
    "table": _table,
    "text": _words,
    "write": _write,
}
