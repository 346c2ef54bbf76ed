"""The product as `make run` starts it, in a data folder of its own."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError

from tests import migrated

ROOT = Path(__file__).parents[2]
PATIENCE_S = 240
BETWEEN_MAILS = b"-" * 79 + b"\n"
DEVELOPMENT = "config.settings.development"


@dataclass(frozen=True, slots=True)
class Product:
    url: str
    data: Path
    process: "subprocess.Popen[str]"

    @property
    def passwords(self) -> dict[str, str]:
        lines = (self.data / "demo-logins.txt").read_text().splitlines()
        return dict(line.split(" ", 1) for line in lines)

    def mails(self) -> list[bytes]:
        """Every mail so far; a file of the folder holds all that went over one connection."""
        files = sorted((self.data / "mail").glob("*"))
        parts = (part for file in files for part in file.read_bytes().split(BETWEEN_MAILS))
        return [part for part in parts if part.strip()]

    def wait_for_mail_to(self, address: str, patience_s: float = 60) -> bytes:
        """Return the first mail to this address; TimeoutError where none comes."""
        deadline = time.monotonic() + patience_s
        while time.monotonic() < deadline:
            for mail in self.mails():
                if f"To: {address}".encode() in mail:
                    return mail
            time.sleep(0.2)
        raise TimeoutError(f"No mail to {address} in {patience_s} s; {len(self.mails())} to others")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def start(data: Path, *flags: str, **more: str) -> Product:
    """Start everything with the README's own command; returns once the site answers.

    `more` are settings of the operator, such as an account at a provider.
    """
    port = free_port()
    url = f"http://localhost:{port}"
    settings = {"DATA_DIR": str(data), "SITE_URL": url, "DJANGO_SETTINGS_MODULE": DEVELOPMENT}
    with (data / "start.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "start", "--port", str(port), *flags],
            cwd=ROOT,
            env={**os.environ, **settings, **more},
            stdout=log,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
    product = Product(url=url, data=data, process=process)
    wait_until_ready(product)
    return product


def start_empty(data: Path, **more: str) -> Product:
    """Start a site without the demo library, on tables that need not be made first."""
    migrated.give_to_site(data, {**os.environ, **more})
    return start(data, "--no-demo", **more)


def wait_until_ready(product: Product) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        if product.process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{product.url}/health/", timeout=5):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.3)
    raise RuntimeError(f"The site did not start:\n{(product.data / 'start.log').read_text()}")


def wait_until_idle(product: Product) -> None:
    """Until its workers have done what the demo library gave them to do."""
    waiting = "SELECT 1 FROM django_tasks_database_dbtaskresult WHERE finished_at IS NULL"
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        with closing(sqlite3.connect(product.data / "site.sqlite3", timeout=20)) as rows:
            if not rows.execute(waiting).fetchone():
                return
        time.sleep(0.5)
    raise TimeoutError("The workers have still not done everything")


def stop(product: Product) -> int:
    """Stop as Ctrl-C does; returns the exit code."""
    if product.process.poll() is None:
        product.process.send_signal(signal.SIGINT)
    return product.process.wait(timeout=30)
