"""The page of an episode, without a script."""

import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from episodes.models import EpisodePage
from home.models import ArticleIndexPage, ArticlePage, HomePage
from media import services
from tests.episodes.factories import (
    chapters,
    make_episode,
    make_library,
    make_person,
    make_series,
    points,
)
from tests.factories import make_page, make_topic
from tests.media.factories import WORDS, add_file, make_picture, make_recording
from tests.resources.factories import make_resource

CHAPTERS = ((0, "Why routines"), (10_000, "And nor do I"))


@pytest.fixture
def episode(home: HomePage) -> EpisodePage:
    series = make_series(sleeve="sea")
    make_episode("The overview", series=series)
    page = make_episode(
        "Classroom routines",
        series=series,
        summary="How a predictable minute helps.",
        lead="It leaves room for laughter.",
        recording=make_recording(poster=make_picture(), synthetic_voices=True),
        chapters=chapters(*CHAPTERS),
        takeaways=points("Fix the first forty seconds."),
        prompts=points("Which minute?"),
        topics=[make_topic("Joy")],
        people=[make_person()],
        links=[make_resource("Entry routine on one page")],
    )
    make_episode("The walk to the hall", series=series)
    return page


def get(client: Client, page: Any, query: str = "") -> str:
    response = client.get(f"{page.url}{query}")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def current(page: str) -> list[str]:
    """Texts of cues that are marked as spoken."""
    marked = re.findall(r'<li\s+class="cue"[^>]*aria-current="true"[^>]*>(.*?)</li>', page, re.S)
    return [re.sub(r"<[^>]+>|\s+", " ", item) for item in marked]


def test_the_page_says_everything_about_the_talk(client: Client, episode: EpisodePage) -> None:
    page = get(client, episode)
    for words in (
        "OS 1.02",
        "It leaves room for laughter.",
        "track 2 of 3",
        "Vice principal",
        "Joy",
        "14 s",
        "CC BY 4.0",
        "Fix the first forty seconds.",
        "Which minute?",
        "Entry routine on one page",
        "Automatic, not yet checked.",
        "The voices are synthetic.",
        "And nor do I.",
    ):
        assert words in page
    assert 'data-sleeve="sea"' in page


def test_the_player_is_the_native_element_with_captions(
    client: Client, episode: EpisodePage
) -> None:
    page = get(client, episode)
    recording = episode.recording
    assert recording is not None
    assert recording.transcript is not None
    assert f'<source src="{recording.files()[0].url}" type="video/webm">' in page
    assert f"/media/captions/{recording.transcript.pk}.vtt" in page
    assert f'poster="{recording.picture_url()}"' in page
    for form in ("srt", "txt", "docx"):
        assert f"/media/captions/{recording.transcript.pk}.{form}" in page


@pytest.mark.parametrize("query", ["?t=11", "?t=11s", "?t=0m11s"])
def test_a_time_marks_the_spoken_words_and_the_chapter(
    client: Client, episode: EpisodePage, query: str
) -> None:
    page = get(client, episode, query)
    (spoken,) = current(page)
    assert "And nor do I." in spoken
    assert "You are here" in spoken
    assert "#t=11" in page
    chapter = page[page.index("data-chapters") : page.index("gatefold__credits")]
    assert chapter.count("aria-current") == 1


def test_the_second_of_a_link_marks_the_words_that_begin_within_it(
    client: Client, home: HomePage
) -> None:
    words = WORDS.replace("00:10.000 -->", "00:10.700 -->")
    page = get(client, make_episode(recording=make_recording(words=words)), "?t=10")
    assert "And nor do I." in current(page)[0]


def test_without_a_time_nothing_is_marked(client: Client, episode: EpisodePage) -> None:
    assert current(get(client, episode)) == []


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ("?t=abc", "“abc” is no time"),
        ("?t=-5", "“-5” is no time"),
        ("?t=1.5", "is no time"),
        ("?t=%F0%9F%98%80", "“😀” is no time"),
        ("?t=" + "9" * 10_000, "is no time"),
        ("?t=%0A%1B", "is no time"),
        ("?t=<script>", "is no time"),
        ("?t=999", "16:39 is past the end; the talk is 14 s long."),
        ("?source=3", "There is no source “3”"),
        ("?source=" + "x" * 10_000, "There is no source “xxxxx"),
        ("?source=%E2%80%AE", "There is no source"),
    ],
)
def test_what_the_address_asks_in_vain_is_said_and_ignored(
    client: Client, episode: EpisodePage, query: str, answer: str
) -> None:
    page = get(client, episode, query)
    assert answer in page
    assert "<script>”" not in page
    assert current(page) == []


