"""The sitemap with films, against the rules of sitemaps.org and of Google's sitemap-video/1.1."""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from episodes import sitemap
from episodes.models import EpisodePage
from home.models import HomePage
from tests.episodes.factories import make_episode, make_library, make_series
from tests.factories import make_topic
from tests.media.factories import make_picture, make_recording

PLAIN = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
VIDEO = "{http://www.google.com/schemas/sitemap-video/1.1}"
# In the order of the published schema: how often each may stand in a video.
VIDEO_PARTS = {
    "thumbnail_loc": (1, 1),
    "title": (1, 1),
    "description": (1, 1),
    "content_loc": (0, 1),
    "player_loc": (0, 1),
    "duration": (0, 1),
    "publication_date": (0, 1),
    "family_friendly": (0, 1),
    "requires_subscription": (0, 1),
    "live": (0, 1),
    "tag": (0, 32),
}


def problems(content: bytes) -> list[str]:
    root = ElementTree.fromstring(content)
    if root.tag != f"{PLAIN}urlset":
        return ["urlset is wanted"]
    urls = list(root)
    found = [word for url in urls for word in of_url(url)]
    locations = [url.findtext(f"{PLAIN}loc") for url in urls]
    if len(set(locations)) != len(locations):
        found.append("an address stands twice")
    if len(urls) > 50_000 or len(content) > 52_428_800:
        found.append("a file holds at most 50,000 addresses and 50 MB")
    return found


def of_url(url: Element) -> Iterator[str]:
    names = [child.tag for child in url]
    if url.tag != f"{PLAIN}url" or names.count(f"{PLAIN}loc") != 1:
        yield "a url has one loc"
    if not is_address(url.findtext(f"{PLAIN}loc")):
        yield "loc is a whole address of at most 2,048 letters"
    changed = url.findtext(f"{PLAIN}lastmod")
    if changed is not None and not is_date(changed):
        yield "lastmod is a date of W3C"
    if set(names) - {f"{PLAIN}loc", f"{PLAIN}lastmod", f"{VIDEO}video"}:
        yield "a url has other parts"
    for video in url.findall(f"{VIDEO}video"):
        yield from of_video(video)


def of_video(video: Element) -> Iterator[str]:
    text = {name: video.findtext(f"{VIDEO}{name}") for name in VIDEO_PARTS}
    names = [child.tag.removeprefix(VIDEO) for child in video]
    if set(names) - set(VIDEO_PARTS):
        yield "a video has other parts"
    for name, (least, most) in VIDEO_PARTS.items():
        if not least <= names.count(name) <= most:
            yield f"{name} stands {least} to {most} times"
    for name in ("thumbnail_loc", "content_loc", "player_loc"):
        if text[name] is not None and not is_address(text[name]):
            yield f"{name} is a whole address"
    if not (text["content_loc"] or text["player_loc"]):
        yield "content_loc or player_loc is wanted"
    if not text["title"] or len(text["title"]) > 100 or len(text["description"] or "") > 2_048:
        yield "title and description are short"
    if text["duration"] and not 1 <= int(text["duration"]) <= 28_800:
        yield "duration is 1 to 28,800 seconds"
    if text["publication_date"] and not is_date(text["publication_date"]):
        yield "publication_date is a date of W3C"
    for name in ("family_friendly", "requires_subscription", "live"):
        if text[name] not in (None, "yes", "no"):
            yield f"{name} is yes or no"


def is_address(text: str | None) -> bool:
    parts = urlsplit(text or "")
    return parts.scheme in ("http", "https") and bool(parts.netloc) and len(text or "") <= 2_048


def is_date(text: str) -> bool:
    try:
        return dt.datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


@pytest.fixture
def episode(home: HomePage) -> EpisodePage:
    recording = make_recording(poster=make_picture())
    topics = [make_topic("Calm")]
    return make_episode("Routines", series=make_series(), recording=recording, topics=topics)


def videos(client: Client) -> list[dict[str, str | None]]:
    answer = client.get("/sitemap.xml")
    assert answer["Content-Type"].startswith("application/xml")
    assert problems(answer.content) == []
    found = ElementTree.fromstring(answer.content).iter(f"{VIDEO}video")
    return [{child.tag.removeprefix(VIDEO): child.text for child in video} for video in found]


