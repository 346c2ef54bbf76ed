"""Captions with a slip: found by its line, mended and saved, by keys alone and without scripts."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.product import Product
from tests.browser.steps import log_in
from tests.browser.watch import Watch, axe_findings, violations

WEBM = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm" + bytes(2000)
SLIP = "00:00:{:02}.000 --> 00:00:{:02}.500\n<v Ann>Line {} of the talk.\n"
CUES = [SLIP.format(at, at + (0 if at == 30 else 1), at) for at in range(40)]
WRONG = "00:00:30.000 --> 00:00:30.500"


@pytest.fixture
def captions(tmp_path: Path) -> Path:
    path = tmp_path / "talk.vtt"
    path.write_text("WEBVTT\n\n" + "\n".join(CUES).replace(WRONG, "00:00:30.000 --> 00:00:20.500"))
    return path


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "talk.webm"
    path.write_bytes(WEBM)
    return path


@pytest.fixture
def watch(product: Product) -> Watch:
    return Watch(product.url)


@pytest.fixture
def context(browser: Browser, watch: Watch) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    watch.attach(context)
    yield context
    context.close()


def send(page: Page, product: Product, title: str, film: Path, captions: Path) -> None:
    """A new recording whose captions have a slip; it ends where that is shown."""
    log_in(page, product, "editor")
    page.goto(f"{product.url}/admin/snippets/media/recording/add/")
    page.get_by_role("textbox", name="Title").fill(title)
    page.locator("#id_renditions-0-file").set_input_files(film)
    page.get_by_label("Captions or transcript").set_input_files(captions)
    save(page)
    page.wait_for_url("**/admin/snippets/media/recording/edit/**", timeout=90_000)


def save(page: Page) -> None:
    uploading = page.locator("film-upload").get_by_role("status")
    if uploading.count() and uploading.first.inner_text():
        expect(uploading.first).to_contain_text("is uploaded")
    page.get_by_role("button", name=re.compile("^(Save|Creat)")).last.click()


def test_a_slip_is_found_and_mended_with_keys_alone(
    product: Product, context: BrowserContext, watch: Watch, film: Path, captions: Path
) -> None:
    page = context.new_page()
    send(page, product, "A slip by keyboard", film, captions)
    box = page.get_by_label("Words and their times")
    page.get_by_role("link", name="Lines 93 to 94").focus()
    page.keyboard.press("Enter")
    expect(box).to_be_focused()
    assert selected(page) == "00:00:30.000 --> 00:00:20.500\n<v Ann>Line 30 of the talk."
    expect(page.locator(".words-box__numbers mark")).to_have_text(["93", "94"])
    assert axe_findings_of_the_words(page) == []
    page.keyboard.insert_text("00:00:30.000 --> 00:00:30.500\n<v Ann>Line 30, mended.")
    page.keyboard.press("Control+s")
    page.wait_for_url("**/admin/snippets/media/recording/")
    assert (violations(page), watch.strangers, watch.errors) == ([], [], [])


def selected(page: Page) -> str:
    text: str = page.evaluate("window.getSelection().toString()")
    return text


def axe_findings_of_the_words(page: Page) -> list[str]:
    """What axe finds in our part of Wagtail's form; each finding tells its element."""
    ours = ("words-", "id_words", "id_waiting")
    return [line for line in axe_findings(page) if any(mark in line for mark in ours)]


def test_a_slip_is_mended_without_scripts(
    product: Product, browser: Browser, film: Path, captions: Path
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    send(page, product, "A slip without scripts", film, captions)
    expect(page.get_by_text("1 place must be mended")).to_be_visible()
    box = page.get_by_label("Words and their times")
    box.fill(box.input_value().replace("00:00:20.500", "00:00:30.500"))
    page.get_by_role("button", name=re.compile("^Save")).last.click()
    page.wait_for_url("**/admin/snippets/media/recording/")
    expect(page.get_by_text("A slip without scripts' updated")).to_be_visible()
    context.close()
