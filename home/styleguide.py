"""The living style guide: every token and component, from real objects of this very site."""

import re
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.blocks import body_blocks
from core.entries import Cover, Entry
from core.listing import Listing, Pager
from core.look.covers import MOTIFS, SLEEVES
from core.look.icons import ICONS
from core.models import SitePage
from core.models.querysets import visible_pages
from search.paging import window

TOKENS = Path("css/tokens.css")
VALUE = r"(?:var\([^)]*\)|#[0-9a-f]{6})"
COLOUR = re.compile(rf"^  (--[a-z-]+): {VALUE};\s*/\* (.+?) \*/$", re.MULTILINE)
HEADER = re.compile(r"\{# (\w+): (.+?) #\}", re.DOTALL)
LONG = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz and every other word"


@dataclass(frozen=True, slots=True)
class Component:
    name: str
    folder: str
    parameters: str


def static_folder() -> Path:
    return Path(settings.STATICFILES_DIRS[0])


def colours() -> list[tuple[str, str]]:
    """Colour roles of the light scheme with their words, read from the tokens themselves."""
    light = (static_folder() / TOKENS).read_text().partition("/* Type")[0]
    return COLOUR.findall(light)


def components() -> list[Component]:
    """Every component template with the parameters that its header comment states."""
    root = Path(settings.TEMPLATES[0]["DIRS"][0]) / "components"
    found = []
    for path in sorted(root.rglob("*.html")):
        header = HEADER.match(path.read_text())
        words = header.group(2) if header else ""
        found.append(Component(path.stem, path.parent.name, " ".join(words.split())))
    return found


def specimen_pages() -> list[SitePage]:
    """The newest visible page of each type."""
    newest: dict[int, int] = dict(
        visible_pages().order_by("first_published_at").values_list("content_type_id", "pk")
    )
    pages = visible_pages().filter(pk__in=newest.values()).specific()
    return [page for page in pages if isinstance(page, SitePage)]


def extremes() -> Listing:
    """The very long and the bare: what a list must survive."""
    long = Entry(title=LONG, url="#", kind="Episode", line=f"{LONG}. " * 3, meta=(LONG,) * 4)
    art = Cover(slug="long", motif="dots", sleeve="sky")
    covered = Entry(title="Untitled", url="#", kind="", cover=art, time="1:02:03", sample=True)
    pager = Pager(number=6, last=20, numbers=window(6, 20), query="")
    return Listing(entries=[long, covered], count=2, pager=pager)


def styleguide(request: HttpRequest) -> HttpResponse:
    context = {
        "colours": colours(),
        "sleeves": SLEEVES,
        "icons": list(ICONS),
        "covers": [
            Cover(slug=f"specimen-{motif}", motif=motif, sleeve=sleeve)
            for motif, sleeve in zip(MOTIFS, SLEEVES, strict=True)
        ],
        "lengths": (168_000, 161_000, 116_000, 132_000, 104_000, 150_000),
        "entries": [page.entry() for page in specimen_pages()],
        "extremes": extremes(),
        "nothing": Listing(entries=[], count=0, pager=Pager(1, 1, (1,), "")),
        "blocks": [
            (block.label, block.bind(block.get_preview_value()))
            for block in (block for _, block in body_blocks())
            if block.is_previewable
        ],
        "components": components(),
    }
    return render(request, "pages/styleguide.html", context)