@pytest.mark.parametrize(
    "query",
    [
        "?t=",
        "?t=0",
        "?find=",
        "?find=%20",
        "?at=x&to=up&find=a",
        "?at=-1&find=i",
        "?at=" + "9" * 99,
        "?find=" + "z" * 10_000,
        "?find=%F0%9F%98%80",
        "?find=<b>",
        "?find=(*[",
        "?find=a&at=%0A",
    ],
)
def test_odd_addresses_are_answered(client: Client, episode: EpisodePage, query: str) -> None:
    assert "<b>”" not in get(client, episode, query)


def test_a_nul_in_the_address_is_refused(client: Client, episode: EpisodePage) -> None:
    assert client.get(f"{episode.url}?find=%00").status_code == 400


def test_words_are_found_and_stepped_through_without_a_script(
    client: Client, episode: EpisodePage
) -> None:
    page = get(client, episode, "?find=i")
    count = page.count("<mark")
    assert f"1 of {count}" in page
    assert page.count('id="found"') == 1
    after = get(client, episode, "?find=i&at=1&to=next")
    assert f"2 of {count}" in after
    before = get(client, episode, "?find=i&at=1&to=previous")
    assert f"{count} of {count}" in before


def test_what_nobody_says_is_said_to_be_so(client: Client, episode: EpisodePage) -> None:
    page = get(client, episode, "?find=strategy")
    assert "Not said" in page
    assert "<mark" not in page


def test_sound_alone_has_its_own_element(client: Client, episode: EpisodePage) -> None:
    page = get(client, episode, "?source=audio")
    assert "<audio" in page
    assert "<video" not in page
    assert "?source=video" in page


def test_a_talk_of_sound_alone_shows_its_sleeve(client: Client, home: HomePage) -> None:
    recording = make_recording(words="")
    recording.renditions.filter(mime_type="video/webm").delete()
    page = get(client, make_episode(recording=recording))
    assert "<audio" in page
    assert "player__art" in page
    assert "?source=" not in page
    assert "not written down yet" in page


def test_a_second_source_is_a_plain_link_and_loads_nothing(client: Client, home: HomePage) -> None:
    recording = make_recording(embed_url="https://youtu.be/dQw4w9WgXcQ")
    page = get(client, make_episode(recording=recording))
    assert 'href="https://www.youtube.com/watch?v=dQw4w9WgXcQ"' in page
    assert "<iframe" not in page
    assert "youtube.com" not in re.sub(r"<a [^>]+>", "", page)


def test_a_talk_without_a_recording_says_that_it_is_on_its_way(
    client: Client, home: HomePage
) -> None:
    page = get(client, make_episode(recording=None))
    assert "on its way" in page
    assert "VideoObject" not in page


def test_a_recording_without_files_shows_no_element(client: Client, home: HomePage) -> None:
    recording = make_recording()
    recording.renditions.all().delete()
    page = get(client, make_episode(recording=recording))
    assert "<video" not in page
    assert "And nor do I." in page


def test_a_checked_transcript_says_so(client: Client, episode: EpisodePage) -> None:
    assert episode.recording is not None
    assert episode.recording.transcript is not None
    services.mark_checked(transcript=episode.recording.transcript)
    page = get(client, episode)
    assert "Checked on" in page
    assert "Automatic" not in page


def test_the_tracks_before_and_after_are_linked(client: Client, episode: EpisodePage) -> None:
    page = get(client, episode)
    assert 'rel="prev"' in page
    assert "Track 1, the overview" in page
    assert "Track 3, next" in page
    first, last = EpisodePage.objects.get(number=1), EpisodePage.objects.get(number=3)
    assert 'rel="prev"' not in get(client, first)
    assert 'rel="next"' not in get(client, last)


def test_drafts_are_no_tracks(client: Client, episode: EpisodePage) -> None:
    EpisodePage.objects.get(number=1).unpublish()
    page = get(client, episode)
    assert "track 1 of 2" in page
    assert "The overview" not in page


def test_a_talk_that_stands_alone_has_no_neighbours(client: Client, home: HomePage) -> None:
    make_episode("Another")
    alone = make_episode("Alone")
    page = get(client, alone)
    assert alone.code == ""
    assert "In this series" not in page
    assert "Another" not in page


