"""With ACCEL_REDIRECT nginx sends the films: in parts, and only those that the site allows."""

import http.client
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from typing import NamedTuple
from urllib.parse import quote, urlsplit

import pytest

from tests.browser.product import DEVELOPMENT, ROOT, Product, start_empty, stop
from tests.services.nginx import PROGRAM, in_front_of

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="nginx is not installed: apt install nginx")
# On a disk and on SQLite, whatever servers the run has started for other tests.
EMBEDDED = dict.fromkeys(("S3_BUCKET", "DATABASE_URL", "ELASTICSEARCH_URL", "EMAIL_URL"), "")
BEHIND = {**EMBEDDED, "ACCEL_REDIRECT": "/uploads/", "TRUSTED_PROXIES": "1"}
# One talk is shown, one is a draft, one is only for those who log in. The name of the first film is
# one that an address has to quote.
STATES = """
import json
from pathlib import Path
from wagtail.models import PageViewRestriction
from tests.episodes.factories import make_episode

shown, locked = make_episode("Shown"), make_episode("Locked")
draft = make_episode("Draft", live=False)
PageViewRestriction.objects.create(page=locked, restriction_type="login")
film = shown.recording.files()[0]
before = Path(film.file.path)
before.rename(before.with_name("100 % Mühe? a#b.webm"))
film.file.name = "recordings/100 % Mühe? a#b.webm"
film.save()
told = {
    name: (page.recording.files()[0].url, page.recording.files()[0].file.name)
    for name, page in (("shown", shown), ("draft", draft), ("locked", locked))
}
print(json.dumps(told))
"""


class Film(NamedTuple):
    url: str
    place: str  # below uploads/


class Answer(NamedTuple):
    status: int
    headers: http.client.HTTPMessage
    body: bytes


class Site(NamedTuple):
    url: str
    product: Product
    films: dict[str, Film]

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """As written: no client of ours tidies the path up."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        place = urlsplit(self.url).netloc
        with closing(http.client.HTTPConnection(place, timeout=30)) as connection:
            connection.request(method, path, headers=sent)
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())

    def bytes_of(self, name: str) -> bytes:
        return (self.product.data / "uploads" / self.films[name].place).read_bytes()


def with_states(product: Product) -> dict[str, Film]:
    settings = {"DATA_DIR": str(product.data), "DJANGO_SETTINGS_MODULE": DEVELOPMENT}
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "--verbosity", "0", "-c", STATES],
        cwd=ROOT,
        env={**os.environ, **BEHIND, **settings},
        check=True,
        capture_output=True,
        text=True,
    )
    told = json.loads(done.stdout.splitlines()[-1])
    return {name: Film(*film) for name, film in told.items()}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    product = start_empty(tmp_path_factory.mktemp("var"), **BEHIND)
    try:
        with in_front_of(product, tmp_path_factory.mktemp("nginx")) as url:
            yield Site(url, product, with_states(product))
    finally:
        stop(product)


def test_a_film_comes_whole_with_the_headers_of_the_site(site: Site) -> None:
    answer = site.ask(site.films["shown"].url)
    assert (answer.status, answer.body) == (200, site.bytes_of("shown"))
    assert answer.headers["Content-Type"] == "video/webm"
    assert answer.headers["Cache-Control"] == "public, max-age=3600"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert "X-Accel-Redirect" not in answer.headers


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-3", 0, 3), ("bytes=1000-", 1000, None), ("bytes=-10", -10, None)],
)
def test_a_part_of_a_film_is_sent(site: Site, asked: str, first: int, last: int | None) -> None:
    whole = site.bytes_of("shown")
    wanted = whole[first : None if last is None else last + 1]
    answer = site.ask(site.films["shown"].url, Range=asked)
    begin = first % len(whole)
    assert (answer.status, answer.body == wanted) == (206, True)
    told = f"bytes {begin}-{begin + len(wanted) - 1}/{len(whole)}"
    assert answer.headers["Content-Range"] == told


def test_several_parts_and_what_lies_outside(site: Site) -> None:
    url, size = site.films["shown"].url, len(site.bytes_of("shown"))
    several = site.ask(url, Range="bytes=0-3,10-13")
    assert several.status == 206
    assert several.headers["Content-Type"].startswith("multipart/byteranges")
    outside = site.ask(url, Range=f"bytes={size}-")
    assert (outside.status, outside.headers["Content-Range"]) == (416, f"bytes */{size}")


def test_a_part_of_another_version_is_not_sent(site: Site) -> None:
    url = site.films["shown"].url
    version = site.ask(url, "HEAD").headers["ETag"]
    assert site.ask(url, Range="bytes=0-3", If_Range=version).status == 206
    assert site.ask(url, Range="bytes=0-3", If_Range='"another"').status == 200
    assert site.ask(url, If_None_Match=version).status == 304


def test_asking_for_the_head_sends_no_film(site: Site) -> None:
    answer = site.ask(site.films["shown"].url, "HEAD")
    assert (answer.status, answer.body) == (200, b"")
    assert answer.headers["Content-Length"] == str(len(site.bytes_of("shown")))


@pytest.mark.parametrize("name", ["draft", "locked"])
def test_what_is_not_public_has_no_address(site: Site, name: str) -> None:
    assert site.bytes_of(name)
    for headers in ({}, {"Range": "bytes=0-3"}):
        answer = site.ask(site.films[name].url, **headers)
        assert (answer.status, answer.body[:4] == site.bytes_of(name)[:4]) == (404, False)


@pytest.mark.parametrize("name", ["shown", "draft", "locked"])
@pytest.mark.parametrize("before", ["/uploads/", "//uploads//", "/x/../uploads/", "/%75ploads/"])
def test_the_internal_place_is_not_reached_from_outside(site: Site, name: str, before: str) -> None:
    place = quote(site.films[name].place)
    assert site.ask(before + place).status == 404


@pytest.mark.parametrize(
    "path",
    [
        "/uploads",
        "/uploads/",
        "/uploads../site.sqlite3",
        "/uploads/../site.sqlite3",
        "/uploads/..%2fsite.sqlite3",
        "/media/../uploads/",
        "/site.sqlite3",
        "/secret-key",
        "/uploads-in-parts/",
    ],
)
def test_nothing_else_of_the_data_folder_is_reached(site: Site, path: str) -> None:
    assert (site.product.data / "site.sqlite3").is_file()
    answer = site.ask(path)
    assert answer.status in (301, 400, 404)  # 301: to the same with a slash, which is 404
    assert b"SQLite format" not in answer.body


def test_a_reader_cannot_name_the_file_that_nginx_sends(site: Site) -> None:
    place = f"/uploads/{site.films['draft'].place}"
    for path in ("/", site.films["draft"].url):
        answer = site.ask(path, X_Accel_Redirect=place)
        assert answer.body[:4] != site.bytes_of("draft")[:4]


def test_pages_come_through_with_their_policy(site: Site) -> None:
    answer = site.ask("/")
    assert answer.status == 200
    assert "default-src" in answer.headers["Content-Security-Policy"]
