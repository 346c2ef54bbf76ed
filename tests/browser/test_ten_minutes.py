"""docs/editors, followed to the letter: from a film to a published talk, step by step.

Clicks and pages are counted: they are what an editor's ten minutes are made of, besides reading.
"""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from media import probe
from tests.browser.product import ROOT, Product, start, stop
from tests.browser.steps import choose_page, log_in, panel
from tests.speech import model_folder

TITLE = "Praise, twice over"
RESOURCE = "Entry routine on one page"
MINUTES = 240_000


@pytest.fixture(scope="module")
def hearing(library: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A site whose server has a speech model, as docs/operating/hearing.md sets it up."""
    data = shutil.copytree(library, tmp_path_factory.mktemp("hearing") / "var")
    running = start(data, SPEECH_MODEL_DIR=str(model_folder()))
    yield running
    stop(running)


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """A talk of two and a half minutes: one of the demo's, twice."""
    talk = ROOT / "demo/media/praise-that-lands/talk.webm"
    path = tmp_path / "talk.webm"
    twice = ["-stream_loop", "1", "-i", str(talk), "-c", "copy", str(path)]
    subprocess.run([probe.tool("ffmpeg"), "-v", "error", *twice], check=True)
    return path


class Editor:
    """Somebody at the desk, who counts."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = self.pages = 0
        page.on("framenavigated", lambda frame: self.turned(frame.parent_frame is None))

    def turned(self, whole: bool) -> None:
        self.pages += whole

    def click(self, place: Locator) -> None:
        self.clicks += 1
        place.click()

    def press(self, name: str, within: Locator | None = None) -> None:
        self.click((within or self.page).get_by_role("button", name=name, exact=True).first)

    def follow(self, name: str | re.Pattern[str], within: Locator | None = None) -> None:
        self.click((within or self.page).get_by_role("link", name=name).first)


def add_the_film(editor: Editor, film: Path) -> None:
    page = editor.page
    editor.follow(re.compile("^Recordings$"))
    editor.follow("Add recording")
    page.get_by_role("textbox", name="Title").fill(TITLE)
    editor.clicks += 2  # the button, then the file in a window of the computer
    page.locator("film-upload input[type=file]").first.set_input_files(film)
    uploaded = page.locator("film-upload [data-text]").first
    expect(uploaded).to_contain_text("Uploaded", timeout=60_000)
    editor.press("Save")
    expect(row_of(page)).to_be_visible()


def row_of(page: Page) -> Locator:
    return page.locator("tr", has=page.get_by_role("link", name=TITLE, exact=True))


def make_the_page(editor: Editor) -> None:
    """While the server listens. The draft saves itself."""
    page = editor.page
    editor.press("Pages")
    for name in ("Dixons OpenSource", "All episodes"):
        editor.follow(f"View child pages of '{name}'")
    editor.follow("Joy, on purpose")
    editor.follow(re.compile("Add child page"))
    page.get_by_placeholder("Page title*").fill(TITLE)
    page.locator("#id_summary").fill("Praise that names what was done, said twice.")
    editor.press("Choose recording")
    editor.follow(TITLE, page.get_by_role("dialog"))
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.locator("#id_number").fill("17")
    editor.clicks += 3  # plus, choose, the page
    choose_page(page, "belongs_with", RESOURCE)
    expect(page).to_have_url(re.compile(r"/admin/pages/\d+/edit/"), timeout=60_000)


def check_the_words(editor: Editor) -> None:
    """The row of the talk says when they are there; nobody had to ask for them."""
    page = editor.page
    editor.follow(re.compile("^Recordings$"))
    correct = row_of(page).get_by_role("link", name="Correct the words")
    for _ in range(60):
        if correct.count():
            break
        page.wait_for_timeout(2000)
        page.reload()
        editor.pages -= 1  # how often somebody looks is up to them
    editor.click(correct)
    expect(page.locator("[data-words][data-ready]")).to_be_visible()
    editor.press("I have read these words against the sound")
    expect(page.locator("[data-checked]")).to_contain_text("Checked by")


def publish(editor: Editor) -> None:
    page = editor.page
    editor.press("Pages")
    for name in ("Dixons OpenSource", "All episodes"):
        editor.follow(f"View child pages of '{name}'")
    editor.follow("Joy, on purpose")
    editor.follow(TITLE)
    expect(panel(page, "ready_to_publish")).not_to_contain_text("Publish all the same")
    editor.press("Publish")
    expect(page.get_by_text(re.compile("has been published"))).to_be_visible()


def test_a_short_talk_goes_from_film_to_published_in_few_steps(
    browser: Browser, hearing: Product, film: Path
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    log_in(page, hearing, "editor")
    editor = Editor(page)
    add_the_film(editor, film)
    make_the_page(editor)
    check_the_words(editor)
    publish(editor)
    assert (editor.clicks, editor.pages) == (24, 12)
    editor.follow("View live")
    context.close()
