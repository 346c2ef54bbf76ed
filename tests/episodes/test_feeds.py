"""Feeds to read, to hear and to watch: of the library, a series, a topic, a person."""

import datetime as dt
from typing import Any
from xml.etree import ElementTree

import feedparser
import jsonschema
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from core.models import PersonPage, TopicPage
from episodes.models import EpisodePage, SeriesPage
from home.models import HomePage
from media import services
from tests.episodes.factories import (
    chapters,
    make_episode,
    make_library,
    make_person,
    make_series,
)
from tests.episodes.rss import ITUNES, PODCAST, problems
from tests.factories import make_topic
from tests.media.factories import MP3, add_file, make_picture, make_recording

FORMS = ("", "podcast/", "video/")
CHAPTERS_1_2 = {
    "type": "object",
    "required": ["version", "chapters"],
    "properties": {
        "version": {"const": "1.2.0"},
        "title": {"type": "string"},
        "chapters": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["startTime"],
                "properties": {
                    "startTime": {"type": "number", "minimum": 0},
                    "endTime": {"type": "number", "minimum": 0},
                    "title": {"type": "string"},
                    "url": {"type": "string", "format": "uri"},
                    "img": {"type": "string"},
                    "toc": {"type": "boolean"},
                    "location": {"type": "object", "required": ["name", "geo"]},
                },
                "additionalProperties": False,
            },
        },
    },
}


@pytest.fixture
def episode(home: HomePage) -> EpisodePage:
    return make_episode(
        "Routines & <joy>",
        series=make_series(),
        summary="A line.",
        recording=make_recording(poster=make_picture()),
        chapters=chapters((0, "Why"), (10_000, "And nor do I")),
        topics=[make_topic("Calm")],
        people=[make_person("Vice principal")],
    )


def every_feed() -> list[str]:
    pages: list[tuple[str, Any]] = [
        ("series", SeriesPage.objects.get()),
        ("topic", TopicPage.objects.get()),
        ("person", PersonPage.objects.get()),
    ]
    scopes = ["", *(f"{kind}/{page.pk}/" for kind, page in pages)]
    return [f"/feed/{scope}{form}" for scope in scopes for form in FORMS]


def items(client: Client, url: str) -> list[ElementTree.Element]:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return ElementTree.fromstring(answer.content).findall("channel/item")


def test_every_feed_keeps_the_rules_of_its_specifications(
    client: Client, episode: EpisodePage
) -> None:
    for url in every_feed():
        answer = client.get(url)
        assert answer["Content-Type"] == "application/rss+xml; charset=utf-8"
        assert problems(answer.content) == [], url
        assert len(items(client, url)) == 1, url


def test_the_rules_find_what_is_wrong(client: Client, episode: EpisodePage) -> None:
    whole = client.get("/feed/podcast/").content
    for right, wrong in (
        (b'length="', b'length="x'),
        (b"<itunes:season>1", b"<itunes:season>0"),
        (b'rel="captions"', b'rel="words"'),
        (b"</itunes:image>", b"</itunes:image>"),
        (b"<lastBuildDate>", b"<lastBuildDate>never "),
        (b"<guid", b"<guide/><guid"),
    ):
        broken = whole.replace(right, wrong)
        assert broken == whole or problems(broken), wrong


def test_an_independent_reader_finds_everything(client: Client, episode: EpisodePage) -> None:
    read = feedparser.parse(client.get("/feed/podcast/").content)
    assert not read.bozo
    assert read.version == "rss20"
    assert read.feed.title == "Dixons OpenSource: podcast"
    (entry,) = read.entries
    assert entry.title == "OS 1.01 Routines & <joy>"
    assert entry.id == f"urn:uuid:{episode.translation_key}"
    assert entry.published_parsed[:3] == episode.published_on.timetuple()[:3]
    assert entry.itunes_duration == "14"
    assert (entry.itunes_season, entry.itunes_episode) == ("1", "1")
    assert [tag.term for tag in entry.tags] == ["Calm"]
    (sound,) = entry.enclosures
    assert sound.type == "audio/mpeg"
    assert int(sound.length) == len(MP3)
    assert client.get(sound.href).getvalue() == MP3


def test_a_podcast_is_heard_and_a_video_podcast_is_watched(
    client: Client, episode: EpisodePage
) -> None:
    (heard,) = items(client, "/feed/podcast/")
    (watched,) = items(client, "/feed/video/")
    types = [item.find("enclosure").get("type") for item in (heard, watched)]  # type: ignore[union-attr]  # both have one
    assert types == ["audio/mpeg", "video/webm"]
    (other,) = heard.findall(f"{PODCAST}alternateEnclosure")
    assert other.get("type") == "video/webm"


def test_a_talk_without_sound_is_in_no_podcast_but_in_the_news(
    client: Client, home: HomePage
) -> None:
    make_episode("Alone", recording=None)
    assert [len(items(client, f"/feed/{form}")) for form in FORMS] == [1, 0, 0]


