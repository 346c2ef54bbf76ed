"""A recording's file under the conditions of RFC 9110: sections 13 (conditions) and 14 (ranges)."""

import datetime as dt
import os
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils.http import http_date

from media.ranges import MAX_RANGES
from media.serving import local_file

FILM = bytes(range(250)) * 4
SIZE = len(FILM)
CHANGED = dt.datetime(2026, 11, 1, 12, 30, 15, 250_000, tzinfo=dt.UTC).timestamp()
TYPE = "video/webm"


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "talk.webm"
    path.write_bytes(FILM)
    os.utime(path, (CHANGED, CHANGED))
    return path


def ask(path: Path, method: str = "GET", **headers: str) -> Any:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request: HttpRequest = RequestFactory().generic(method, "/", headers=named)
    return local_file(request, path, TYPE)


def content(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def version(path: Path) -> str:
    etag: str = ask(path)["ETag"]
    return etag


def test_the_version_is_a_strong_one_and_changes_with_the_file(film: Path) -> None:
    before = version(film)
    os.utime(film, (CHANGED, CHANGED + 0.001))
    assert before.startswith('"')
    assert before != version(film)


@pytest.mark.parametrize(
    ("header", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=-1", SIZE - 1, SIZE - 1),
        (f"bytes=-{SIZE * 9}", 0, SIZE - 1),
        (f"bytes={SIZE - 1}-", SIZE - 1, SIZE - 1),
        (f"bytes=0-{SIZE}", 0, SIZE - 1),
        (f"bytes=0-{'9' * 18}", 0, SIZE - 1),
        ("bytes=10-19,15-30,31-40", 10, 40),
    ],
)
def test_every_form_of_one_range_is_answered_as_one_part(
    film: Path, header: str, first: int, last: int
) -> None:
    response = ask(film, range=header)
    assert (response.status_code, response["Content-Type"]) == (206, TYPE)
    assert response["Content-Range"] == f"bytes {first}-{last}/{SIZE}"
    assert response["Content-Length"] == str(last - first + 1)
    assert content(response) == FILM[first : last + 1]
    assert (response["ETag"], response["Accept-Ranges"]) == (version(film), "bytes")


@pytest.mark.parametrize("header", [f"bytes={SIZE}-", "bytes=-0", f"bytes={SIZE}-,{SIZE + 5}-"])
def test_nothing_inside_is_416_with_size_version_and_no_words(film: Path, header: str) -> None:
    response = ask(film, range=header)
    assert (response.status_code, response["Content-Range"]) == (416, f"bytes */{SIZE}")
    assert (response["ETag"], response["Accept-Ranges"]) == (version(film), "bytes")
    assert content(response) == b""


@pytest.mark.parametrize("header", ["bytes=0-", "bytes=0-0", "bytes=-1"])
def test_of_an_empty_file_no_part_can_be_sent(tmp_path: Path, header: str) -> None:
    path = tmp_path / "empty.webm"
    path.touch()
    response = ask(path, range=header)
    assert (response.status_code, response["Content-Range"]) == (416, "bytes */0")
    assert ask(path, method="HEAD")["Content-Length"] == "0"


def test_as_many_parts_as_allowed_are_sent_and_one_more_gets_the_whole_file(film: Path) -> None:
    specs = [f"{at * 20}-{at * 20 + 4}" for at in range(MAX_RANGES + 1)]
    allowed = ask(film, range="bytes=" + ",".join(specs[:MAX_RANGES]))
    sent = content(allowed)
    assert allowed.status_code == 206
    assert sent.count(b"Content-Range: bytes ") == MAX_RANGES
    assert allowed["Content-Length"] == str(len(sent))
    assert "Content-Range" not in allowed
    more = ask(film, range="bytes=" + ",".join(specs))
    assert (more.status_code, content(more)) == (200, FILM)


def test_overlapping_parts_never_send_more_than_the_file(film: Path) -> None:
    response = ask(film, range="bytes=" + ",".join(["0-"] * MAX_RANGES))
    assert response["Content-Range"] == f"bytes 0-{SIZE - 1}/{SIZE}"
    assert content(response) == FILM


def test_a_boundary_is_never_used_twice(film: Path) -> None:
    one, other = (ask(film, range="bytes=0-1,10-11")["Content-Type"] for _ in range(2))
    assert one != other


@pytest.mark.parametrize("header", ["bytes=0-3", f"bytes={SIZE}-", "bytes=0-1,9-10", "x"])
def test_head_knows_no_range(film: Path, header: str) -> None:
    """Section 14.2: a range of any method but GET is ignored."""
    response = ask(film, method="HEAD", range=header)
    assert (response.status_code, content(response)) == (200, b"")
    assert (response["Content-Length"], response["Content-Type"]) == (str(SIZE), TYPE)
    assert (response["ETag"], response["Accept-Ranges"]) == (version(film), "bytes")
    assert "Content-Range" not in response


# If-Range ---------------------------------------------------------------------------------------


def test_a_part_of_the_version_that_one_has_is_sent_on(film: Path) -> None:
    for known in (version(film), http_date(CHANGED)):
        assert ask(film, range="bytes=0-3", if_range=known).status_code == 206


@pytest.mark.parametrize(
    "known",
    [
        "weak",
        '"another"',
        http_date(CHANGED - 1),
        http_date(CHANGED + 1),  # an exact match, section 13.1.5, not "since"
        "Sunday, 01-Nov-26 12:30:15 GMT",
        "*",
        '"a", "b"',
        "x" * 8000,
    ],
)
def test_a_weak_or_other_version_gets_the_whole_file(film: Path, known: str) -> None:
    known = f"W/{version(film)}" if known == "weak" else known
    response = ask(film, range="bytes=0-3", if_range=known)
    assert (response.status_code, content(response)) == (200, FILM)


def test_a_range_outside_a_version_that_has_changed_is_no_error(film: Path) -> None:
    """Who resumes at the end of what was a longer file gets the new one, not 416."""
    response = ask(film, range=f"bytes={SIZE}-", if_range='"old"')
    assert (response.status_code, content(response)) == (200, FILM)


def test_if_range_without_a_range_says_nothing(film: Path) -> None:
    assert ask(film, if_range='"old"').status_code == 200


# The other conditions come first ----------------------------------------------------------------


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("known", ["same", "weak", "list", "*"])
def test_a_known_version_is_304_with_its_name_even_where_a_part_is_asked(
    film: Path, known: str, method: str
) -> None:
    etag = version(film)
    known = {"same": etag, "weak": f"W/{etag}", "list": f'"x", {etag}'}.get(known, known)
    response = ask(film, method=method, if_none_match=known, range="bytes=0-3")
    assert (response.status_code, content(response)) == (304, b"")
    assert (response["ETag"], response["Last-Modified"]) == (etag, http_date(CHANGED))


def test_the_version_outweighs_the_date(film: Path) -> None:
    later = http_date(CHANGED + 60)
    assert ask(film, if_none_match='"old"', if_modified_since=later).status_code == 200
    assert ask(film, if_modified_since=later).status_code == 304
    assert ask(film, if_modified_since=http_date(CHANGED - 60)).status_code == 200


def test_who_insists_on_another_version_is_told_412(film: Path) -> None:
    for header, insists in (
        ("if_match", '"old"'),
        ("if_match", f"W/{version(film)}"),
        ("if_unmodified_since", http_date(CHANGED - 60)),
    ):
        response = ask(film, range="bytes=0-3", **{header: insists})
        assert (response.status_code, content(response)) == (412, b""), header
    for header, insists in (("if_match", version(film)), ("if_match", "*")):
        assert ask(film, range="bytes=0-3", **{header: insists}).status_code == 206, header


@pytest.mark.parametrize("header", ["range", "if_range", "if_none_match", "if_match"])
@pytest.mark.parametrize("text", ["\U0001f600", "\u00a0", "=" * 9000, '"', "W/", "bytes=\t", ","])
def test_absurd_headers_never_make_it_fail(film: Path, header: str, text: str) -> None:
    answer = ask(film, **{header: text})
    assert answer.status_code in (200, 412)
    assert content(answer) in (FILM, b"")
