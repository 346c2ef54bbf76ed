"""The list of all episodes, the shelf, a series, and where an episode belongs."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from core.models import PageLink
from episodes.models import EpisodePage
from episodes.sleeves import sleeves
from home.models import HomePage
from media import services
from tests.episodes.factories import (
    make_episode,
    make_library,
    make_person,
    make_series,
    make_shelf,
)
from tests.factories import make_topic
from tests.media.factories import make_recording
from tests.resources.factories import make_resource


@pytest.fixture
def shelf(home: HomePage) -> None:
    """Five episodes: two series, a talk that stands alone, four topics, lengths, resources."""
    joy, strategy = make_topic("Joy"), make_topic("Strategy")
    first, second = make_series("Joy, on purpose"), make_series("Plans that survive")
    rows: list[tuple[str, Any, int, Any, int]] = [
        ("Secret", first, 90_000, [strategy], 5),
        ("Routines", first, 150_000, [joy], 4),
        ("Walk", first, 200_000, [joy], 3),
        ("Fail", second, 400_000, [strategy, joy], 2),
        ("Alone", None, 100_000, [], 1),
    ]
    for title, series, length, topics, days in rows:
        recording = make_recording(title, duration_ms=length)
        episode = make_episode(
            title,
            series=series,
            topics=topics,
            recording=recording,
            published_on=dt.date(2026, 11, 20) - dt.timedelta(days=days),
        )
        if title in ("Secret", "Routines"):
            PageLink.objects.create(page=episode, target=make_resource(slug=f"for-{title}"))
        if title in ("Routines", "Fail"):
            transcript = recording.transcript
            assert transcript is not None
            services.mark_checked(transcript=transcript)


def titles(client: Client, query: str = "") -> list[str]:
    found = client.get(f"{make_library().url}{query}").context["library"]
    return [entry.title for entry in found.listing.entries]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Alone", "Fail", "Walk", "Routines", "Secret"]),
        ("?sort=newest", ["Alone", "Fail", "Walk", "Routines", "Secret"]),
        ("?sort=shortest", ["Secret", "Alone", "Routines", "Walk", "Fail"]),
        ("?sort=series", ["Secret", "Routines", "Walk", "Fail", "Alone"]),
        ("?sort=title", ["Alone", "Fail", "Routines", "Secret", "Walk"]),
        ("?topic=joy", ["Fail", "Walk", "Routines"]),
        ("?topic=joy&topic=strategy", ["Fail", "Walk", "Routines", "Secret"]),
        ("?series=joy-on-purpose", ["Walk", "Routines", "Secret"]),
        ("?series=joy-on-purpose&topic=joy", ["Walk", "Routines"]),
        ("?length=under-2", ["Alone", "Secret"]),
        ("?length=3-to-5&length=over-5", ["Fail", "Walk"]),
        ("?with=resources", ["Routines", "Secret"]),
        ("?with=checked", ["Fail", "Routines"]),
        ("?with=resources&with=checked", ["Routines"]),
        ("?with=resources&length=over-5", []),
    ],
)
def test_the_list_is_sorted_and_narrowed(
    client: Client, shelf: None, query: str, expected: list[str]
) -> None:
    assert titles(client, query) == expected


def counts(client: Client, query: str = "") -> dict[str, int]:
    groups = client.get(f"{make_library().url}{query}").context["library"].narrowed.groups
    return {choice.label: choice.count for group in groups for choice in group.choices}


def test_every_count_is_what_choosing_it_would_show(client: Client, shelf: None) -> None:
    assert counts(client) == {
        "Joy": 3,
        "Strategy": 2,
        "Joy, on purpose": 3,
        "Plans that survive": 1,
        "Under 2 minutes": 2,
        "2 to 3 minutes": 1,
        "3 to 5 minutes": 1,
        "Over 5 minutes": 1,
        "Resources to take": 2,
        "Checked transcript": 2,
    }
    after = counts(client, "?topic=joy")
    assert (after["Joy"], after["Strategy"]) == (3, 2)
    assert (after["Joy, on purpose"], after["Plans that survive"]) == (2, 1)


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ("?topic=nonsense", "Topic: there is no “nonsense” here."),
        ("?series=%F0%9F%98%80", "Series: there is no “😀” here."),
        ("?length=" + "x" * 10_000, "Length: there is no “xxxxx"),
        ("?with=%1B%0A", "With: there is no “” here."),
        ("?sort=<b>", "Sort: there is no “&lt;b&gt;” here; newest come first."),
    ],
)
def test_what_the_list_does_not_know_is_named(
    client: Client, shelf: None, query: str, answer: str
) -> None:
    response = client.get(f"{make_library().url}{query}")
    assert answer in " ".join(response.content.decode().split())
    assert len(response.context["library"].listing.entries) == 5


@pytest.mark.parametrize("number", ["0", "2", "-1", "x", "9" * 40, "%F0%9F%98%80", "1.5", ""])
def test_a_page_of_the_list_that_there_is_not_is_not_found(
    client: Client, shelf: None, number: str
) -> None:
    assert client.get(f"{make_library().url}?page={number}").status_code == 404


def test_an_empty_answer_says_so(client: Client, shelf: None) -> None:
    page = client.get(f"{make_library().url}?with=resources&length=over-5").content.decode()
    assert "No episode fits" in page


def test_an_empty_library_says_so(client: Client, home: HomePage) -> None:
    page = client.get(make_library().url).content.decode()
    assert "The first talk is being made." in page
    assert "No episode fits" not in page


def test_the_list_shows_code_series_topic_and_length(client: Client, shelf: None) -> None:
    entry = client.get(make_library().url).context["library"].listing.entries[1]
    assert (entry.code, entry.time) == ("OS 2.01", "6:40")
    assert entry.meta == ("Plans that survive", "Strategy", "Joy")


def test_sorting_keeps_the_filters_and_the_filters_keep_the_sort(
    client: Client, shelf: None
) -> None:
    found = client.get(f"{make_library().url}?topic=joy&sort=title&page=1").context["library"]
    assert "topic=joy&sort=newest" in [sort.query for sort in found.sorts]
    assert found.keep == [("sort", "title")]


def test_private_and_draft_episodes_are_in_no_list(client: Client, shelf: None) -> None:
    EpisodePage.objects.get(title="Alone").unpublish()
    hidden = EpisodePage.objects.get(title="Fail").get_parent()
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    assert titles(client) == ["Walk", "Routines", "Secret"]
    assert [sleeve.title for sleeve in sleeves()] == ["Joy, on purpose"]
    first = client.get(EpisodePage.objects.get(title="Walk").get_parent().url)
    assert "Plans that survive" not in first.content.decode()
    for url in ("/feed/", "/sitemap.xml", "/api/v2/pages/"):
        page = client.get(url).content.decode()
        assert "fail" not in page.lower()
        assert "alone" not in page.lower()


def test_the_list_costs_at_most_eight_queries_from_one_to_two_hundred(
    client: Client, home: HomePage
) -> None:
    series = make_series()
    topic = make_topic("Joy")
    make_episode(series=series, topics=[topic])
    url = make_library().url
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    recording = EpisodePage.objects.get().recording
    for at in range(2, 31):
        make_episode(f"Talk {at}", series=series, recording=recording, topics=[topic])
    with CaptureQueriesContext(connection) as many:
        page = client.get(url)
    assert len(page.context["library"].listing.entries) == 24
    assert len(one) == len(many) <= 8


def test_a_series_shows_its_tracks_where_to_start_and_what_to_take(
    client: Client, shelf: None
) -> None:
    series = EpisodePage.objects.get(title="Secret").series
    assert series is not None
    PageLink.objects.create(page=series, target=make_resource("Meeting plan", slug="plan"))
    page = " ".join(client.get(series.url).content.decode().split())
    assert "Three tracks" in page
    assert "7 min 20 s in all" in page
    assert "Start here: Secret" in page
    assert "Overview, start here." in page
    assert page.index("Secret") < page.index("Routines") < page.index("Walk")
    assert "Meeting plan" in page
    assert "Plans that survive" in page
    assert "OS 1" in page


def test_a_series_names_its_speakers_once(client: Client, home: HomePage) -> None:
    series, person = make_series(), make_person("Principal", is_sample=True)
    for title in ("One", "Two"):
        make_episode(title, series=series, people=[person])
    page = client.get(series.url)
    assert [item.title for item in page.context["album"].speakers] == ["Principal"]
    assert page.context["album"].speakers_are_samples


def test_an_empty_series_opens_and_stands_on_no_shelf(client: Client, home: HomePage) -> None:
    series = make_series()
    assert "on its way" in client.get(series.url).content.decode()
    assert "No series yet" in client.get(make_shelf().url).content.decode()


def test_a_series_costs_the_same_for_one_and_for_three_tracks(
    client: Client, home: HomePage
) -> None:
    series = make_series()
    make_episode("One", series=series, topics=[make_topic("Joy")], links=[make_resource()])
    client.get(series.url)
    with CaptureQueriesContext(connection) as one:
        client.get(series.url)
    for title in ("Two", "Three"):
        links = [make_resource(slug=title.lower())]
        make_episode(title, series=series, topics=[make_topic(title)], links=links)
    with CaptureQueriesContext(connection) as three:
        client.get(series.url)
    assert len(one) == len(three) <= 13


def test_the_shelf_shows_every_series_as_a_record(client: Client, shelf: None) -> None:
    found = client.get(make_shelf().url).context["sleeves"]
    assert [(item.code, item.meta) for item in found] == [
        ("OS 1", ("3 episodes", "7 minutes")),
        ("OS 2", ("1 episode", "7 minutes")),
    ]
    assert found[0].durations_ms == (90_000, 150_000, 200_000)


def test_a_moved_episode_belongs_to_its_new_series(home: HomePage) -> None:
    first, second = make_series("First"), make_series("Second")
    episode = make_episode(series=first)
    second.refresh_from_db()
    episode.move(second, pos="last-child")
    assert EpisodePage.objects.get().code == "OS 2.01"
    episode.refresh_from_db()
    episode.move(make_library(), pos="last-child")
    assert EpisodePage.objects.get().series is None


def test_a_new_episode_knows_its_series_at_once(home: HomePage) -> None:
    episode = make_episode(series=make_series(number=7))
    assert (episode.series_id is not None, episode.code) == (True, "OS 7.01")
    assert episode.cover().sleeve == "marigold"
