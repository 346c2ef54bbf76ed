"""Talks in the pages of others: oEmbed, and the player alone."""

import re
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from xml.etree import ElementTree

import jsonschema
import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import PageViewRestriction

from episodes.embed import BAR, frame
from episodes.models import EpisodePage
from home.models import HomePage
from media.models import Recording
from tests.episodes.factories import make_episode, make_library, make_series
from tests.media.factories import (
    MP3,
    add_file,
    add_words,
    make_editor,
    make_picture,
    make_recording,
)

HERE = "http://localhost:8000"
WHOLE, PIXELS = {"type": "string", "pattern": "^https?://"}, {"type": "integer", "minimum": 1}
COMMON = {
    "version": {"const": "1.0"},
    "title": {"type": "string"},
    "author_name": {"type": "string"},
    "author_url": WHOLE,
    "provider_name": {"type": "string"},
    "provider_url": WHOLE,
    "cache_age": {"type": "integer"},
    "thumbnail_url": WHOLE,
    "thumbnail_width": PIXELS,
    "thumbnail_height": PIXELS,
}
THUMBNAIL = ("thumbnail_url", "thumbnail_width", "thumbnail_height")
FRAMED = {"html": {"type": "string"}, "width": PIXELS, "height": PIXELS}


def rules(kind: str) -> dict[str, Any]:
    """The tables of oembed.com, sections 2.3.4.1 to 2.3.4.4."""
    own = FRAMED if kind in ("video", "rich") else {}
    return {
        "type": "object",
        "properties": {**COMMON, **own, "type": {"const": kind}},
        "required": ["type", "version", *own],
        "dependentRequired": {name: list(THUMBNAIL) for name in THUMBNAIL},
        "additionalProperties": False,
    }


@pytest.fixture
def episode(home: HomePage) -> EpisodePage:
    recording = make_recording(poster=make_picture())
    return make_episode("Routines & <joy>", series=make_series(), recording=recording)


def ask(client: Client, url: str, **more: Any) -> Any:
    return client.get("/oembed/", {"url": url, **more})


def told(client: Client, page: EpisodePage, query: str = "", **more: Any) -> dict[str, Any]:
    answer = ask(client, f"{HERE}{page.url}{query}", **more)
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def only_sound(title: str = "Sound") -> Recording:
    recording = Recording.objects.create(title=title, duration_ms=14_000)
    add_file(recording, "talk.mp3", MP3)
    add_words(recording)
    return recording


def test_a_film_is_told_by_the_rules(client: Client, episode: EpisodePage) -> None:
    about = told(client, episode)
    jsonschema.validate(about, rules("video"))
    assert about["title"] == "Routines & <joy>"
    assert (about["width"], about["height"]) == (640, 360 + BAR)
    assert about["provider_name"] == "Dixons OpenSource"
    (inside,) = BeautifulSoup(about["html"], "html.parser").select("iframe")
    assert inside["src"] == f"{HERE}/episodes/{episode.pk}/embed/"
    assert inside["title"] == "Routines & <joy>"
    assert client.get(about["thumbnail_url"])["Content-Type"] == "image/jpeg"


def test_xml_says_the_same(client: Client, episode: EpisodePage) -> None:
    answer = ask(client, f"{HERE}{episode.url}", format="xml")
    assert answer["Content-Type"] == "text/xml; charset=utf-8"
    root = ElementTree.fromstring(answer.content)
    assert root.tag == "oembed"
    told_here = {name: str(value) for name, value in told(client, episode).items()}
    assert {child.tag: child.text for child in root} == told_here


def test_sound_is_rich_and_a_talk_without_a_file_a_link(client: Client, home: HomePage) -> None:
    heard = told(client, make_episode("Sound", recording=only_sound()))
    jsonschema.validate(heard, rules("rich"))
    jsonschema.validate(told(client, make_episode("None", recording=None)), rules("link"))


@pytest.mark.parametrize(
    ("wide", "high"),
    [
        (None, None),
        (320, None),
        (None, 200),
        (100, 100),
        (9999, 9999),
        (1, 1),
        (640, 56),
        (300, 57),
    ],
)
@pytest.mark.parametrize("kind", ["video", "audio"])
def test_a_frame_is_never_larger_than_asked_for(
    wide: int | None, high: int | None, kind: str
) -> None:
    size = frame(kind, wide, high)
    assert 1 <= size.width <= min(640, wide or 640)
    assert 1 <= size.height <= min(360 + BAR, high or 999)


def test_limits_hold_for_player_and_thumbnail(client: Client, episode: EpisodePage) -> None:
    about = told(client, episode, maxwidth=320, maxheight=180)
    assert about["width"] <= 320
    assert about["height"] <= 180
    assert "thumbnail_url" not in about
    jsonschema.validate(about, rules("video"))
    (inside,) = BeautifulSoup(about["html"], "html.parser").select("iframe")
    assert (inside["width"], inside["height"]) == (str(about["width"]), str(about["height"]))


@pytest.mark.parametrize("asked", ["x", "-1", "0", "1.5", "9" * 400, "٣", " "])
def test_a_limit_that_is_no_number_is_refused(
    client: Client, episode: EpisodePage, asked: str
) -> None:
    assert ask(client, f"{HERE}{episode.url}", maxwidth=asked).status_code == 400


@pytest.mark.parametrize("form", ["yaml", "", "JSON", "\x1b"])
def test_another_format_is_not_implemented(client: Client, episode: EpisodePage, form: str) -> None:
    assert ask(client, f"{HERE}{episode.url}", format=form).status_code == 501


