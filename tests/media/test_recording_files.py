"""A recording's file as a player and a cache ask for it."""

import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse

from media.serving import CHUNK, local_file
from tests.media.factories import MP3, WEBM, make_picture, make_recording, shown_on_a_public_page

SIZE = len(WEBM)


@pytest.fixture
def url(db: None) -> Iterator[str]:
    recording = make_recording()
    with shown_on_a_public_page(recording):
        yield recording.files()[0].url


def content(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_the_whole_file_is_sent_with_what_a_player_needs(client: Client, url: str) -> None:
    response = client.get(url)
    assert (response.status_code, content(response)) == (200, WEBM)
    assert response["Content-Type"] == "video/webm"
    assert response["Content-Length"] == str(SIZE)
    assert response["Accept-Ranges"] == "bytes"
    assert response["Cache-Control"] == "public, max-age=3600"
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("header", "first", "last"),
    [("bytes=0-9", 0, 9), ("bytes=100-", 100, SIZE - 1), ("bytes=-5", SIZE - 5, SIZE - 1)],
)
def test_a_part_is_sent(client: Client, url: str, header: str, first: int, last: int) -> None:
    response = client.get(url, headers={"range": header})
    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes {first}-{last}/{SIZE}"
    assert response["Content-Length"] == str(last - first + 1)
    assert content(response) == WEBM[first : last + 1]


def test_a_part_outside_the_file_is_refused_with_its_size(client: Client, url: str) -> None:
    response = client.get(url, headers={"range": f"bytes={SIZE}-"})
    assert (response.status_code, response["Content-Range"]) == (416, f"bytes */{SIZE}")


@pytest.mark.parametrize(
    "header", ["bytes=5-1", "x", "bytes=" + "1-2," * 500, "\U0001f600", "bytes"]
)
def test_an_absurd_range_gets_the_whole_file(client: Client, url: str, header: str) -> None:
    response = client.get(url, headers={"range": header})
    assert (response.status_code, content(response)) == (200, WEBM)


def test_several_parts_come_as_multipart_of_the_length_promised(client: Client, url: str) -> None:
    response = client.get(url, headers={"range": "bytes=0-3,10-12"})
    sent = content(response)
    assert response.status_code == 206
    assert response["Content-Type"].startswith("multipart/byteranges; boundary=")
    assert response["Content-Length"] == str(len(sent))
    boundary = response["Content-Type"].partition("boundary=")[2].encode()
    parts = sent.split(b"--" + boundary)
    assert [part.partition(b"\r\n\r\n")[2].rstrip() for part in parts[1:-1]] == [
        WEBM[0:4],
        WEBM[10:13].rstrip(),
    ]
    assert f"Content-Range: bytes 10-12/{SIZE}".encode() in sent


def test_head_says_all_and_sends_nothing(client: Client, url: str) -> None:
    response = client.head(url, headers={"range": "bytes=0-3"})
    assert (response.status_code, content(response)) == (200, b"")
    assert response["Content-Length"] == str(SIZE)


@pytest.mark.parametrize("name", ["ETag", "Last-Modified"])
def test_a_part_of_the_same_version_is_sent(client: Client, url: str, name: str) -> None:
    version = client.head(url)[name]
    response = client.get(url, headers={"range": "bytes=0-3", "if-range": version})
    assert response.status_code == 206


@pytest.mark.parametrize(
    "version", ['"other"', 'W/"weak"', "Wed, 21 Oct 2015 07:28:00 GMT", "nonsense", "\U0001f600"]
)
def test_a_part_of_another_version_is_the_whole_file(
    client: Client, url: str, version: str
) -> None:
    response = client.get(url, headers={"range": "bytes=0-3", "if-range": version})
    assert (response.status_code, content(response)) == (200, WEBM)


def test_a_known_version_is_not_sent_again(client: Client, url: str) -> None:
    first = client.head(url)
    for headers in (
        {"if-none-match": first["ETag"]},
        {"if-modified-since": first["Last-Modified"]},
    ):
        assert client.get(url, headers=headers).status_code == 304


def test_nothing_can_be_sent_to_a_file(client: Client, url: str) -> None:
    assert client.post(url).status_code == 405


