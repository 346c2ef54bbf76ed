"""A paper as an HTML page of A4, which Chromium prints as a tagged PDF."""

import html
from pathlib import Path

from demo.studio.covers import INK, SLEEVES, cover
from demo.studio.paper import Block, Paper

STYLE = Path(__file__).with_name("paper.css")


def page(paper: Paper, fonts: Path) -> str:
    """The whole page; its title and language become those of the PDF."""
    inks = SLEEVES[paper.series.sleeve]
    css = STYLE.read_text(encoding="utf-8").replace("FONTS", fonts.as_uri())
    roles = f":root{{--board:{inks.board};--print:{inks.print};--deep:{inks.deep};--ink:{INK}}}"
    blocks = "".join(_section(block) for block in paper.blocks)
    title = f"{paper.resource.title} ({paper.resource.version})"
    return (
        f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{_text(title)}'
        f'</title><meta name="author" content="Dixons OpenSource"><style>{roles}{css}</style>'
        f"</head><body>{_head(paper)}<main>{blocks}</main>{_foot(paper)}</body></html>"
    )


def _head(paper: Paper) -> str:
    inks = SLEEVES[paper.series.sleeve]
    art = cover(paper.series.motif, paper.series.slug, inks, on_field=True)
    return (
        f'<header><div class="art" aria-hidden="true">{art}</div><div>'
        f'<p class="origin">{_text(paper.origin)}</p><h1>{_text(paper.resource.title)}</h1>'
        f"<p>{_text(paper.intro)}</p></div></header>"
    )


def _foot(paper: Paper) -> str:
    return f"<footer><p>{_text(paper.licence)}</p><p>{_text(paper.source)}</p></footer>"


def _section(block: Block) -> str:
    heading = f"<h2>{_text(block.heading)}</h2>" if block.heading else ""
    body = {
        "cards": _cards,
        "checks": _checks,
        "quote": _quote,
        "steps": _steps,
        "table": _table,
        "text": _words,
        "write": _write,
    }[block.kind](block)
    return f'<section class="{block.kind}">{heading}{body}</section>'


def _table(block: Block) -> str:
    columns = "".join(f'<col style="width:{width}%">' for width in block.widths)
    head = "".join(f'<th scope="col">{_text(cell)}</th>' for cell in block.columns)
    height = f' style="height:{block.tall}mm"' if block.tall else ""
    rows = "".join(f"<tr{height}>{_cells(row)}</tr>" for row in block.rows)
    return (
        f"<table><colgroup>{columns}</colgroup><thead><tr>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )


def _cells(row: tuple[str, ...]) -> str:
    """A first cell with words names its row; an empty one is there to be written in."""
    first = f'<th scope="row">{_text(row[0])}</th>' if row[0] else "<td></td>"
    return first + "".join(f"<td>{_text(cell)}</td>" for cell in row[1:])


def _checks(block: Block) -> str:
    return f"<ul>{''.join(f'<li>{_text(item)}</li>' for item in block.items)}</ul>"


def _steps(block: Block) -> str:
    rows = "".join(
        f"<li><strong>{_text(lead)}</strong> {_text(rest)}</li>" for lead, rest in block.items
    )
    return f"<ol>{rows}</ol>"


def _quote(block: Block) -> str:
    return f"<blockquote><p>“{_text(block.text)}”</p></blockquote><p>{_text(block.who)}</p>"


def _words(block: Block) -> str:
    return f"<p>{_text(block.text)}</p>"


def _write(block: Block) -> str:
    hint = f"<p>{_text(block.hint)}</p>" if block.hint else ""
    return hint + '<div class="line"></div>' * block.lines


def _cards(block: Block) -> str:
    drawn = "".join(
        f"<li><strong>{_text(head)}</strong>{''.join(f'<span>{_text(row)}</span>' for row in rows)}"
        "</li>"
        for head, *rows in block.cards
    )
    return f"<ul>{drawn}</ul>"


def _text(words: str) -> str:
    return html.escape(words, quote=False)
