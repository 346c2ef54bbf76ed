"""What a page shows of itself in lists: one shape for every listing, card and result. Pure."""

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True, slots=True)
class Cover:
    """Sleeve art: `slug` seeds the drawing, so the same name always gives the same cover."""

    slug: str
    motif: str
    sleeve: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A row of a list. `kind` is shown as words (“Case study”); `meta` are small facts in order."""

    title: str
    url: str
    kind: str
    line: str = ""
    code: str = ""
    time: str = ""
    icon: str = "file"
    cover: Cover | None = None
    meta: tuple[str, ...] = field(default=())
    sample: bool = False