def test_words_chapters_and_people_are_named_where_they_are(
    client: Client, episode: EpisodePage
) -> None:
    (item,) = items(client, "/feed/podcast/")
    found = [dict(words.items()) for words in item.findall(f"{PODCAST}transcript")]
    assert [words["type"] for words in found] == ["text/vtt", "application/x-subrip"]
    assert {(words["language"], words["rel"]) for words in found} == {("en", "captions")}
    for words in found:
        answer = client.get(words["url"])
        assert answer["Content-Type"].startswith(words["type"])
        assert "And nor do I." in answer.content.decode()
    person = item.find(f"{PODCAST}person")
    assert person is not None
    assert person.text == "Vice principal"
    assert client.get(str(person.get("href"))).status_code == 200
    picture = item.find(f"{ITUNES}image")
    assert picture is not None
    assert client.get(str(picture.get("href")))["Content-Type"] == "image/jpeg"


def test_chapters_keep_their_schema(client: Client, episode: EpisodePage) -> None:
    (item,) = items(client, "/feed/")
    link = item.find(f"{PODCAST}chapters")
    assert link is not None
    answer = client.get(str(link.get("url")))
    assert answer["Content-Type"] == link.get("type") == "application/json+chapters"
    told = answer.json()
    jsonschema.validate(told, CHAPTERS_1_2)
    assert [(each["startTime"], each["endTime"]) for each in told["chapters"]] == [
        (0, 10),
        (10, 14),
    ]
    assert told["chapters"][1]["url"] == f"http://localhost:8000{episode.url}?t=10"


def test_chapters_of_a_draft_are_nobodys(client: Client, episode: EpisodePage) -> None:
    episode.unpublish()
    assert client.get(f"/episodes/{episode.pk}/chapters.json").status_code == 404


def test_a_guid_outlives_name_and_place(client: Client, episode: EpisodePage) -> None:
    (before,) = (item.findtext("guid") for item in items(client, "/feed/podcast/"))
    make_series("Another", slug="another")
    episode.slug = "renamed"
    episode.save_revision().publish()
    episode.refresh_from_db()
    episode.move(SeriesPage.objects.get(slug="another"), pos="last-child")
    (after,) = items(client, "/feed/podcast/")
    assert after.findtext("guid") == before
    assert "/another/renamed/" in str(after.findtext("link"))


def test_a_feed_survives_a_new_name_of_its_page(client: Client, episode: EpisodePage) -> None:
    series = SeriesPage.objects.get()
    url = f"/feed/series/{series.pk}/podcast/"
    before = ElementTree.fromstring(client.get(url).content).findtext(f"channel/{PODCAST}guid")
    series.slug = "renamed"
    series.save_revision().publish()
    after = ElementTree.fromstring(client.get(url).content)
    assert after.findtext(f"channel/{PODCAST}guid") == before
    assert len(after.findall("channel/item")) == 1


def test_a_topic_follows_its_narrower_topics(client: Client, home: HomePage) -> None:
    wide = make_topic("Wide")
    narrow = wide.add_child(instance=TopicPage(title="Narrow"))
    make_episode("In it", topics=[narrow])
    make_episode("Outside")
    assert [item.findtext("title") for item in items(client, f"/feed/topic/{wide.pk}/")] == [
        "In it"
    ]


@pytest.mark.parametrize(
    "url",
    [
        "/feed/series/999999/",
        "/feed/series/99999999999999999999/",
        "/feed/topic/joy/",
        "/feed/person/none/podcast/",
        "/feed/podcast/x/",
        "/feed/series/-/",
    ],
)
def test_there_is_no_other_feed(client: Client, episode: EpisodePage, url: str) -> None:
    assert client.get(url).status_code == 404


def test_what_xml_cannot_write_is_left_out(client: Client, episode: EpisodePage) -> None:
    odd = "Odd \x0b\x1b\x08]]>&amp;<b>\ufffe\uffff\U0001f600 \u202e"
    EpisodePage.objects.update(title=odd, summary=odd)
    SeriesPage.objects.update(title=odd, summary=odd)
    PersonPage.objects.update(title=odd)
    TopicPage.objects.update(title=odd)
    for url in every_feed():
        answer = client.get(url)
        assert problems(answer.content) == []
        (item,) = ElementTree.fromstring(answer.content).findall("channel/item")
        assert str(item.findtext("description")).startswith("Odd ]]>&amp;<b>\U0001f600")


def test_only_visible_pages_are_in_any_feed(client: Client, episode: EpisodePage) -> None:
    canary = "canarytalk"
    topic, person = TopicPage.objects.get(), PersonPage.objects.get()
    hidden = make_series("Closed", slug="closed")
    about: dict[str, Any] = {"topics": [topic], "people": [person], "summary": canary}
    make_episode("Inside", series=hidden, **about)
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    make_episode("Draft", live=False, series=SeriesPage.objects.get(pk=episode.series_id), **about)
    past = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    over = make_episode("Over", **about)
    EpisodePage.objects.filter(pk=over.pk).update(expire_at=past)
    for url in every_feed_of(episode):
        answer = client.get(url)
        assert answer.status_code == 200
        assert canary not in answer.content.decode(), url
    for form in FORMS:
        assert client.get(f"/feed/series/{hidden.pk}/{form}").status_code == 404


