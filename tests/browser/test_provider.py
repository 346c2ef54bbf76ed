"""A recording goes to AssemblyAI and comes back, by keyboard, with real workers and a stub."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from media import probe
from tests.browser.product import Product, start_empty, stop
from tests.browser.steps import log_in
from tests.browser.watch import Watch, axe_findings, violations
from tests.provider.stub import KEY, Stub, running_stub

MINUTES = 120_000


@pytest.fixture(scope="module")
def stub() -> Iterator[Stub]:
    with running_stub() as stub:
        yield stub


@pytest.fixture(scope="module")
def with_account(stub: Stub, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A site of its own, whose operator has an account there."""
    folder = tmp_path_factory.mktemp("account")
    account = {"ASSEMBLYAI_API_KEY": KEY, "ASSEMBLYAI_URL": stub.url}
    running = start_empty(folder, **account)
    yield running
    stop(running)


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    path = tmp_path / "talk.mp3"
    made = ["-f", "lavfi", "-i", "sine=frequency=300:duration=4", str(path)]
    subprocess.run([probe.tool("ffmpeg"), "-v", "error", *made], check=True)
    return path


def press(page: Page, name: str) -> None:
    """As somebody does who uses no mouse."""
    button = page.get_by_role("button", name=name, exact=True)
    button.focus()
    expect(button).to_be_focused()
    page.keyboard.press("Enter")


def findings(page: Page) -> list[str]:
    ours = [line for line in axe_findings(page) if "provider" in line]
    return [*ours, *violations(page)]


def make_recording(page: Page, product: Product, sound: Path) -> None:
    page.goto(f"{product.url}/admin/snippets/media/recording/add/")
    page.get_by_role("textbox", name="Title").fill("Routines at the door")
    page.locator("film-upload input[type=file]").first.set_input_files(sound)
    expect(page.locator("film-upload [data-text]").first).to_contain_text(
        "Uploaded", timeout=60_000
    )
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("link", name="Routines at the door").first.click()


def test_a_recording_is_sent_by_keyboard_and_its_words_come_back(
    browser: Browser, with_account: Product, stub: Stub, sound: Path
) -> None:
    watch = Watch(with_account.url)
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    watch.attach(context)
    page = context.new_page()
    log_in(page, with_account, "editor")
    make_recording(page, with_account, sound)
    press(page, "Have it written down")
    question = page.locator("[data-question]")
    expect(question).to_contain_text(re.compile(r"Send talk\w*\.mp3"))
    expect(question).to_be_focused()
    assert stub.uploads == {}
    assert findings(page) == []
    press(page, "Send it")
    expect(page.locator("[data-label]")).to_have_text("Done", timeout=MINUTES)
    assert findings(page) == []
    page.get_by_role("link", name="Show the words").click()
    words = page.locator("textarea[name=words]")
    expect(words).to_have_value(re.compile("<v Speaker A>People hear the word routine"))
    assert [*watch.strangers, *watch.errors] == []
    context.close()
