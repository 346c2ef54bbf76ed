"""The sample library loads once, again without harm, and goes without a trace."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from core.models import PersonPage, TopicPage
from demo.parts import library, recordings
from demo.studio.script import load_series, load_talks
from episodes.models import EpisodeIndexPage, EpisodePage, SeriesPage
from home.models import HomePage
from media.models import CustomDocument, CustomImage, Recording, Rendition, Transcript
from resources.families import cards
from resources.models import ResourcePage
from tests.episodes.factories import make_episode

TODAY = dt.date(2026, 11, 22)
TALKS = load_talks(library.TALKS)
FEW = ("classroom-routines-and-joy", "praise-that-lands", "one-question-at-the-end")


@pytest.fixture
def loaded(home: HomePage) -> HomePage:
    library.load(home, TODAY, FEW)
    return home


def test_every_talk_is_an_episode_that_plays_and_speaks(home: HomePage) -> None:
    library.load(home, TODAY)
    assert EpisodePage.objects.visible().count() == len(TALKS) == 15
    assert SeriesPage.objects.visible().count() == len(load_series(library.TALKS))
    for episode in EpisodePage.objects.all():
        assert episode.recording is not None
        assert episode.recording.audio is not None
        assert len(episode.cues) > 5
        assert episode.chapter_starts[-1][0] < episode.duration_ms
        assert episode.cues[-1].end_ms <= episode.duration_ms + 100
    with_film = [item for item in Recording.objects.all() if item.has_video]
    assert len(with_film) >= 6
    for recording in with_film:
        assert recording.poster is not None
        assert recording.files()[0].mime_type == "video/webm"
        assert recording.files()[0].width == 1280


def test_dates_follow_today_and_real_titles_carry_sample_wording(loaded: HomePage) -> None:
    newest = EpisodePage.objects.order_by("-published_on").first()
    assert newest is not None
    assert dt.date(2026, 11, 1) < newest.published_on <= TODAY
    routines = EpisodePage.objects.get(slug="classroom-routines-and-joy")
    assert (routines.is_sample, routines.sample_wording, routines.code) == (False, True, "OS 1.02")
    assert [topic.title for topic in routines.relations.topics] == ["Joy"]
    assert len(routines.relations.people) == 2


def test_a_resource_shows_its_family(loaded: HomePage) -> None:
    routines = EpisodePage.objects.get(slug="classroom-routines-and-joy")
    found = cards([page.pk for page in routines.relations.links])
    assert [len(card.versions) for card in found] == [3, 0]
    assert found[0].versions[1].label == "Adapted for Year 2"


def test_every_page_of_the_library_opens(loaded: HomePage, client: Client) -> None:
    for page in [*EpisodePage.objects.all(), *SeriesPage.objects.all()]:
        assert client.get(page.url).status_code == 200
    assert client.get("/library/").status_code == 200


def counts() -> dict[str, int]:
    models: tuple[Any, ...] = (
        EpisodePage,
        SeriesPage,
        ResourcePage,
        TopicPage,
        PersonPage,
        Recording,
        Rendition,
        Transcript,
        CustomDocument,
        CustomImage,
    )
    return {model.__name__: model.objects.count() for model in models}


def test_loading_again_makes_nothing_and_keeps_an_editors_work(loaded: HomePage) -> None:
    episode = EpisodePage.objects.get(slug="praise-that-lands")
    episode.title = "Praise, edited"
    episode.save_revision().publish()
    before = counts()
    library.load(loaded, TODAY + dt.timedelta(days=30), FEW)
    assert counts() == before
    assert EpisodePage.objects.get(slug="praise-that-lands").title == "Praise, edited"


def test_what_is_missing_comes_back(loaded: HomePage) -> None:
    before = counts()
    episode = EpisodePage.objects.get(slug="praise-that-lands")
    recording = episode.recording
    episode.delete()
    recordings.remove_recording(recording)
    library.load(loaded, TODAY, FEW)
    assert counts() == before


def test_removal_leaves_nothing_of_the_demo(loaded: HomePage) -> None:
    library.remove()
    assert set(counts().values()) == {0}
    assert not EpisodeIndexPage.objects.exists()


def test_removal_leaves_what_editors_made(loaded: HomePage) -> None:
    joy = TopicPage.objects.get(slug="joy")
    make_episode("Our own", series=SeriesPage.objects.get(number=1), number=99, topics=[joy])
    library.remove()
    assert [page.title for page in EpisodePage.objects.all()] == ["Our own"]
    assert SeriesPage.objects.count() == 1
    assert [page.title for page in TopicPage.objects.all()] == ["Joy"]
    assert Recording.objects.count() == 1


def test_a_removed_library_can_be_loaded_again(loaded: HomePage) -> None:
    before = counts()
    library.remove()
    loaded.refresh_from_db()
    library.load(loaded, TODAY, FEW)
    assert counts() == before
