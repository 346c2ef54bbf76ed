"""What machines are told of a talk in its page: schema.org, Open Graph, the one address."""

import datetime as dt
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from episodes.models import EpisodePage
from home.models import HomePage
from tests.episodes.factories import chapters, make_episode, make_person, make_series
from tests.factories import make_topic
from tests.media.factories import MP3, add_file, add_words, make_picture, make_recording

# By type: what each property must be. Written from schema.org and from what Google asks of videos;
# a property that is not here is none of the type.
TEXT, WHOLE, MOMENT, LENGTH, ADDRESS, YES = "text", "whole", "moment", "length", "address", "yes"
THING = {"@type": TEXT, "@context": ADDRESS, "@id": ADDRESS, "name": TEXT, "url": ADDRESS}
MEDIA = {
    **THING,
    "description": TEXT,
    "contentUrl": ADDRESS,
    "embedUrl": ADDRESS,
    "encodingFormat": TEXT,
    "contentSize": TEXT,
    "width": WHOLE,
    "height": WHOLE,
    "thumbnailUrl": ADDRESS,
    "uploadDate": MOMENT,
    "duration": LENGTH,
    "inLanguage": TEXT,
    "isAccessibleForFree": YES,
    "isFamilyFriendly": YES,
    "license": ADDRESS,
    "transcript": TEXT,
    "caption": "MediaObject",
    "isPartOf": "CreativeWorkSeries",
    "position": WHOLE,
    "about": "Thing",
    "actor": "Person",
    "hasPart": "Clip",
    "potentialAction": "SeekToAction",
}
RULES: dict[str, dict[str, str]] = {
    "VideoObject": MEDIA,
    "AudioObject": MEDIA,
    "Clip": {**THING, "startOffset": WHOLE, "endOffset": WHOLE},
    "SeekToAction": {"@type": TEXT, "target": TEXT, "startOffset-input": TEXT},
    "MediaObject": {**THING, "encodingFormat": TEXT, "inLanguage": TEXT, "contentUrl": ADDRESS},
    "CreativeWorkSeries": THING,
    "Thing": THING,
    "Person": THING,
    "BreadcrumbList": {**THING, "itemListElement": "ListItem"},
    "ListItem": {**THING, "position": WHOLE, "item": ADDRESS},
}
REQUIRED = {
    "VideoObject": {"name", "thumbnailUrl", "uploadDate", "contentUrl", "embedUrl", "duration"},
    "AudioObject": {"name", "uploadDate", "contentUrl", "duration"},
    "Clip": {"name", "startOffset", "endOffset", "url"},
    "SeekToAction": {"target", "startOffset-input"},
    "BreadcrumbList": {"itemListElement"},
    "ListItem": {"position", "name", "item"},
}
ISO_LENGTH = re.compile(r"PT(\d+H)?(\d+M)?(\d+S)?")


def problems(told: dict[str, Any]) -> Iterator[str]:
    kind = told.get("@type", "")
    if kind not in RULES:
        yield f"{kind} is no type that we tell"
        return
    for name in REQUIRED.get(kind, set()) - set(told):
        yield f"{kind} has no {name}"
    for name, value in told.items():
        wanted = RULES[kind].get(name)
        for each in value if isinstance(value, list) else [value]:
            if wanted is None:
                yield f"{kind} has no property {name}"
            elif isinstance(each, dict):
                yield from problems(each) if each.get("@type") == wanted else [f"{name} is {each}"]
            elif not fits(each, wanted):
                yield f"{kind}.{name} is no {wanted}: {each}"


def fits(value: Any, wanted: str) -> bool:
    if wanted == WHOLE:
        return type(value) is int and value >= 0
    if wanted == YES:
        return type(value) is bool
    if not isinstance(value, str) or not value:
        return False
    if wanted == ADDRESS:
        return urlsplit(value).scheme in ("http", "https")
    if wanted == LENGTH:
        return bool(ISO_LENGTH.fullmatch(value))
    return wanted == TEXT or (
        wanted == MOMENT and dt.datetime.fromisoformat(value).tzinfo is not None
    )


@pytest.fixture
def episode(home: HomePage) -> EpisodePage:
    return make_episode(
        "Routines",
        series=make_series(),
        summary="A line.",
        recording=make_recording(poster=make_picture()),
        chapters=chapters((0, "Why"), (10_000, "And nor do I")),
        topics=[make_topic("Calm")],
        people=[make_person("Vice principal")],
    )


def soup(client: Client, page: EpisodePage) -> BeautifulSoup:
    return BeautifulSoup(client.get(page.url).content, "html.parser")


def told_of(client: Client, page: EpisodePage) -> dict[str, dict[str, Any]]:
    scripts = soup(client, page).select('script[type="application/ld+json"]')
    found = [json.loads(str(script.string)) for script in scripts]
    assert all(each["@context"] == "https://schema.org" for each in found)
    assert [word for each in found for word in problems(each)] == []
    return {each["@type"]: each for each in found}