def test_a_film_stands_with_its_page(client: Client, episode: EpisodePage) -> None:
    (video,) = videos(client)
    assert video["title"] == "Routines"
    assert (video["duration"], video["tag"]) == ("14", "Calm")
    for name in ("thumbnail_loc", "content_loc", "player_loc"):
        assert client.get(str(video[name])).status_code == 200, name
    assert f"{episode.url}</loc>" in client.get("/sitemap.xml").content.decode()


def test_the_rules_find_what_is_wrong(client: Client, episode: EpisodePage) -> None:
    whole = client.get("/sitemap.xml").content
    for right, wrong in (
        (b"<video:duration>14", b"<video:duration>28801"),
        (b"<loc>http", b"<loc>x"),
        (b"<video:live>no", b"<video:live>perhaps"),
        (b"<lastmod>", b"<lastmod>x"),
        (b"video:tag>", b"video:label>"),
        (b"thumbnail_loc>", b"thumbnail>"),
    ):
        assert right in whole
        assert problems(whole.replace(right, wrong)), wrong


def test_a_talk_without_film_or_still_is_a_page_alone(client: Client, home: HomePage) -> None:
    make_episode("No still")
    make_episode("No recording", recording=None)
    assert videos(client) == []


def test_what_is_too_long_is_cut(client: Client, home: HomePage) -> None:
    recording = make_recording(poster=make_picture(), duration_ms=40_000_000)
    make_episode("x" * 255, recording=recording, summary="\x0b<&>" + "y" * 290, slug="long")
    (video,) = videos(client)
    assert (len(str(video["title"])), video["duration"]) == (100, "28800")
    assert str(video["description"]).startswith("<&>y")


def test_only_visible_pages_are_in_it(client: Client, episode: EpisodePage) -> None:
    hidden = make_series("Closed", slug="closed")
    about: dict[str, Any] = {"recording": episode.recording}
    make_episode("Canary inside", series=hidden, **about)
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    make_episode("Canary draft", live=False, **about)
    over = make_episode("Canary over", **about)
    EpisodePage.objects.filter(pk=over.pk).update(expire_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    content = client.get("/sitemap.xml").content.decode().lower()
    assert "canary" not in content
    assert "closed" not in content
    assert len(videos(client)) == 1


def test_a_large_site_has_an_index_of_files(
    client: Client, episode: EpisodePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = client.get("/sitemap.xml").content
    monkeypatch.setattr(sitemap, "MOST", 2)
    index = ElementTree.fromstring(client.get("/sitemap.xml").content)
    assert index.tag == f"{PLAIN}sitemapindex"
    parts = [client.get(str(part.findtext(f"{PLAIN}loc"))).content for part in index]
    assert [problems(part) for part in parts] == [[] for _ in parts]
    found = [url for part in parts for url in locations(part)]
    assert found == locations(whole)
    assert sum(part.count(b"<video:video>") for part in parts) == 1
    for asked in ("0", str(len(parts) + 1), "x", "9" * 500, "-1", f"{1:09}{10**19}"):
        assert client.get("/sitemap.xml", {"p": asked}).status_code == 404


def locations(content: bytes) -> list[str | None]:
    return [url.findtext(f"{PLAIN}loc") for url in ElementTree.fromstring(content)]


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)


def test_sitemap_and_library_cost_the_same_for_one_and_for_two_hundred(
    client: Client, episode: EpisodePage
) -> None:
    urls = ["/sitemap.xml", str(make_library().url), f"{make_library().url}?sort=title"]
    for url in urls:
        client.get(url)
    few = {url: queries(client, url) for url in urls}
    assert max(few.values()) <= 8
    topics = [topic.topic for topic in episode.page_topics.all()]
    series = episode.series
    for at in range(199):
        make_episode(f"Talk {at}", series=series, recording=episode.recording, topics=topics)
    assert {url: queries(client, url) for url in urls} == few
    assert len(videos(client)) == 200