def test_a_file_that_is_gone_from_the_disk_is_not_found(client: Client, db: None) -> None:
    recording = make_recording()
    rendition = recording.files()[0]
    rendition.file.storage.delete(str(rendition.file.name))
    with shown_on_a_public_page(recording):
        assert client.get(rendition.url).status_code == 404


def test_a_file_of_another_recording_is_not_found(client: Client, db: None) -> None:
    one, other = make_recording(), make_recording()
    with shown_on_a_public_page(one):
        address = reverse("media:recording", args=[one.pk, other.files()[0].pk, "talk.webm"])
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("number", ["0", "99999999", "9" * 40])
def test_a_number_that_is_no_recording_is_not_found(client: Client, db: None, number: str) -> None:
    assert client.get(f"/media/recordings/{number}/{number}/x").status_code == 404
    assert client.get(f"/media/captions/{number}.vtt").status_code == 404


def test_sound_alone_has_its_own_type(client: Client, db: None) -> None:
    recording = make_recording()
    assert recording.audio is not None
    with shown_on_a_public_page(recording):
        response = client.get(recording.audio.url)
    assert (response["Content-Type"], content(response)) == ("audio/mpeg", MP3)


def test_the_still_picture_is_served_and_follows_the_same_rule(client: Client, db: None) -> None:
    recording = make_recording(poster=make_picture())
    with shown_on_a_public_page(recording):
        poster = client.get(recording.picture_url())
        card = client.get(recording.picture_url("card.jpg"))
        missing = client.get(reverse("media:poster", args=[recording.pk, "original.png"]))
    assert (poster.status_code, poster["Content-Type"]) == (200, "image/webp")
    assert (card.status_code, card["Content-Type"]) == (200, "image/jpeg")
    assert missing.status_code == 404
    assert client.get(recording.picture_url()).status_code == 404


def test_a_recording_without_a_picture_has_none_to_serve(client: Client, db: None) -> None:
    recording = make_recording()
    assert recording.picture_url() == ""
    with shown_on_a_public_page(recording):
        address = reverse("media:poster", args=[recording.pk, "poster.webp"])
        assert client.get(address).status_code == 404


def test_a_big_file_is_sent_in_chunks_with_flat_memory(tmp_path: Any) -> None:
    path = tmp_path / "big.webm"
    with path.open("wb") as file:
        file.truncate(64_000_000)
    request: HttpRequest = RequestFactory().get("/", headers={"range": "bytes=1000-"})
    response: Any = local_file(request, path, "video/webm")
    tracemalloc.start()
    sent = sum(len(chunk) for chunk in response.streaming_content)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert sent == 64_000_000 - 1000
    assert peak < 8 * CHUNK


def test_an_empty_file_is_sent_as_one(tmp_path: Any) -> None:
    path = tmp_path / "empty.mp3"
    path.touch()
    response: Any = local_file(RequestFactory().get("/"), path, "audio/mpeg")
    assert (response["Content-Length"], content(response)) == ("0", b"")


def test_a_bucket_is_left_to_serve_by_a_short_signed_link(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    recording = make_recording()
    rendition = recording.files()[0]
    storage = rendition.file.storage

    def no_path(name: str) -> str:
        raise NotImplementedError

    def signed(name: str, expire: int, http_method: str) -> str:
        return f"https://bucket.example/{name}?for={http_method}&expires={expire}"

    monkeypatch.setattr(storage, "path", no_path, raising=False)
    monkeypatch.setattr(storage, "url", signed, raising=False)
    with shown_on_a_public_page(recording):
        response, head = client.get(rendition.url), client.head(rendition.url)
    assert (response.status_code, head.status_code) == (302, 302)
    assert response["Location"].endswith("?for=GET&expires=300")
    assert head["Location"].endswith("?for=HEAD&expires=300")
    assert response["Cache-Control"] == "private, no-store"


def test_recordings_are_played_as_film_or_as_sound_alone(db: None) -> None:
    recording = make_recording()
    assert [item.kind for item in recording.files()] == ["video"]
    assert [item.kind for item in recording.files(sound_only=True)] == ["audio"]
