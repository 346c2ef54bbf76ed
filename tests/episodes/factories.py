"""Series and episodes for tests."""

from datetime import date
from typing import Any

from core.models import PageLink, PagePerson, PageTopic, PersonIndexPage, PersonPage
from episodes.models import (
    EpisodeIndexPage,
    EpisodePage,
    SeriesIndexPage,
    SeriesPage,
    SpeakerConsent,
)
from home.models import HomePage
from tests.factories import make_home, make_page
from tests.media.factories import make_recording


def make_library(home: HomePage | None = None) -> EpisodeIndexPage:
    return EpisodeIndexPage.objects.first() or make_page(
        EpisodeIndexPage, home or make_home(), title="All episodes", slug="library"
    )


def make_shelf() -> SeriesIndexPage:
    return SeriesIndexPage.objects.first() or make_page(
        SeriesIndexPage, make_home(), title="Series", slug="series"
    )


def make_series(title: str = "Joy, on purpose", **fields: Any) -> SeriesPage:
    fields.setdefault("number", SeriesPage.objects.count() + 1)
    return make_page(SeriesPage, make_library(), title=title, **fields)


def make_person(title: str = "Vice principal", **fields: Any) -> PersonPage:
    index = PersonIndexPage.objects.first() or make_page(
        PersonIndexPage, make_home(), title="People"
    )
    return make_page(PersonPage, index, title=title, **fields)


def make_episode(
    title: str = "Classroom routines", *, series: SeriesPage | None = None, **fields: Any
) -> EpisodePage:
    """An episode with a recording of its own, unless one or none is given."""
    if "recording" not in fields:
        fields["recording"] = make_recording(title)
    if series is not None:
        series.refresh_from_db()
        fields.setdefault("number", series.get_children().count() + 1)
    for name, model, column in (
        ("topics", PageTopic, "topic"),
        ("people", PagePerson, "person"),
        ("links", PageLink, "target"),
    ):
        fields[name] = [
            model(sort_order=at, **{column: page}) for at, page in enumerate(fields.get(name, []))
        ]
    fields["consents"] = [consent(person) for person in fields.get("consents", [])]
    return make_page(
        EpisodePage,
        series or make_library(),
        title=title,
        page_topics=fields.pop("topics"),
        page_people=fields.pop("people"),
        links_out=fields.pop("links"),
        **fields,
    )


def consent(speaker: PersonPage, **fields: Any) -> SpeakerConsent:
    given = {"given_on": date(2026, 11, 2), "recorded_by": "Head of communications", **fields}
    return SpeakerConsent(speaker=speaker, **given)


def chapters(*starts: tuple[int, str]) -> list[tuple[str, dict[str, Any]]]:
    return [("chapter", {"start": start, "title": title}) for start, title in starts]


def points(*lines: str) -> list[tuple[str, str]]:
    return [("point", line) for line in lines]
