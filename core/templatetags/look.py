"""Tags of the house, loaded everywhere: icons, covers, discs, times, marks of a search."""

from collections.abc import Iterable
from typing import Any

from django import template

from core import timecodes
from core.look.covers import cover_shapes, disc_rings
from core.look.icons import ICONS

register = template.Library()

register.filter("clock", timecodes.clock)
register.filter("duration", timecodes.length)


@register.inclusion_tag("components/icon/icon.html")
def icon(name: str, variant: str = "") -> dict[str, str]:
    """An icon of the set; unknown names raise KeyError, so a typing error is seen at once."""
    return {"path": ICONS[name], "variant": variant}


@register.inclusion_tag("components/cover/cover.html")
def cover(art: Any, variant: str = "") -> dict[str, Any]:
    """Draw a `core.entries.Cover`."""
    return {"shapes": cover_shapes(art.slug, art.motif), "variant": variant}


@register.inclusion_tag("components/disc/disc.html")
def disc(durations_ms: Iterable[int], now: int | None = None) -> dict[str, Any]:
    """Draw the record of a series: one ring a track; `now` is the index of the current one."""
    return {"rings": disc_rings(durations_ms, now)}


@register.filter
def file_size(size: int) -> str:
    """Bytes as readers say them: 120 kB, 1.4 MB, 2.1 GB."""
    if size < 999_500:
        return f"{max(1, round(size / 1000))} kB"
    if size >= 999_950_000:
        return f"{size / 1_000_000_000:.1f} GB"
    return f"{size / 1_000_000:.1f} MB"
