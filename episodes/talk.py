"""What an episode knows about its talk: words, place in the series, how lists show it."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q, prefetch_related_objects
from wagtail.models import Page

from core.entries import Cover, Entry
from core.models import SitePage
from core.relations import Relations, tied_pages
from core.timecodes import clock
from media.models import Cue, Transcript
from search.rows import Row

if TYPE_CHECKING:
    pass

HOME_DEPTH = 2
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
    """Pages above, nearest last, and all tracks of the series in order; `at` is this one."""

    crumbs: list[Page]
    tracks: list[Track]
    at: int


def track_of(page: Any) -> Track:
    return Track(page.path, page.title, page.url, page.track_number, page.track_ms or 0)


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
        """One query for what it is tied to, the pages above and the tracks beside."""
        wanted = Q(path__in=self.above)
        if self.album_path:
            same = Q(path__startswith=self.album_path, depth=self.depth)
            wanted |= same
        around = tied_pages(self, also=wanted).annotate(
            track_number=F("episodepage__number"),
            track_ms=F("episodepage__recording__duration_ms"),
        )
        return Relations(list(around.order_by("path")))

    @property
    def above(self) -> list[str]:
        path, step = self.path or "", self.steplen
        return [path[:end] for end in range(step * (HOME_DEPTH + 1), len(path), step)]

    @property
    def album_path(self) -> str:
        """Where the tracks of its series lie; empty outside a series."""
        return self.above[-1] if self.series_id and self.above else ""

    @cached_property
    def family(self) -> Family:
        """The pages above and the tracks beside; drafts are left out."""
        pages = self.relations.tied
        crumbs = [page for page in pages if page.path in self.above]
        tracks = [track_of(page) for page in pages if self.is_beside(page)]
        own = Track(self.path, self.title, self.url, self.number, self.duration_ms)
        inside = sorted([*tracks, own], key=lambda track: (track.number or LAST, track.path))
        return Family(crumbs, inside, inside.index(own))

    def is_beside(self, page: Page) -> bool:
        """Whether a page is a track of the same series."""
        same = page.path.startswith(self.album_path) and page.depth == self.depth
        return bool(self.album_path) and same and page.specific_class is type(self)

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

    def breadcrumbs(self) -> list[Page]:
        return self.family.crumbs

    def search_rows(self) -> list[Row]:
        from episodes.finding import rows_of  # rows are made from episode pages

        return rows_of(self, super().search_rows())
