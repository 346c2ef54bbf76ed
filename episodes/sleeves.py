"""Series as records on a shelf."""

from dataclasses import dataclass

from core.entries import Cover
from episodes.models import EpisodePage, SeriesPage


@dataclass(frozen=True, slots=True)
class Sleeve:
    """`durations_ms` draw the disc: one ring a track."""

    title: str
    url: str
    code: str
    line: str
    cover: Cover
    durations_ms: tuple[int, ...]
    meta: tuple[str, ...]
    sample: bool


def sleeves(besides: int | None = None) -> list[Sleeve]:
    """Every visible series that has a visible episode, in order of its number; two queries."""
    tracks: dict[int, list[int]] = {}
    rows = EpisodePage.objects.visible().filter(series__isnull=False).order_by("number", "path")
    for series_id, duration in rows.values_list("series_id", "recording__duration_ms"):
        tracks.setdefault(series_id, []).append(duration or 0)
    shelf = SeriesPage.objects.visible().filter(pk__in=tracks).exclude(pk=besides)
    return [sleeve(series, tracks[series.pk]) for series in shelf.order_by("number")]


def sleeve(series: SeriesPage, durations: list[int]) -> Sleeve:
    return Sleeve(
        title=series.title,
        url=series.url,
        code=series.code,
        line=series.summary,
        cover=series.cover(),
        durations_ms=tuple(durations),
        meta=(counted(len(durations), "episode"), counted(minutes(durations), "minute")),
        sample=series.is_sample,
    )


def minutes(durations: list[int]) -> int:
    return max(1, round(sum(durations) / 60_000))


def counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