def metas(client: Client, page: EpisodePage) -> dict[str, str]:
    tags = soup(client, page).select("meta[property], meta[name]")
    return {str(tag.get("property") or tag.get("name")): str(tag["content"]) for tag in tags}


def test_a_film_is_described_whole(client: Client, episode: EpisodePage) -> None:
    video = told_of(client, episode)["VideoObject"]
    assert video["embedUrl"] == f"http://testserver/episodes/{episode.pk}/embed/"
    assert video["isPartOf"]["name"] == "Joy, on purpose"
    assert [topic["name"] for topic in video["about"]] == ["Calm"]
    assert [person["name"] for person in video["actor"]] == ["Vice principal"]
    for url in (video["contentUrl"], video["thumbnailUrl"], video["embedUrl"]):
        assert client.get(url).status_code == 200, url
    assert "And nor do I." in video["transcript"]


def test_clips_and_seconds_lead_into_the_talk(client: Client, episode: EpisodePage) -> None:
    video = told_of(client, episode)["VideoObject"]
    parts = [(clip["startOffset"], clip["endOffset"]) for clip in video["hasPart"]]
    assert parts == [(0, 10), (10, 14)]
    assert video["hasPart"][1]["url"] == f"http://testserver{episode.url}?t=10"
    target = video["potentialAction"]["target"].replace("{seek_to_second_number}", "11")
    assert 'aria-current="true"' in client.get(target).content.decode()


def test_captions_are_named_as_files(client: Client, episode: EpisodePage) -> None:
    for file in told_of(client, episode)["VideoObject"]["caption"]:
        answer = client.get(file["contentUrl"])
        assert answer["Content-Type"].startswith(file["encodingFormat"])


def test_the_words_of_a_very_long_talk_stand_once(client: Client, home: HomePage) -> None:
    seconds = [f"00:{at // 60:02}:{at % 60:02}" for at in range(400)]
    cues = [f"{second}.000 --> {second}.900\n{'word ' * 20}" for second in seconds]
    recording = make_recording(words="", poster=make_picture(), duration_ms=400_000)
    add_words(recording, "WEBVTT\n\n" + "\n\n".join(cues))
    video = told_of(client, make_episode(recording=recording))["VideoObject"]
    assert "transcript" not in video
    assert "word word" in client.get(video["caption"][0]["contentUrl"]).content.decode()


def test_sound_alone_is_described_as_sound(client: Client, home: HomePage) -> None:
    recording = make_recording(words="")
    recording.renditions.all().delete()
    add_file(recording, "talk.mp3", MP3)
    assert set(told_of(client, make_episode(recording=recording))) == {
        "AudioObject",
        "BreadcrumbList",
    }


def test_the_way_to_a_talk_is_told(client: Client, episode: EpisodePage) -> None:
    steps = told_of(client, episode)["BreadcrumbList"]["itemListElement"]
    assert [(step["position"], step["name"]) for step in steps] == [
        (1, "Home"),
        (2, "All episodes"),
        (3, "Joy, on purpose"),
        (4, "Routines"),
    ]


def test_the_rules_find_what_is_wrong(client: Client, episode: EpisodePage) -> None:
    video = told_of(client, episode)["VideoObject"]
    for wrong in (
        {"duration": "14 s"},
        {"uploadDate": "2026-01-01"},
        {"thumbnailUrl": ""},
        {"transscript": "x"},
        {"hasPart": [{"@type": "Clip", "name": "x"}]},
        {"position": "1"},
    ):
        assert list(problems({**video, **wrong})), wrong


def test_a_card_shows_the_film_with_its_still(client: Client, episode: EpisodePage) -> None:
    card = metas(client, episode)
    assert card["og:type"] == "video.other"
    assert (card["og:image:width"], card["og:image:height"]) == ("1200", "630")
    assert card["og:image:alt"] == "A still of the talk “Routines”"
    assert card["og:video:type"] == "video/webm"
    assert card["twitter:card"] == "player"
    for name in ("og:image", "og:video", "twitter:player"):
        assert client.get(card[name]).status_code == 200, name
    (link,) = soup(client, episode).select("link[rel=canonical]")
    assert str(link["href"]) == card["og:url"] == f"http://testserver{episode.url}"


def test_a_moment_has_the_address_of_its_talk(client: Client, episode: EpisodePage) -> None:
    shown = BeautifulSoup(client.get(f"{episode.url}?t=10").content, "html.parser")
    (link,) = shown.select("link[rel=canonical]")
    assert str(link["href"]).endswith(str(episode.url))


def test_a_talk_without_a_still_has_a_plain_card(client: Client, home: HomePage) -> None:
    card = metas(client, make_episode(recording=None))
    assert card["twitter:card"] == "summary"
    assert "og:image" not in card
    assert "og:video" not in card