def test_related_pages_of_other_kinds_are_shown(client: Client, home: HomePage) -> None:
    news = make_page(ArticleIndexPage, home, title="News")
    article = make_page(ArticlePage, news, title="Ten thousand", published_on="2026-01-05")
    assert "Ten thousand" in get(client, make_episode(links=[article]))


def test_machines_are_told_the_same(client: Client, episode: EpisodePage) -> None:
    page = get(client, episode)
    found = re.search(r'<script\s+type="application/ld\+json"[^>]*>(.*?)</script>', page, re.S)
    assert found
    data = json.loads(found[1])
    assert data["@type"] == "VideoObject"
    assert data["duration"] == "PT0M14S"
    assert "And nor do I." in data["transcript"]
    assert [(clip["name"], clip["startOffset"], clip["endOffset"]) for clip in data["hasPart"]] == [
        ("Why routines", 0, 10),
        ("And nor do I", 10, 14),
    ]
    assert '<meta property="og:image"' in page
    assert 'rel="canonical"' in page


def test_words_cannot_break_out_of_what_machines_are_told(client: Client, home: HomePage) -> None:
    words = WORDS.replace("And nor do I.", "&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;")
    page = get(client, make_episode("</script><b>", recording=make_recording(words=words)))
    assert "alert(1)</script>" not in page
    assert "</script><b>" not in page


def test_the_page_costs_at_most_ten_queries(
    client: Client, episode: EpisodePage, django_assert_max_num_queries: Any
) -> None:
    client.get(episode.url)
    with django_assert_max_num_queries(10):
        client.get(episode.url)


def test_longer_words_more_tracks_and_resources_cost_no_query_more(
    client: Client, episode: EpisodePage
) -> None:
    client.get(episode.url)
    with CaptureQueriesContext(connection) as few:
        client.get(episode.url)
    series = episode.series
    assert series is not None
    long = "WEBVTT\n\n" + "\n\n".join(
        f"{at // 60:02}:{at % 60:02}.000 --> {at // 60:02}:{at % 60:02}.900\nWord {at}."
        for at in range(1500)
    )
    many = make_episode(
        "Long",
        series=series,
        recording=make_recording(words=long),
        topics=[make_topic("Coaching"), make_topic("Strategy")],
        people=[make_person("One"), make_person("Two")],
        links=[make_resource(slug="one"), make_resource(slug="two")],
    )
    client.get(many.url)
    with CaptureQueriesContext(connection) as lots:
        client.get(many.url)
    assert len(lots) == len(few)


def test_a_private_or_draft_episode_hides_its_recording_words_and_page(
    client: Client, episode: EpisodePage
) -> None:
    recording = episode.recording
    assert recording is not None
    assert recording.transcript is not None
    urls = [
        recording.files()[0].url,
        recording.picture_url(),
        *(f"/media/captions/{recording.transcript.pk}.{form}" for form in ("vtt", "srt", "docx")),
    ]
    assert {client.get(url).status_code for url in urls} == {200}
    restriction = PageViewRestriction.objects.create(
        page=episode.get_parent(), restriction_type=PageViewRestriction.LOGIN
    )
    assert {client.get(url).status_code for url in urls} == {404}
    restriction.delete()
    EpisodePage.objects.get(pk=episode.pk).unpublish()
    assert {client.get(url).status_code for url in urls} == {404}
    assert client.get(episode.url).status_code == 404


def test_a_recording_on_two_pages_stays_public_with_one(client: Client, home: HomePage) -> None:
    recording = make_recording()
    make_episode("One", recording=recording)
    other = make_episode("Two", recording=recording)
    other.unpublish()
    assert client.get(recording.files()[0].url).status_code == 200


def test_a_film_in_two_formats_is_offered_in_order(client: Client, home: HomePage) -> None:
    recording = make_recording()
    add_file(recording, "talk.mp4", b"\x00\x00\x00\x18ftypmp42" + bytes(99))
    page = get(client, make_episode(recording=recording))
    assert page.index("video/webm") < page.index("video/mp4")


def test_an_unsaved_page_can_be_previewed(home: HomePage) -> None:
    page = EpisodePage(title="New", slug="new", recording=make_recording())
    parent = make_library()
    page.depth, page.path = parent.depth + 1, ""
    assert [track.title for track in page.family.tracks] == [page.title]
    assert page.make_preview_request().status_code == 200
