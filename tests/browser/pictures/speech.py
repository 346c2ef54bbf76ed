"""Words that machines write: while the server listens, when it is done, and before a sound is sent.

A site of its own, whose server has a speech model and whose operator has an account.
"""

import re
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, expect

from tests.browser.pictures.studio import EDITORS, WIDTH, Studio, part, screen
from tests.browser.product import ROOT, start, stop
from tests.provider.stub import KEY, running_stub
from tests.speech import model_folder

TITLE = "Praise, said twice"
FILM = ROOT / "demo/media/praise-that-lands/talk.webm"
MINUTES = 240_000


def album(chromium: Browser) -> None:
    with ExitStack() as stack:
        data = Path(stack.enter_context(TemporaryDirectory()))
        stub = stack.enter_context(running_stub())
        account = {"ASSEMBLYAI_API_KEY": KEY, "ASSEMBLYAI_URL": stub.url}
        product = start(data, SPEECH_MODEL_DIR=str(model_folder()), **account)
        stack.callback(stop, product)
        studio = Studio(product, chromium)
        page = studio.desk("editor")
        heard(studio, page)
        sent(page)


def heard(studio: Studio, page: Page) -> None:
    """Nobody asked: the list says so, the panel shows how far it is, then leads to the words."""
    studio.open(page, "/admin/snippets/media/recording/add/")
    page.get_by_role("textbox", name="Title").fill(TITLE)
    page.locator("film-upload input[type=file]").first.set_input_files(FILM)
    uploaded = page.locator("film-upload [data-text]").first
    expect(uploaded).to_contain_text("Uploaded", timeout=60_000)
    page.get_by_role("button", name="Save", exact=True).click()
    row = page.locator("tr", has=page.get_by_role("link", name=TITLE, exact=True))
    for _ in range(60):
        if row.get_by_text("Being written down").count():
            break
        page.wait_for_timeout(1000)
        page.reload()
    page.set_viewport_size({"width": WIDTH, "height": 420})
    screen(page, EDITORS / "being-written-down.png")
    row.get_by_role("link", name=TITLE, exact=True).click()
    page.set_viewport_size({"width": WIDTH, "height": 2600})
    panel = page.locator("#speech")
    expect(panel).to_contain_text(re.compile("writing down what is said"), timeout=60_000)
    part(page, "speech-listening", panel)
    expect(panel.get_by_role("link", name="Correct the words")).to_be_visible(timeout=MINUTES)
    part(page, "speech-done", panel)


def sent(page: Page) -> None:
    """The question, which sends nothing yet."""
    page.get_by_role("button", name="Have it written down", exact=True).click()
    question = page.locator("[data-question]")
    expect(question).to_be_visible()
    part(page, "provider-question", question)
