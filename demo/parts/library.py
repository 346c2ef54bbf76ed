"""The library: topics, people, series, episodes, resources."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.utils.text import slugify
from wagtail.models import Page

from core.models import (
    PageLink,
    PagePerson,
    PageTopic,
    PersonIndexPage,
    PersonPage,
    TopicIndexPage,
    TopicPage,
)
from demo.parts.making import Parts, ensure, ensure_only, remove_empty
from demo.parts.recordings import MEDIA, make_recording, opened, remove_recording
from demo.parts.speakers import make_person, sample_consent
from demo.studio.script import Resource, Talk, load_series, load_talks
from episodes.models import (
    EpisodeIndexPage,
    EpisodePage,
    SeriesIndexPage,
    SeriesPage,
)
from home.models import HomePage
from media.models import CustomDocument
from resources.models import ResourceIndexPage, ResourcePage

TALKS = Path(__file__).resolve().parents[1] / "talks"
# What each topic is about, and other words for it.
TOPICS = {
    "Assessment": (
        "Finding out what was learnt, and what to do next.",
        "testing\nmarking\nfeedback",
    ),
    "Coaching": ("Talks between colleagues that change the next lesson.", "CPD\nINSET\nmentoring"),
    "Future planning": ("From this year’s plan to the one after.", "planning ahead\nsuccession"),
    "Joy": ("Why happy schools are often the most predictable ones.", "happiness\nwellbeing"),
    "Strategy": ("Plans that people really follow.", "school improvement\nleadership"),
}
TYPES = (("sheet", "worksheet"), ("plan", "plan"), ("list", "template"))


@dataclass(frozen=True, slots=True)
class Shelves:
    """The pages that everything stands below."""

    library: EpisodeIndexPage
    resources: ResourceIndexPage
    topics: dict[str, TopicPage]
    people: PersonIndexPage


def load(home: HomePage, today: date, slugs: Collection[str] = ()) -> None:
    """Make what is missing of all talks, or of those named."""
    shelves = make_shelves(home)
    for talk in load_talks(TALKS):
        if slugs and talk.slug not in slugs:
            continue
        series = make_series(shelves.library, talk)
        if not EpisodePage.objects.child_of(series).filter(slug=talk.slug).exists():
            make_episode(shelves, series, talk, today)


def make_shelves(home: HomePage) -> Shelves:
    library = ensure_only(
        EpisodeIndexPage,
        home,
        "library",
        title="All episodes",
        summary="Short talks from schools. Each one stands alone.",
    )
    ensure_only(
        SeriesIndexPage,
        home,
        "series",
        title="Series",
        summary="Series work like albums: the first track gives the thinking, the others show it.",
    )
    return Shelves(
        library=library,
        resources=ensure_only(
            ResourceIndexPage,
            home,
            "resources",
            title="Resources",
            summary="One-page guides, sheets and plans. Adapt them, do not copy them.",
        ),
        topics=make_topics(ensure_only(TopicIndexPage, home, "topics", title="Topics")),
        people=ensure_only(PersonIndexPage, home, "people", title="People"),
    )


def make_topics(index: TopicIndexPage) -> dict[str, TopicPage]:
    return {
        title: ensure(
            TopicPage, index, slugify(title), title=title, summary=summary, synonyms=synonyms
        )[0]
        for title, (summary, synonyms) in TOPICS.items()
    }


def make_series(library: EpisodeIndexPage, talk: Talk) -> SeriesPage:
    album = load_series(TALKS)[talk.series]
    fields: dict[str, Any] = {
        "title": album.title,
        "summary": album.line,
        "overview": album.overview,
        "for_whom": album.for_whom,
        "number": album.code,
        "sleeve": album.sleeve,
        "motif": album.motif,
        "is_sample": album.sample,
    }
    return ensure(SeriesPage, library, album.slug, **fields)[0]


def make_episode(shelves: Shelves, series: SeriesPage, talk: Talk, today: date) -> None:
    manifest = json.loads((MEDIA / talk.slug / "talk.json").read_text(encoding="utf-8"))
    resources = make_resources(shelves, talk, today)
    recorded_on = today - timedelta(days=talk.recorded_days_ago)
    people = [make_person(shelves.people, one.role) for one in talk.speakers.values()]
    chapters = [
        ("chapter", {"start": c["start_ms"], "title": c["title"]}) for c in manifest["chapters"]
    ]
    ensure(
        EpisodePage,
        series,
        talk.slug,
        title=talk.title,
        summary=talk.summary,
        lead=talk.lead,
        number=talk.number,
        is_sample=talk.sample,
        sample_wording=talk.sample_wording,
        recording=make_recording(talk, manifest),
        chapters=chapters,
        takeaways=[("point", line) for line in talk.takeaways],
        prompts=[("point", line) for line in talk.prompts],
        published_on=today - timedelta(days=talk.published_days_ago),
        recorded_on=recorded_on,
        last_reviewed=today - timedelta(days=talk.published_days_ago),
        page_topics=Parts(PageTopic(topic=shelves.topics[name]) for name in talk.topics),
        page_people=Parts(PagePerson(person=person) for person in people),
        links_out=Parts(PageLink(target=page) for page in resources),
        consents=Parts(sample_consent(person, recorded_on) for person in people),
    )


# Resources -------------------------------------------------------------------------------------


def make_resources(shelves: Shelves, talk: Talk, today: date) -> list[ResourcePage]:
    """The originals that the talk names; their adaptations hang below them."""
    made: dict[str, ResourcePage] = {}
    there = [one for one in talk.resources if (MEDIA / talk.slug / one.file).exists()]
    for one in sorted(there, key=lambda one: bool(one.adapted_from)):
        original = made.get(one.adapted_from)
        made[one.file] = make_resource(shelves.resources, talk, one, original, today)
    return [page for page in made.values() if page.original_id is None]


def make_resource(
    index: ResourceIndexPage,
    talk: Talk,
    one: Resource,
    original: ResourcePage | None,
    today: date,
) -> ResourcePage:
    slug = slugify(Path(one.file).stem)
    found = ResourcePage.objects.child_of(index).filter(slug=slug).first()
    if found is not None:
        return found
    with opened(talk, one.file, one.file) as file:
        document = CustomDocument(title=one.title, file=file, file_size=file.size)
        document.save()
    page, _ = ensure(
        ResourcePage,
        index,
        slug,
        title=one.title,
        summary=one.about,
        type=next((kind for word, kind in TYPES if word in one.file), "guide"),
        document=document,
        version="1",
        year=today.year,
        original=original,
        adaptation=one.version if original else "",
        place=one.place,
        is_sample=True,
    )
    return page


# Removal ---------------------------------------------------------------------------------------


def remove() -> None:
    """Take away what `load` made, known by its slug; shelves and topics stay while in use."""
    talks = load_talks(TALKS)
    for talk in talks:
        for episode in EpisodePage.objects.filter(slug=talk.slug, series__slug=talk.series):
            recording = episode.recording
            episode.delete()
            remove_recording(recording)
    for slug in load_series(TALKS):
        remove_empty(SeriesPage, slug)
    files = {slugify(Path(one.file).stem) for talk in talks for one in talk.resources}
    for page in ResourcePage.objects.filter(slug__in=files):
        document = page.document
        page.delete()
        if document and not ResourcePage.objects.filter(document=document).exists():
            document.delete()
    roles = {slugify(one.role) for talk in talks for one in talk.speakers.values()}
    remove_unused(PersonPage, roles, PagePerson, "person_id")
    remove_unused(TopicPage, {slugify(title) for title in TOPICS}, PageTopic, "topic_id")
    for model in (ResourceIndexPage, PersonIndexPage, TopicIndexPage):
        remove_empty(model, *(model.objects.values_list("slug", flat=True)))
    remove_empty(EpisodeIndexPage, "library")
    if not SeriesPage.objects.exists():
        remove_empty(SeriesIndexPage, "series")


def remove_unused(model: type[Page], slugs: set[str], tie: Any, column: str) -> None:
    used = tie.objects.values(column)
    for page in model.objects.filter(slug__in=slugs).exclude(pk__in=used):
        if not page.get_children().exists():
            page.delete()
