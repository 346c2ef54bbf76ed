"""What an episode knows about its talk: words, place in the series, how lists show it."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import DateTimeField, F, IntegerField, Q, prefetch_related_objects
from django.utils import timezone
from wagtail.query import PageQuerySet

from core.entries import Cover, Entry
from core.models import SitePage
from core.prepared import Prepared
from core.relations import Relations, held_ties, tied_pages
from core.timecodes import clock
from media.models import Cue, Transcript
from search.rows import Row

LAST = 10_000


@dataclass(frozen=True, slots=True)
class Track:
    """A talk among those of its series."""

    path: str
    title: str
    url: str
    number: int | None
    duration_ms: int


@dataclass(frozen=True, slots=True)
class Family:
    """All tracks of the series in order; `at` is this one."""

    tracks: list[Track]
    at: int


def track_of(page: Any) -> Track:
    return Track(page.path, page.title, page.url, page.track_number, page.track_ms or 0)


def around(page: Any, series: Any, *, held: Any = (), now: Any = None) -> PageQuerySet:
    """What a talk is tied to and the tracks of its series, with what a track is told by."""
    beside = Q(episodepage__series=series)
    return (
        tied_pages(page, dict(held), also=beside, now=now)
        .annotate(
            track_series=F("episodepage__series_id"),
            track_number=F("episodepage__number"),
            track_ms=F("episodepage__recording__duration_ms"),
        )
        .order_by("path")
    )


stored_around = Prepared(
    lambda page, series, now: around(page, series, now=now),
    IntegerField(),
    IntegerField(),
    DateTimeField(),
)


if TYPE_CHECKING:
    Base = SitePage
else:
    Base = object


class HasTalk(Base):
    """Mixed into the episode page, whose fields it reads."""

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...

    @property
    def code(self) -> str:
        if self.series is None or self.number is None:
            return ""
        return f"{self.series.code}.{self.number:02}"

    @property
    def duration_ms(self) -> int:
        return self.recording.duration_ms if self.recording else 0

    @property
    def said_first(self) -> str:
        return self.lead or self.summary

    @property
    def chapter_starts(self) -> list[tuple[int, str]]:
        return [(block.value["start"], block.value["title"]) for block in self.chapters]

    @cached_property
    def transcript(self) -> Transcript | None:
        """The words in English, if there are any; those of all languages come in one query."""
        if self.recording is None:
            return None
        prefetch_related_objects([self.recording], "transcripts")
        found: Transcript | None = self.recording.transcript
        return found

    @cached_property
    def cues(self) -> list[Cue]:
        return list(Cue.objects.filter(transcript=self.transcript)) if self.transcript else []

    @cached_property
    def relations(self) -> Relations:
        """One query for what it is tied to and the tracks beside."""
        held, series = held_ties(self), self.series_id or 0
        if held:
            return Relations(list(around(self.pk, series, held=held)))
        return Relations(stored_around(self.pk, series, timezone.now()))

    @cached_property
    def family(self) -> Family:
        """The tracks beside; drafts are left out."""
        tracks = [track_of(page) for page in self.relations.tied if self.is_beside(page)]
        own = Track(self.path, self.title, self.url, self.number, self.duration_ms)
        inside = sorted([*tracks, own], key=lambda track: (track.number or LAST, track.path))
        return Family(inside, inside.index(own))

    def is_beside(self, page: Any) -> bool:
        """Whether a page is a track of the same series."""
        return self.series_id is not None and page.track_series == self.series_id

    def cover(self) -> Cover:
        if self.series is not None:
            return self.series.cover()
        return Cover(slug=self.slug, motif="bars", sleeve="sky")

    def entry(self, topics: tuple[str, ...] = ()) -> Entry:
        """`topics` are given by lists that know those of all their rows."""
        return Entry(
            title=self.title,
            url=self.url,
            kind=self.kind,
            line=self.summary,
            code=self.code,
            time=clock(self.duration_ms) if self.duration_ms else "",
            icon=self.icon,
            cover=self.cover(),
            meta=(*self.entry_meta(), *topics),
            sample=self.is_sample,
        )

    def entry_meta(self) -> tuple[str, ...]:
        return (self.series.title,) if self.series else ()

    def search_rows(self) -> list[Row]:
        from episodes.finding import rows_of  # rows are made from episode pages

        return rows_of(self, super().search_rows())