def every_feed_of(episode: EpisodePage) -> list[str]:
    assert episode.series is not None
    scopes = ["", f"series/{episode.series.pk}/", f"series/{episode.series.slug}/"]
    scopes += [f"topic/{TopicPage.objects.get().pk}/", f"person/{PersonPage.objects.get().pk}/"]
    return [f"/feed/{scope}{form}" for scope in scopes for form in FORMS]


def test_people_and_topics_that_are_hidden_are_not_named(
    client: Client, episode: EpisodePage
) -> None:
    PersonPage.objects.get().unpublish()
    TopicPage.objects.get().unpublish()
    text = client.get("/feed/").content.decode()
    assert "Vice principal" not in text
    assert "Calm" not in text


def test_who_has_the_newest_is_sent_nothing(client: Client, episode: EpisodePage) -> None:
    for url in [*every_feed(), f"/episodes/{episode.pk}/chapters.json"]:
        first = client.get(url)
        again = client.get(url, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b""), url
        since = client.get(url, headers={"If-Modified-Since": first["Last-Modified"]})
        assert since.status_code == 304, url
        assert client.head(url).status_code == 200


def test_a_change_is_sent_to_who_has_the_former(client: Client, episode: EpisodePage) -> None:
    first = client.get("/feed/podcast/")
    episode.summary = "Another line."
    episode.save_revision().publish()
    again = client.get("/feed/podcast/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200
    assert b"Another line." in again.content


def test_what_is_taken_down_changes_the_date_of_the_feed(
    client: Client, episode: EpisodePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    from wagtail.models import PageLogEntry

    long_ago = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    PageLogEntry.objects.update(timestamp=long_ago)
    assert episode.recording is not None
    episode.recording.transcripts.update(updated_at=long_ago)
    first = client.get("/feed/")
    assert first["Last-Modified"] == "Wed, 01 Jan 2020 00:00:00 GMT"
    episode.unpublish()
    again = client.get("/feed/", headers={"If-Modified-Since": first["Last-Modified"]})
    assert again.status_code == 200
    assert b"<item>" not in again.content


def test_an_empty_feed_is_a_feed_and_stays_the_same(client: Client, home: HomePage) -> None:
    answer = client.get("/feed/podcast/")
    assert problems(answer.content) == []
    assert client.get("/feed/podcast/")["ETag"] == answer["ETag"]


def test_feeds_cost_the_same_for_one_and_for_two_hundred(
    client: Client, episode: EpisodePage
) -> None:
    urls = every_feed()
    client.get("/feed/")
    few = {url: queries(client, url) for url in urls}
    assert max(few.values()) <= 11
    copies(episode, 199)
    assert {url: queries(client, url) for url in urls} == few
    assert len(items(client, "/feed/podcast/")) == 200
    assert len(items(client, "/feed/")) == 50


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)


def copies(episode: EpisodePage, count: int) -> None:
    """More talks of the same series, topic and person, each with a recording of its own."""
    series = SeriesPage.objects.get()
    topic, person = TopicPage.objects.get(), PersonPage.objects.get()
    for at in range(count):
        recording = make_recording(f"Talk {at}") if at < 3 else episode.recording
        make_episode(
            f"Talk {at}", series=series, recording=recording, topics=[topic], people=[person]
        )


@pytest.mark.parametrize("kind", ["series", "topic", "person"])
def test_a_page_says_where_its_feeds_are(client: Client, episode: EpisodePage, kind: str) -> None:
    page = {"series": SeriesPage, "topic": TopicPage, "person": PersonPage}[kind].objects.get()
    shown = client.get(page.url).content.decode()
    for form in FORMS:
        assert shown.count(f'href="/feed/{kind}/{page.pk}/{form}"') == 2, form  # head and page


def test_the_library_and_a_talk_say_where_the_feeds_are(
    client: Client, episode: EpisodePage
) -> None:
    for url in (make_library().url, episode.url, "/"):
        shown = client.get(url).content.decode()
        for form in FORMS:
            assert f'href="/feed/{form}"' in shown


def test_new_words_change_the_feed(client: Client, episode: EpisodePage) -> None:
    assert episode.recording is not None
    assert episode.recording.transcript is not None
    before = client.get("/feed/")["Last-Modified"]
    services.mark_checked(transcript=episode.recording.transcript)
    assert client.get("/feed/")["Last-Modified"] >= before
    silent = make_recording("Silent", words="")
    add_file(silent, "more.mp3", MP3)
    make_episode("Silent", recording=silent)
    item = items(client, "/feed/")[0]
    assert item.findall(f"{PODCAST}transcript") == []
