"""The code by which another site shows a talk: at the present second, and without scripts too."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.product import Product
from tests.browser.watch import Watch, axe_findings, violations

TALK = "/library/joy-on-purpose/classroom-routines-and-joy/"
SUMMARY = "Show it on your site"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 390, "height": 900}, reduced_motion="reduce")
    yield context
    context.close()


@contextmanager
def another_site(folder: Path) -> Iterator[str]:
    """A school's own pages, on a server of their own."""
    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=folder)
    )
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def open_code(page: Page, url: str) -> Locator:
    page.goto(url)
    page.get_by_text(SUMMARY).click()
    return page.get_by_label("Copy this into your page")


def test_the_code_begins_at_the_second_where_the_talk_stands(
    product: Product, context: BrowserContext
) -> None:
    watch = Watch(product.url)
    watch.attach(context)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    code = open_code(page, f"{product.url}{TALK}")
    assert "?t=" not in code.input_value()
    page.locator("[data-player]").evaluate("stage => { stage.dataset.second = '27'; }")
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == code.input_value()
    assert '/embed/?t=27"' in copied
    expect(page.get_by_text("The talk plays there from 0:27, with a link")).to_be_visible()
    assert [*axe_findings(page), *violations(page)] == []
    assert (watch.strangers, watch.errors) == ([], [])


def test_where_copying_is_refused_the_code_is_selected(
    product: Product, context: BrowserContext
) -> None:
    page = context.new_page()
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('no'))")
    code = open_code(page, f"{product.url}{TALK}")
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.get_by_text("The code is selected")).to_be_attached()
    chosen = code.evaluate("area => area.value.slice(area.selectionStart, area.selectionEnd)")
    assert chosen == code.input_value()


def test_without_scripts_the_code_is_there_and_shows_the_talk(
    product: Product, browser: Browser, tmp_path: Path
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    code = open_code(page, f"{product.url}{TALK}?t=27").input_value()
    expect(page.get_by_role("button", name="Copy", exact=True)).to_be_hidden()
    (tmp_path / "index.html").write_text(code, encoding="utf-8")
    with another_site(tmp_path) as url:
        page.goto(url)
        context.close()
