import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.product import Product, start, stop, wait_until_idle

# Debian's Chromium; without these switches it looks up hosts of its maker at every start.
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
]


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a site that was started from nothing, as the README says, and then stopped.

    Made once; each file of tests, and each test with a site of its own, starts on a copy.
    """
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder = shared / "library"
    with (shared / "library.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            new = tmp_path_factory.mktemp("library")
            running = start(new)
            wait_until_idle(running)
            stop(running)
            new.rename(folder)
    return folder


@pytest.fixture(scope="module")
def product(library: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A site of its own for each file, so that no file finds what another one left behind."""
    running = start(shutil.copytree(library, tmp_path_factory.mktemp("product") / "var"))
    yield running
    stop(running)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=SWITCHES)
        yield chromium
        chromium.close()
