"""What the front page shows: a fixed number of queries, whatever the size of the library."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, Subquery

from core.entries import Cover, Entry
from core.models import TopicPage
from core.models.querysets import visible_pages
from core.timecodes import clock, parse_clock
from courses.cards import CohortCard, next_cards
from episodes.models import EpisodeIndexPage, EpisodePage
from episodes.sleeves import Sleeve, sleeves

if TYPE_CHECKING:
    from home.models import HomePage

NEWEST = 3
TOPICS = 8
ON_THE_SHELF = 3


@dataclass(frozen=True, slots=True)
class Heard:
    """A spoken sentence that plays; `left` is what remains of the talk, in words."""

    words: str
    by: str
    title: str
    url: str
    at: str
    left: str
    cover: Cover
    durations_ms: tuple[int, ...]
    sample: bool


@dataclass(frozen=True, slots=True)
class Front:
    heard: Heard | None
    newest: list[Entry]
    count: int
    topics: list[TopicPage]
    sleeves: list[Sleeve]
    cohort: CohortCard | None
    library_url: str


def front(page: "HomePage") -> Front:
    shelf = sleeves()
    library = library_page()
    episodes = newest_and(page.heard_in_id)
    return Front(
        heard=heard_on(page, {episode.pk: episode for episode in episodes}, shelf),
        newest=[episode.entry() for episode in episodes[:NEWEST]],
        count=library.count if library else 0,
        topics=list(TopicPage.objects.visible().order_by("depth", "title")[:TOPICS]),
        sleeves=shelf[:ON_THE_SHELF],
        cohort=next_cohort(),
        library_url=library.url if library else "",
    )


def newest_and(chosen: int | None) -> list[EpisodePage]:
    """The newest visible episodes, and behind them the chosen one if it is older; one query."""
    order = ("-published_on", "-pk")
    newest = EpisodePage.objects.visible().order_by(*order).values("pk")[:NEWEST]
    wanted = EpisodePage.objects.visible().filter(Q(pk__in=newest) | Q(pk=chosen))
    return list(wanted.order_by(*order))


def library_page() -> Any:
    """The list of all episodes, with their `count`; one query."""
    every = EpisodePage.objects.visible().order_by().values("live").values(count=Count("pk"))
    return visible_pages().type(EpisodeIndexPage).annotate(count=Subquery(every)).first()


def next_cohort() -> CohortCard | None:
    """The soonest cohort with a place left, else the soonest that one can wait for."""
    cards = next_cards()
    free = [card for card in cards if not card.is_quiet]
    return next(iter([*free, *cards]), None)


def heard_on(
    page: "HomePage", episodes: dict[int, EpisodePage], shelf: list[Sleeve]
) -> Heard | None:
    """None where the editor chose nothing, or what was chosen is not visible any more."""
    start = parse_clock(page.heard_at or "0:00")
    found = episodes.get(page.heard_in_id or 0)
    if found is None or start is None or not page.heard_words:
        return None
    url = found.series.url if found.series else ""
    record = next((each.durations_ms for each in shelf if each.url == url), (1,))
    return Heard(
        words=page.heard_words,
        by=page.heard_by,
        title=found.title,
        url=f"{found.url}?t={start // 1000}",
        at=clock(start),
        left=f"{max(0, (found.duration_ms - start) // 1000)} seconds to the end",
        cover=found.cover(),
        durations_ms=record,
        sample=found.sample_wording or found.is_sample,
    )
