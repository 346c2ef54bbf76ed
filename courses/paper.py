"""A certificate as PDF: A4, our type embedded, tagged for people who have it read out. Pure."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import Align, MethodReturnValue, XPos, YPos
from fpdf.fonts import TTFFont
from fpdf.prefs import ViewerPreferences

FONTS = Path(__file__).parent / "fonts"
HOUSE, OTHERS = "house", "others"
# For names in letters that ours does not have: Arabic, Hebrew, Greek, Cyrillic and more.
OTHER_SCRIPTS = Path("/usr/share/fonts/truetype/dejavu")
INK, SOFT, SKY, HOT, RULE = "#14201d", "#42504b", "#c8d9f6", "#f04a1d", "#ccd3cd"
EDGE = 22.0  # mm
BAND = 26.0
FOOT = 20.0
LONGEST_NAME = 120

logging.getLogger("fpdf").setLevel(logging.ERROR)  # it tells of every letter that a font lacks
logging.getLogger("fontTools").setLevel(logging.ERROR)


@dataclass(frozen=True, slots=True)
class Attended:
    day: str
    title: str
    length: str


@dataclass(frozen=True, slots=True)
class Paper:
    """Finished words; `check_url` is where anybody can see that it is true."""

    site: str
    name: str
    programme: str
    cohort: str
    length: str
    sessions: Sequence[Attended]
    issued: str
    issued_at: datetime
    code: str
    check_url: str


class Sheet(FPDF):
    """A page whose paragraphs carry tags, so that a reader of the screen knows what is what."""

    def __init__(self, paper: Paper) -> None:
        super().__init__(format="A4")
        self.set_margins(EDGE, EDGE, EDGE)
        self.set_auto_page_break(False)
        self.set_title(f"Certificate: {printable(paper.name)}, {printable(paper.programme)}")
        self.set_author(printable(paper.site))
        self.set_lang("en-GB")
        self.set_creation_date(paper.issued_at)
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        for style, name in (("", "regular"), ("B", "bold")):
            self.add_font(HOUSE, style, FONTS / f"archivo-{name}.ttf")
        self.add_other_letters(f"{paper.name}{paper.programme}{paper.cohort}")
        self.add_page()

    def add_other_letters(self, words: str) -> None:
        """Where ours is not enough, and the machine has more."""
        ours = self.fonts[HOUSE]
        others = {"": "DejaVuSans.ttf", "B": "DejaVuSans-Bold.ttf"}
        is_there = all((OTHER_SCRIPTS / name).exists() for name in others.values())
        if (
            is_there
            and isinstance(ours, TTFFont)
            and any(ord(letter) not in ours.cmap for letter in words)
        ):
            for style, name in others.items():
                self.add_font(OTHERS, style, OTHER_SCRIPTS / name)
            self.set_fallback_fonts([OTHERS], exact_match=False)

    @contextmanager
    def tagged(self, tag: str) -> Iterator[None]:
        mcid = self.struct_builder.next_mcid_for_page(self.page)
        self._add_marked_content(struct_type=f"/{tag}", mcid=mcid)
        self._out(f"/{tag} <</MCID {mcid}>> BDC")
        yield
        self._out("EMC")

    @contextmanager
    def ornament(self) -> Iterator[None]:
        """Nothing that needs to be read out."""
        self._out("/Artifact BMC")
        yield
        self._out("EMC")

    def say(
        self, words: str, *, size: float, bold: bool = False, ink: str = INK, tag: str = "P",
        link: str = "",
    ) -> None:  # fmt: skip
        """A paragraph; a new page before it if it does not fit."""
        self.set_font(HOUSE, "B" if bold else "", size)
        self.set_text_color(ink)
        line = size * 0.3528 * (1.12 if bold and size > 14 else 1.4)
        words = printable(words)
        lines = self.multi_cell(0, line, words, dry_run=True, output=MethodReturnValue.LINES)
        self.make_room(line * len(lines) if isinstance(lines, list) else line)
        with self.tagged(tag):
            self.multi_cell(
                0, line, words, align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT, link=link
            )

    def make_room(self, height: float) -> None:
        if self.get_y() + height > self.h - FOOT:
            self.add_page()

    def rule(self, ink: str = RULE, width: float = 0.2) -> None:
        with self.ornament():
            self.set_draw_color(ink)
            self.set_line_width(width)
            self.line(EDGE, self.get_y(), self.w - EDGE, self.get_y())


def printable(words: str) -> str:
    """What stands on paper: no control characters, halves of pairs or marks of direction."""
    kept = (char if char.isprintable() else " " for char in words)
    return " ".join("".join(kept).split()) or "–"


def certificate_pdf(paper: Paper) -> bytes:
    sheet = Sheet(paper)
    draw_head(sheet, paper)
    draw_sessions(sheet, paper)
    draw_foot(sheet, paper)
    return bytes(sheet.output())


def draw_head(sheet: Sheet, paper: Paper) -> None:
    with sheet.ornament():
        draw_grounds(sheet)
    sheet.set_xy(EDGE + 13, 10.6)
    sheet.say(paper.site, size=13, bold=True)
    sheet.set_xy(EDGE, BAND + 18)
    sheet.say("Certificate of attendance", size=14, tag="H1")
    sheet.ln(6)
    sheet.say(paper.name[:LONGEST_NAME], size=34 if len(paper.name) < 40 else 20, bold=True)
    sheet.ln(6)
    sheet.say(f"attended {paper.length} of training in", size=14)
    sheet.say(paper.programme, size=20, bold=True)
    sheet.say(paper.cohort, size=14)
    sheet.set_y(max(sheet.get_y() + 12, 140))


def draw_grounds(sheet: Sheet) -> None:
    """A band with the mark, and the sky below it."""
    sheet.set_fill_color(SKY)
    sheet.rect(0, BAND, sheet.w, 106, style="F")
    for ink, radius in ((INK, 4.4), (HOT, 1.55)):
        sheet.set_fill_color(ink)
        sheet.circle(EDGE + 4.4, BAND / 2, radius, style="F")


def draw_sessions(sheet: Sheet, paper: Paper) -> None:
    sheet.say("Sessions attended", size=13, bold=True, tag="H2")
    sheet.ln(2)
    sheet.rule(INK, 0.5)
    for session in paper.sessions:
        sheet.ln(2.4)
        words = ", ".join(part for part in (session.day, session.length) if part)
        sheet.say(session.title or words, size=11, bold=True)
        if session.title:
            sheet.say(words, size=10, ink=SOFT)
        sheet.ln(2.4)
        sheet.rule()


def draw_foot(sheet: Sheet, paper: Paper) -> None:
    sheet.ln(8)
    sheet.say(f"Issued on {paper.issued}. Number {paper.code}", size=10)
    sheet.say("Whether it is true can be seen by anybody who has it, at", size=10, ink=SOFT)
    sheet.say(paper.check_url, size=10, link=paper.check_url)
