"""The pictures of a film as HTML, in the hand of the site: Archivo for the library, Literata for
people. The lowest fifth stays empty, because captions lie there.
"""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from demo.studio.covers import INK, PAPER, SLEEVES, Ring, cover, disc, rings
from demo.studio.script import Series, Talk, catalogue_code
from demo.studio.storyboard import Shot

STYLE = Path(__file__).with_name("slides.css")
CREDIT = "Sample. Words made up, voices synthetic. CC BY 4.0"


@dataclass(frozen=True)
class Place:
    """Where the record lies on a picture: its centre and its radius, in pixels."""

    x: int
    y: int
    radius: int


# A record is drawn by the page; the hot ring grows over it while the talk plays.
DISCS = {
    "title": Place(420, 300, 188),
    "chapter": Place(240, 300, 180),
    "quote": Place(1280, 300, 210),
    "key": Place(1280, 300, 210),
    "end": Place(1280, 300, 210),
}
STILL = frozenset({"title", "end"})


@dataclass(frozen=True)
class Stage:
    """All that the pictures of one talk have in common."""

    talk: Talk
    series: Series
    album: Sequence[Talk]
    fonts: Path

    @property
    def code(self) -> str:
        return catalogue_code(self.series, self.talk)

    @property
    def tracks(self) -> list[Ring]:
        """Rings as wide as the talks are long; words measure well enough for a drawing."""
        return rings([len(talk.words) for talk in self.album])

    @property
    def following(self) -> Talk | None:
        return next((one for one in self.album if one.number == self.talk.number + 1), None)


def page(stage: Stage, shot: Shot) -> str:
    """A whole HTML page of 1280 by 720."""
    draw = {"title": _title, "chapter": _chapter, "end": _end}.get(shot.kind, _quote)
    inks = SLEEVES[stage.series.sleeve]
    css = STYLE.read_text(encoding="utf-8").replace("FONTS", stage.fonts.as_uri())
    roles = (
        f":root{{--board:{inks.board};--print:{inks.print};--deep:{inks.deep};"
        f"--ink:{INK};--paper:{PAPER}}}"
    )
    return (
        f'<!doctype html><html lang="en-GB"><meta charset="utf-8"><style>{roles}{css}</style>'
        f'<body class="slide slide--{shot.kind}">{draw(stage, shot)}</body></html>'
    )


def _title(stage: Stage, _shot: Shot) -> str:
    art = cover(stage.series.motif, stage.series.slug, SLEEVES[stage.series.sleeve], on_field=True)
    number, count = stage.talk.number, len(stage.album)
    return (
        f'{_disc(stage, "title")}<div class="art">{art}</div><div class="words">'
        f'<p class="brand">{_mark()}Dixons OpenSource</p>'
        f'<p class="code">{stage.code}</p><h1>{_text(stage.talk.title)}</h1>'
        f'<p class="summary">{_text(stage.talk.summary)}</p>'
        f'<p class="place"><strong>{_text(stage.series.title)}</strong>, '
        f"track {number} of {count}</p></div>"
    )


def _chapter(stage: Stage, shot: Shot) -> str:
    rows = "".join(
        f'<li class="{"now" if index == shot.chapter else "other"}"><span>{index + 1}</span>'
        f"{_text(chapter.title)}</li>"
        for index, chapter in enumerate(stage.talk.chapters)
    )
    role = stage.talk.speakers[shot.speaker].role
    return (
        f'<div class="field">{_disc(stage, "chapter")}</div><div class="words">'
        f'<p class="code">{stage.code} <b>{_text(stage.talk.title)}</b></p>'
        f'<ol>{rows}</ol><p class="who"><i></i>{_text(role)}</p></div>'
    )


def _quote(stage: Stage, shot: Shot) -> str:
    role = stage.talk.speakers[shot.speaker].role
    size = "short" if len(shot.text) < 45 else "long" if len(shot.text) > 85 else "middle"
    return (
        f'{_disc(stage, shot.kind)}<blockquote class="{size}">“{_text(shot.text)}”</blockquote>'
        f'<p class="who">{_text(role)}</p>'
    )


def _end(stage: Stage, _shot: Shot) -> str:
    following = stage.following
    onwards = (
        f'<p class="label">Next on {_text(stage.series.title)}</p><h1>{_text(following.title)}</h1>'
        if following
        else f'<p class="label">The last track of</p><h1>{_text(stage.series.title)}</h1>'
    )
    return (
        f'{_disc(stage, "end")}<p class="brand">{_mark()}Dixons OpenSource</p>'
        f'<div class="words">{onwards}</div>'
        f'<p class="credit">{CREDIT}</p>'
    )


def _disc(stage: Stage, kind: str) -> str:
    """Hot are this track on a title and the next one at the end; elsewhere the film fills it."""
    place = DISCS[kind]
    now = {"title": stage.talk.number - 1, "end": stage.talk.number}.get(kind)
    box = (
        f"left:{place.x - place.radius}px;top:{place.y - place.radius}px;"
        f"width:{2 * place.radius}px;height:{2 * place.radius}px"
    )
    return f'<div class="record" style="{box}">{_record(stage, now)}</div>'


def _record(stage: Stage, now: int | None) -> str:
    return disc(stage.tracks, SLEEVES[stage.series.sleeve], now)


def _mark() -> str:
    """The sign of the library, as in its masthead."""
    return (
        f'<svg class="mark" viewBox="0 0 32 32"><path fill="{INK}" d="M0 0h32v32H0z"/>'
        f'<circle cx="16" cy="16" r="10" fill="{PAPER}"/>'
        '<circle cx="16" cy="16" r="3.5" fill="#f04a1d"/></svg>'
    )


def _text(words: str) -> str:
    return html.escape(words, quote=False)
