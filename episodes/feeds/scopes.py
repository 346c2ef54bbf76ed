"""What a feed can be about. Its address holds the number of its page, so it survives a new name."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse

from core.models import PagePerson, PageTopic, PersonPage, TopicPage
from episodes.models import EpisodePage, SeriesPage

LIBRARY, SERIES, TOPIC, PERSON = "library", "series", "topic", "person"
NEWS, SOUND, FILM = "news", "podcast", "video"
FORMS = {NEWS: "new episodes", SOUND: "podcast", FILM: "video podcast"}


@dataclass(frozen=True, slots=True)
class Scope:
    """`page` is None for the whole library; `form` says which file each episode brings."""

    kind: str
    page: Any
    form: str

    @property
    def url(self) -> str:
        return feed_url(self.kind, self.page.pk if self.page else None, self.form)

    def title(self, site_name: str) -> str:
        if self.page is None:
            return f"{site_name}: {FORMS[self.form]}"
        kind = "" if self.form == NEWS else f" ({FORMS[self.form]})"
        return f"{site_name}: {self.page.title}{kind}"

    def episodes(self) -> "QuerySet[EpisodePage]":
        found = EpisodePage.objects.visible().order_by("-published_on", "-pk")
        if self.page is not None:
            found = NARROWED[self.kind](found, self.page)
        return found


def of_series(episodes: Any, page: SeriesPage) -> Any:
    return episodes.filter(series=page)


def of_topic(episodes: Any, page: TopicPage) -> Any:
    """As the topic's own page: with the narrower topics."""
    wider = TopicPage.objects.descendant_of(page, inclusive=True)
    return episodes.filter(pk__in=PageTopic.objects.filter(topic__in=wider).values("page_id"))


def of_person(episodes: Any, page: PersonPage) -> Any:
    return episodes.filter(pk__in=PagePerson.objects.filter(person=page).values("page_id"))


NARROWED: dict[str, Callable[[Any, Any], Any]] = {
    SERIES: of_series,
    TOPIC: of_topic,
    PERSON: of_person,
}
MODELS: dict[str, Any] = {SERIES: SeriesPage, TOPIC: TopicPage, PERSON: PersonPage}


def scope(kind: str, key: str, form: str) -> Scope:
    """Raises Http404 for what no reader may see. A series is also found by its slug."""
    if kind == LIBRARY:
        return Scope(kind, None, form)
    named = {"pk": int(key)} if key.isdecimal() and len(key) < 10 else {"slug": key}
    page = MODELS[kind].objects.visible().filter(**named).order_by("path").first()
    if page is None or ("slug" in named and kind != SERIES):
        raise Http404("There is no such feed.")
    return Scope(kind, page, form)


def feed_url(kind: str, key: int | None, form: str) -> str:
    if kind == LIBRARY:
        return reverse("feed") if form == NEWS else reverse("podcast", args=[form])
    if form == NEWS:
        return reverse("feed-of", args=[kind, key])
    return reverse("podcast-of", args=[kind, key, form])
