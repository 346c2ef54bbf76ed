"""What the page gives to the player: sources, captions in languages, a host, a link to share."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from episodes.player import name_of
from home.models import HomePage
from media import services
from media.models import Recording, Transcript
from tests.episodes.factories import make_episode
from tests.media.factories import WORDS, make_picture, make_recording

YOUTUBE = "https://youtu.be/dQw4w9WgXcQ"


def get(client: Client, page: Any, query: str = "") -> str:
    response = client.get(f"{page.url}{query}")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def hosted_only(**fields: Any) -> Recording:
    recording = make_recording(embed_url=YOUTUBE, **fields)
    recording.renditions.all().delete()
    return recording


def tracks_of(page: str) -> list[tuple[str, str]]:
    found = re.findall(r'<track\s[^>]*srclang="([^"]*)"\s+label="([^"]*)"', page)
    return [(language, label) for language, label in found]


def test_every_language_is_a_track_and_a_choice_english_first(
    client: Client, home: HomePage
) -> None:
    recording = make_recording()
    for language in ("ur", "cy", "x-made-up"):
        Transcript.objects.create(recording=recording, language=language)
    assert recording.transcript is not None
    services.mark_checked(transcript=recording.transcript)
    page = get(client, make_episode(recording=recording))
    assert tracks_of(page) == [
        ("en", "English"),
        ("cy", "Cymraeg (not checked)"),
        ("ur", "اردو (not checked)"),
        ("x-made-up", "X-made-up (not checked)"),
    ]
    choices = page[page.index("data-captions") :]
    assert re.findall(r'<option value="(\w[^"]*)">', choices)[:3] == ["en", "cy", "ur"]


def test_sound_alone_offers_no_captions_and_a_talk_without_words_none(
    client: Client, home: HomePage
) -> None:
    talk = make_episode("Heard", recording=make_recording())
    assert "data-captions" in get(client, talk)
    assert "data-captions" not in get(client, talk, "?source=audio")
    assert "data-captions" not in get(client, make_episode(recording=make_recording(words="")))


def test_more_languages_cost_no_query_more(client: Client, home: HomePage) -> None:
    one, many = make_recording(), make_recording()
    for language in ("ur", "cy", "pl"):
        Transcript.objects.create(recording=many, language=language)
    pages = [make_episode("One", recording=one), make_episode("Many", recording=many)]
    counts = []
    for page in pages:
        client.get(page.url)
        with CaptureQueriesContext(connection) as asked:
            client.get(page.url)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_talk_that_only_a_host_has_is_a_picture_with_a_link(
    client: Client, home: HomePage
) -> None:
    recording = hosted_only(poster=make_picture())
    page = get(client, make_episode(recording=recording), "?t=4")
    assert not re.search(r"<(video|audio|iframe)\b", page)
    assert 'href="https://www.youtube.com/watch?v=dQw4w9WgXcQ"' in page
    assert "Play from YouTube" in page
    assert "YouTube is asked for nothing before you press play." in page
    assert f'src="{recording.picture_url()}"' in page
    assert "youtube" not in re.sub(r"<a [^>]+>", "", page).replace("YouTube", "")
    assert "data-tools" not in page
    assert "I would like to argue the opposite." in page


def test_a_hosted_talk_without_a_picture_shows_its_sleeve(client: Client, home: HomePage) -> None:
    page = get(client, make_episode(recording=hosted_only(words="")))
    assert "player__facade" in page
    assert 'class="player__picture"' not in page
    assert "not written down yet" in page


@pytest.mark.parametrize(
    ("query", "link", "label"),
    [("", "?t=0", "Link to this talk"), ("?t=11", "?t=11", "Link to this second")],
)
def test_without_a_script_the_moment_is_shared_by_a_plain_link(
    client: Client, home: HomePage, query: str, link: str, label: str
) -> None:
    page = get(client, make_episode(), query)
    share = page[page.index("player__share") - 60 : page.index("</a>", page.index("player__share"))]
    assert f'href="{link}"' in share
    assert label in share


def test_the_browser_remembers_a_talk_by_its_recording(client: Client, home: HomePage) -> None:
    recording = make_recording(words=WORDS)
    one, two = (make_episode(title, recording=recording) for title in ("One", "Two"))
    for page in (one, two):
        assert f'data-recording="{recording.pk}"' in get(client, page)
    assert f'data-page="{two.url}"' in get(client, two)


def test_a_failure_has_its_words_ready_and_says_nothing_yet(client: Client, home: HomePage) -> None:
    page = get(client, make_episode())
    assert re.search(r'role="alert"\s+data-failed>\s*</div>', page)
    assert page.index("<template data-failure>") < page.index("does not play here")


@pytest.mark.parametrize(
    ("language", "name"),
    [("en", "English"), ("EN-gb", "British English"), ("fr", "Français"), ("", ""), ("🙂", "🙂")],
)
def test_a_language_is_called_as_its_speakers_do(language: str, name: str) -> None:
    assert name_of(language) == name