@pytest.mark.parametrize(
    "url",
    [
        "",
        "x",
        "http://[",
        "https://elsewhere.example/library/",
        f"{HERE}/",
        f"{HERE}/none/",
        f"{HERE}/library/",
        f"{HERE}/library/é/😀/",
        "ftp://localhost:8000/library/",
        f"{HERE}/" + "x" * 10_000,
        "javascript:alert(1)",
        f"{HERE}/library/../library/\n",
    ],
)
def test_what_is_no_talk_is_not_found(client: Client, episode: EpisodePage, url: str) -> None:
    assert ask(client, url).status_code == 404


def test_a_closed_talk_is_refused_and_a_draft_not_found(
    client: Client, episode: EpisodePage
) -> None:
    PageViewRestriction.objects.create(
        page=episode.get_parent(), restriction_type=PageViewRestriction.LOGIN
    )
    answer = ask(client, f"{HERE}{episode.url}")
    assert answer.status_code == 401
    assert "Routines" not in answer.content.decode()
    draft = make_episode("Draft", live=False)
    assert ask(client, f"{HERE}/library/{draft.slug}/").status_code == 404
    over = make_episode("Over")
    EpisodePage.objects.filter(pk=over.pk).update(expire_at="2020-01-01T00:00:00Z")
    assert ask(client, f"{HERE}{over.url}").status_code == 404


def test_a_page_says_where_it_is_told(client: Client, episode: EpisodePage) -> None:
    shown = BeautifulSoup(client.get(episode.url).content, "html.parser")
    for media_type in ("application/json+oembed", "text/xml+oembed"):
        (link,) = shown.select(f'link[rel=alternate][type="{media_type}"]')
        address = urlsplit(str(link["href"]))
        assert parse_qs(address.query)["url"][0].endswith(str(episode.url))
        assert client.get(f"{address.path}?{address.query}").status_code == 200
    assert "oembed" not in client.get(make_library().url).content.decode()


# The player alone -----------------------------------------------------------------------------


def test_the_player_stands_alone_with_captions_and_a_link_back(
    client: Client, episode: EpisodePage
) -> None:
    shown = BeautifulSoup(client.get(f"/episodes/{episode.pk}/embed/").content, "html.parser")
    assert len(shown.select("video[controls] source")) == 1
    (track,) = shown.select("track[kind=captions]")
    assert client.get(str(track["src"])).status_code == 200
    (link,) = shown.select("a")
    assert link["href"] == f"{HERE}{episode.url}"
    assert shown.select("script, style, form") == []
    sound = make_episode("Sound", recording=only_sound())
    heard = BeautifulSoup(client.get(f"/episodes/{sound.pk}/embed/").content, "html.parser")
    assert len(heard.select("audio[controls] source")) == 1


def test_anybody_may_frame_it_and_nothing_else(client: Client, episode: EpisodePage) -> None:
    answer = client.get(f"/episodes/{episode.pk}/embed/")
    policy = answer["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "X-Frame-Options" not in answer
    page = client.get(episode.url)
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"


def test_it_sets_no_cookie(client: Client, episode: EpisodePage) -> None:
    for url in (
        f"/episodes/{episode.pk}/embed/",
        f"/oembed/?{urlencode({'url': HERE + episode.url})}",
    ):
        answer = client.get(url)
        assert answer.status_code == 200
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")


@pytest.mark.parametrize(
    ("asked", "at"), [("11", "11"), ("0m11s", "11"), ("999", ""), ("x", ""), ("", ""), ("-1", "")]
)
def test_a_time_opens_the_player_and_the_page_there(
    client: Client, episode: EpisodePage, asked: str, at: str
) -> None:
    html = client.get(f"/episodes/{episode.pk}/embed/", {"t": asked}).content.decode()
    assert re.findall(r'<source\s+src="[^"#]*(?:#t=(\d+))?"', html) == [at]
    assert (f"{episode.url}?t={at}" in html) is bool(at)


def test_the_time_of_an_address_goes_along(client: Client, episode: EpisodePage) -> None:
    assert f"/episodes/{episode.pk}/embed/?t=11" in told(client, episode, "?t=0m11s")["html"]


def test_only_a_visible_talk_can_be_framed(client: Client, episode: EpisodePage) -> None:
    episode.unpublish()
    answer = client.get(f"/episodes/{episode.pk}/embed/")
    assert answer.status_code == 404
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


def test_a_talk_that_moves_keeps_the_address_of_its_player(
    client: Client, episode: EpisodePage
) -> None:
    before = told(client, episode)["html"]
    episode.move(make_library(), pos="last-child")
    assert told(client, EpisodePage.objects.get(pk=episode.pk))["html"] == before


# The code on the page of the talk --------------------------------------------------------------


def code_on_the_page(client: Client, url: str) -> str | None:
    page = BeautifulSoup(client.get(url).content, "html.parser")
    area = page.select_one("[data-embed] textarea[readonly]")
    return area.get_text() if area else None


def test_the_page_offers_the_code_that_programs_are_given(
    client: Client, episode: EpisodePage
) -> None:
    told = ask(client, f"http://testserver{episode.url}").json()["html"]
    assert code_on_the_page(client, episode.url) == told
    at = code_on_the_page(client, f"{episode.url}?t=9")
    assert at == told.replace('/embed/"', '/embed/?t=9"')
    assert 'title="Routines &amp; &lt;joy&gt;"' in told


def test_a_talk_that_others_cannot_show_offers_no_code(client: Client, home: HomePage) -> None:
    silent = make_episode("Silent", recording=None)
    assert code_on_the_page(client, silent.url) is None
    closed = make_episode("Closed")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    client.force_login(make_editor())
    assert client.get(closed.url).status_code == 200
    assert code_on_the_page(client, closed.url) is None
