"""A film of 2 GB, sent in parts to the web server as the product runs it."""

import http.client
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.urls import reverse

from demo.management.commands.start import Command
from media.uploads.disk import PART
from tests.bench.frame import at_most, benchmark
from tests.browser.product import DEVELOPMENT, ROOT, free_port
from tests.media.factories import WEBM

SIZE = 256 * PART
NEEDED = 4 * SIZE  # the film, its copy, what arrives, and air
MEGABYTE = 1_000_000
TOKEN = "a" * 32  # of CSRF: any, as long as cookie and header agree


@dataclass(frozen=True, slots=True)
class Measured:
    growth_mb: float
    times_a_copy: float


def no_room() -> str:
    free = shutil.disk_usage(tempfile.gettempdir()).free
    return "" if free > NEEDED else f"it needs {NEEDED // MEGABYTE} MB for temporary files"


@benchmark(at_most(32, "MB more at the peak"), unless=no_room)
def upload_memory() -> float:
    """What a film of 2 GB adds to the most memory that the web process ever had."""
    return measured().growth_mb


@benchmark(at_most(20, "times a plain copy"), unless=no_room)
def upload_time() -> float:
    """How many times as long it takes as copying the file on the same disk.

    A copy stays inside the kernel; an upload passes a socket and two Python processes. What this
    holds is that it grows with the file and no faster: 3 on a busy disk, 13 on an idle one.
    """
    return measured().times_a_copy


@cache
def measured() -> Measured:
    with tempfile.TemporaryDirectory(prefix="bench-upload-") as name:
        folder = Path(name)
        film = make_film(folder / "film.webm")
        copies = [seconds_to_copy(film, folder / "copy")]
        with web_server(folder / "data") as (client, process):
            client.send(make_film(folder / "small.webm", PART))  # whatever is loaded only once
            before = peak_mb(process)
            began = time.perf_counter()
            arrived = client.send(film)
            seconds = time.perf_counter() - began
            growth = peak_mb(process) - before
        copies.append(seconds_to_copy(film, folder / "copy"))
        require_same(film, folder / "data" / "uploads", arrived)
    return Measured(growth_mb=growth, times_a_copy=seconds / min(copies))


def make_film(path: Path, size: int = SIZE) -> Path:
    """Something that begins like a film; the rest cannot be packed."""
    block = os.urandom(PART)
    with path.open("wb") as file:
        file.write(WEBM + block[len(WEBM) :])
        for _ in range(size // PART - 1):
            file.write(block)
    return path


def seconds_to_copy(film: Path, target: Path) -> float:
    began = time.perf_counter()
    shutil.copyfile(film, target)
    seconds = time.perf_counter() - began
    target.unlink()
    return seconds


def require_same(film: Path, uploads: Path, size: int) -> None:
    (stored,) = uploads.glob("recordings/film_*")
    with film.open("rb") as one, stored.open("rb") as other:
        while block := one.read(PART):
            if block != other.read(PART):
                raise ValueError("What arrived is not what was sent.")
    if stored.stat().st_size != size:
        raise ValueError("What arrived has another size.")


@contextmanager
def web_server(data: Path) -> Iterator[tuple["Uploader", int]]:
    """The web server of `make run` on a copy of the stage's database, and its process."""
    data.mkdir()
    session = sign_in()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(data / "site.sqlite3")])
    port = free_port()
    process = subprocess.Popen(
        Command().processes(port)["web server"],
        cwd=ROOT,
        env={
            **os.environ,
            "DATA_DIR": str(data),
            "SECRET_KEY": settings.SECRET_KEY,
            "DJANGO_SETTINGS_MODULE": DEVELOPMENT,
        },
        start_new_session=True,
    )
    try:
        wait_for(port)
        yield Uploader(port, session), process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def sign_in() -> str:
    """An account and its session, whose key is returned."""
    user = User.objects.create_superuser("uploader")
    session = SessionStore()
    session.create()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def wait_for(port: int) -> None:
    for _ in range(600):
        try:
            http.client.HTTPConnection("localhost", port, timeout=5).request("GET", "/health/")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("The web server did not start.")


class Uploader:
    """A browser, as far as an upload needs one."""

    def __init__(self, port: int, session: str) -> None:
        self.line = http.client.HTTPConnection("localhost", port, timeout=60)
        names = settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME
        cookies = "; ".join(map("=".join, zip(names, (session, TOKEN), strict=True)))
        self.headers = {"Cookie": cookies, "X-CSRFToken": TOKEN}

    def ask(self, method: str, url: str, body: bytes = b"", **headers: str) -> dict[str, object]:
        self.line.request(method, url, body, {**self.headers, **headers})
        answer = self.line.getresponse()
        said = answer.read()
        if answer.status not in (200, 201):
            raise ValueError(f"{method} {url}: {answer.status} {said[:500]!r}")
        told: dict[str, object] = json.loads(said)
        return told

    def send(self, film: Path) -> int:
        """Send a film in parts; returns how many bytes have arrived."""
        said = {"name": film.name, "size": film.stat().st_size}
        begun = self.ask("POST", reverse("uploads:begin"), json.dumps(said).encode())
        url, offset = str(begun["url"]), 0
        with film.open("rb") as file:
            while part := file.read(PART):
                self.ask("PUT", url, part, **{"Upload-Offset": str(offset)})
                offset += len(part)
        return int(str(self.ask("POST", f"{url}finish/")["received"]))


def peak_mb(process: int) -> float:
    """The most memory that a process or one of its children ever had."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return max(high_water_mb(pid) for pid in (process, *map(int, children)))


def high_water_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    (line,) = [line for line in status.splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) * 1024 / MEGABYTE
