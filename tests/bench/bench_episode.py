"""The page of a long talk, 1,500 cues or an hour and a quarter, and a film as it is served.

A bare page is Wagtail's own: a title in a template of 150 bytes, by the same way through the same
middleware, found by the same router. An empty page of this site is one of its plain pages without
words: with the masthead, navigation and footer that stand on every page.
"""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Site

from core.models import NavigationItem, PageLink, SiteSettings
from episodes.models import EpisodePage
from home.models import StandardPage
from media.cues import Reading, SpokenCue
from media.models import Recording, Rendition
from media.services import import_transcript
from tests.bench.frame import ROUNDS, at_most, benchmark, ratio
from tests.bench.library import VOCABULARY
from tests.browser.product import free_port
from tests.episodes.factories import chapters, make_episode, make_person, make_series
from tests.factories import make_home, make_page, make_topic
from tests.media.factories import MP3, WEBM, add_file, make_picture
from tests.resources.factories import make_resource

# Both as long as those of the demonstration on average.
CUES, CUE_MS, CUE_LETTERS = 1_500, 3_100, 48
CHAPTERS = 8
FILM = 16 << 20
PATIENCE_S = 60


@benchmark(at_most(10, "queries"))
def long_talk_queries() -> float:
    page = long_talk()
    cache.clear()  # its words are not laid out yet: the most that it can take
    with CaptureQueriesContext(connection) as found:
        get(page)()
    return len(found)


@benchmark(at_most(150, "kB of HTML"))
def long_talk_page() -> float:
    return len(get(long_talk())().content) / 1_000


@benchmark(at_most(2, "times the CPU of a bare Wagtail page"))
def long_talk_cpu() -> float:
    return ratio(get(long_talk()), get(bare_page()), rounds=4 * ROUNDS, clock=time.process_time)


@benchmark(at_most(2.5, "times the CPU of a bare Wagtail page"))
def talk_with_resources_cpu() -> float:
    """The same with what most talks have: a resource and another page that belong with it."""
    page = long_talk()
    for other in (make_resource(), make_episode("Elsewhere")):
        PageLink.objects.create(page=page, target=other)
    return ratio(get(page), get(bare_page()), rounds=4 * ROUNDS, clock=time.process_time)


@benchmark(at_most(2, "times the CPU of an empty page of this site"))
def long_talk_cpu_beside_an_empty_page() -> float:
    return ratio(get(long_talk()), get(empty_page()), rounds=4 * ROUNDS, clock=time.process_time)


@benchmark(at_most(8, "times the CPU of a bare Wagtail page"))
def long_talk_cpu_after_a_change() -> float:
    """Once after every change of the words, in every process: they are laid out anew."""
    page = get(long_talk())

    def changed() -> None:
        cache.clear()
        page()

    return ratio(changed, get(bare_page()), clock=time.process_time)


@benchmark(at_most(2, "times a plain file response"))
def range_request() -> float:
    """A whole film asked for as a range, against FileResponse, which knows no ranges and lets the
    server copy the file without Python; both by gunicorn, on one connection each."""
    film = add_film()
    with served(Path(film.file.path)) as port:
        ranged = fetch(port, film.url, {"Range": "bytes=0-"})
        return ratio(ranged, fetch(port, "/plain/", {}), rounds=3 * ROUNDS)


def long_talk() -> EpisodePage:
    """A track of a series with a topic and a speaker, under the navigation of the site."""
    navigation()
    recording = Recording.objects.create(
        title="Long", duration_ms=CUES * CUE_MS, poster=make_picture()
    )
    add_file(recording, "long.webm", WEBM)
    add_file(recording, "long.mp3", MP3)
    import_transcript(recording=recording, reading=Reading(cues=tuple(spoken())))
    starts = [(at * CUE_MS * CUES // CHAPTERS, f"Part {at + 1}") for at in range(CHAPTERS)]
    series = make_series()
    page = make_episode(
        "Long",
        series=series,
        recording=recording,
        chapters=chapters(*starts),
        topics=[make_topic()],
        people=[make_person()],
    )
    for at in range(4):
        make_episode(f"Track {at}", series=series, recording=recording)
    return page


def spoken() -> Iterator[SpokenCue]:
    for number in range(CUES):
        words = " ".join(VOCABULARY[(number * 7 + at * 13) % len(VOCABULARY)] for at in range(9))
        text = words[:CUE_LETTERS].strip().capitalize() + ("." if number % 3 == 2 else "")
        speaker = ("Vice principal", "Teacher of science")[number // 40 % 2]
        start = number * CUE_MS
        yield SpokenCue(start_ms=start, end_ms=start + CUE_MS, text=text, speaker=speaker)


def bare_page() -> Page:
    page: Page = make_home().add_child(instance=Page(title="Bare", slug="bare"))
    return page


def empty_page() -> StandardPage:
    return make_page(StandardPage, make_home(), title="Empty")


def navigation() -> None:
    """Six links at the top and at the foot, as the site has."""
    home = make_home()
    chosen, _ = SiteSettings.objects.get_or_create(site=Site.objects.get(is_default_site=True))
    for at in range(6):
        page = make_page(StandardPage, home, title=f"Part {at}")
        for place in NavigationItem.Place.values:
            NavigationItem.objects.create(settings=chosen, page=page, place=place)


def get(page: Page) -> Callable[[], Any]:
    client, url = Client(), page.url

    def ask() -> Any:
        answer = client.get(url)
        if answer.status_code != 200:
            raise ValueError(f"{url} answers {answer.status_code}")
        return answer

    return ask


def add_film() -> Rendition:
    recording = Recording.objects.create(title="Film", duration_ms=60_000)
    film = Rendition(recording=recording)
    film.file.save("film.webm", ContentFile(WEBM + bytes(FILM - len(WEBM))), save=True)
    make_episode("Film", recording=recording)
    return film


@contextmanager
def served(file: Path) -> Iterator[int]:
    """The product by gunicorn, as `make run` and the image start it, on this benchmark's data."""
    port = free_port()
    about = {
        "DJANGO_SETTINGS_MODULE": "config.settings.development",
        "DATA_DIR": str(Path(settings.MEDIA_ROOT).parent),
        "DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}",
        "BENCH_FILE": str(file),
        "ALLOWED_HOSTS": "localhost",
    }
    connections.close_all()
    gunicorn = [sys.executable, "-m", "gunicorn", "--pythonpath", "site", "--threads", "8"]
    with subprocess.Popen(
        [*gunicorn, "--bind", f"localhost:{port}", "tests.bench.served"],
        env={**os.environ, **about},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            wait_for(port)
            yield port
        finally:
            process.terminate()


def wait_for(port: int) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        try:
            fetch(port, "/health/", {})()
        except (OSError, ValueError):
            time.sleep(0.3)
        else:
            return
    raise TimeoutError("gunicorn does not answer")


def fetch(port: int, url: str, headers: dict[str, str]) -> Callable[[], object]:
    link = http.client.HTTPConnection("localhost", port, timeout=30)

    def ask() -> int:
        link.request("GET", urlsplit(url).path, headers=headers)
        answer = link.getresponse()
        size = len(answer.read())
        if answer.status not in (200, 206):
            raise ValueError(f"{url} answers {answer.status}")
        return size

    return ask
