"""The part of a recording's form where the server is asked to write down what is said."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.product import Product, start, stop
from tests.browser.steps import log_in
from tests.browser.watch import Watch, axe_findings, violations

pytest.importorskip("faster_whisper")

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
WIDTHS = (390, 1280)
PATIENCE_MS = 120_000
TITLE = "Classroom routines and joy"


@pytest.fixture(scope="module")
def listening(library: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A site whose operator has named a folder with a model that turns out to be broken."""
    folder = tmp_path_factory.mktemp("model")
    (folder / "model.bin").write_bytes(b"this is no model")
    data = shutil.copytree(library, tmp_path_factory.mktemp("listening") / "var")
    running = start(data, SPEECH_MODEL_DIR=str(folder))
    yield running
    stop(running)


def open_recording(page: Page, product: Product) -> None:
    page.goto(f"{product.url}/admin/snippets/media/recording/")
    page.get_by_role("link", name=TITLE).first.click()
    expect(page.locator("#speech")).to_be_visible()


def findings(page: Page, place: str) -> list[str]:
    """In both schemes and at both widths: what axe and the policy say, and what does not fit."""
    found: list[str] = []
    for scheme in SCHEMES:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            box = page.locator(place).bounding_box()
            assert box is not None
            if box["x"] < 0 or box["x"] + box["width"] > width:
                found.append(f"{width} px: it stands from {box['x']} and is {box['width']} wide")
            found += [f"{scheme} {width}: {each}" for each in axe_findings(page, place)]
    return [*found, *violations(page)]


def open_by_keyboard(page: Page, name: str) -> None:
    link = page.locator("#speech").get_by_role("link", name=name)
    link.focus()
    expect(link).to_be_focused()
    page.keyboard.press("Enter")


def test_a_server_that_cannot_listen_says_so(product: Product, browser: Browser) -> None:
    watch = Watch(product.url)
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    watch.attach(context)
    page = context.new_page()
    log_in(page, product, "editor")
    open_recording(page, product)
    expect(page.locator("#speech")).to_contain_text("does not write down speech by itself")
    assert findings(page, "#speech") == []
    assert (watch.strangers, watch.errors) == ([], [])
    context.close()


def test_it_is_asked_by_keyboard_and_says_what_came_of_it(
    listening: Product, browser: Browser
) -> None:
    watch = Watch(listening.url)
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    watch.attach(context)
    page = context.new_page()
    log_in(page, listening, "editor")
    open_recording(page, listening)
    assert findings(page, "#speech") == []
    open_by_keyboard(page, "Write down what is said")
    asked = page.locator("#speech").get_by_text(
        re.compile("writing down|Waiting to be|could not be written")
    )
    expect(asked.first).to_be_visible()
    expect(page.locator("#speech")).to_contain_text(
        "What is said could not be written down", timeout=PATIENCE_MS
    )
    expect(page.locator("#speech").get_by_role("link", name="Try again")).to_be_visible()
    assert findings(page, "#speech") == []
    assert (watch.strangers, watch.errors) == ([], [])
    context.close()
