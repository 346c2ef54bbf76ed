"""The page of a series: where to start, the tracks, what to take, what stands next to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from core.models import PageLink, PagePerson, PersonPage
from episodes.models import EpisodePage, SeriesPage
from episodes.sleeves import Sleeve, sleeves
from episodes.topics import topic_titles
from resources.families import Card, cards

NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
SHELF = 2


@dataclass(frozen=True, slots=True)
class Track:
    number: int
    title: str
    url: str
    line: str
    topic: str
    duration_ms: int
    is_overview: bool
    sample: bool


@dataclass(frozen=True, slots=True)
class Album:
    tracks: list[Track]
    durations_ms: list[int]
    heading: str
    total_ms: int
    speakers: list[PersonPage]
    resources: list[Card]
    others: list[Sleeve]

    @property
    def start(self) -> Track | None:
        return self.tracks[0] if self.tracks else None

    @property
    def speakers_are_samples(self) -> bool:
        return any(person.is_sample for person in self.speakers)


def album(series: SeriesPage) -> Album:
    episodes = list(EpisodePage.objects.visible().child_of(series).order_by("number", "path"))
    keys = [episode.pk for episode in episodes]
    topics = topic_titles(keys)
    tracks = [
        track(at, episode, topics.get(episode.pk, ())) for at, episode in enumerate(episodes, 1)
    ]
    durations = [item.duration_ms for item in tracks]
    return Album(
        tracks=tracks,
        durations_ms=durations,
        heading=heading(len(tracks)),
        total_ms=sum(durations),
        speakers=speakers([series.pk, *keys]),
        resources=cards(linked_to([series.pk, *keys])),
        others=sleeves(besides=series.pk)[:SHELF],
    )


def track(at: int, episode: EpisodePage, topics: tuple[str, ...]) -> Track:
    return Track(
        number=episode.number or at,
        title=episode.title,
        url=episode.url,
        line=episode.summary,
        topic=", ".join(topics),
        duration_ms=episode.duration_ms,
        is_overview=episode.number == 1,
        sample=episode.is_sample,
    )


def heading(count: int) -> str:
    number = NUMBERS[count] if count < len(NUMBERS) else str(count)
    return f"{number} track" if count == 1 else f"{number} tracks"


def speakers(page_ids: Sequence[int]) -> list[PersonPage]:
    spoken = PagePerson.objects.filter(page_id__in=page_ids).values("person_id")
    return list(PersonPage.objects.visible().filter(pk__in=spoken).order_by("path"))


def linked_to(page_ids: Sequence[int]) -> list[int]:
    """Pages linked from or to these, in the order of the tracks."""
    rows = PageLink.objects.filter(Q(page_id__in=page_ids) | Q(target_id__in=page_ids))
    place = {pk: at for at, pk in enumerate(page_ids)}
    pairs = []
    for page_id, target_id, order in rows.values_list("page_id", "target_id", "sort_order"):
        this, other = (page_id, target_id) if page_id in place else (target_id, page_id)
        pairs.append((place[this], order or 0, other))
    return list(dict.fromkeys(other for _, _, other in sorted(pairs)))
