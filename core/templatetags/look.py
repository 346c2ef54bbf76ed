"""Tags of the house, loaded everywhere: icons, covers, discs, times, marks of a search."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from core import timecodes
from core.look.covers import cover_shapes, disc_rings
from core.look.icons import ICONS
from core.look.pieces import piece

register = template.Library()

register.filter("clock", timecodes.clock)
register.filter("duration", timecodes.length)
register.simple_tag(piece)


@register.simple_tag
def icon(name: str, variant: str = "") -> SafeString:
    """An icon of the set; unknown names raise KeyError, so a typing error is seen at once."""
    return drawn("icon", path=ICONS[name], variant=variant)


@register.simple_tag
def cover(art: Any, variant: str = "") -> SafeString:
    """Draw a `core.entries.Cover`."""
    return drawn("cover", slug=art.slug, motif=art.motif, variant=variant)


@register.simple_tag
def disc(durations_ms: Iterable[int], now: int | None = None) -> SafeString:
    """Draw the record of a series: one ring a track; `now` is the index of the current one."""
    return drawn("disc", durations_ms=tuple(durations_ms), now=now)


@lru_cache(maxsize=1024)
def drawn(name: str, **about: Any) -> SafeString:
    """The same drawing stands many times on a page and on every page: it is made once."""
    if name == "cover":
        shapes = cover_shapes(about["slug"], about["motif"])
        about = {"shapes": shapes, "variant": about["variant"]}
    elif name == "disc":
        about = {"rings": disc_rings(about["durations_ms"], about["now"])}
    return render_to_string(f"components/{name}/{name}.html", about)


@register.filter
def file_size(size: int) -> str:
    """Bytes as readers say them: 120 kB, 1.4 MB, 2.1 GB."""
    if size < 999_500:
        return f"{max(1, round(size / 1000))} kB"
    if size >= 999_950_000:
        return f"{size / 1_000_000_000:.1f} GB"
    return f"{size / 1_000_000:.1f} MB"
