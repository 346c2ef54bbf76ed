"""What an editor types is saved, also in the moments that Wagtail's own saving passes over.

Each story is told with js/autosave.js and without it. Where the one without it fails, Wagtail has
closed the gap, and the script can go.
"""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.product import Product
from tests.browser.steps import log_in

SAVED = re.compile(r"/admin/pages/\d+/edit/")
A_SAVE = re.compile(r"POST .*/admin/pages/(add/episodes/episodepage/\d+|\d+/edit)/$")
SENTENCE = "The last sentence, typed while the one before it was on its way."
ON_ITS_WAY = """text => new Promise(done => {
    document.addEventListener("w-autosave:save", done, {once: true, capture: true});
    const field = document.querySelector("#id_summary");
    field.value = text;
    field.dispatchEvent(new Event("input", {bubbles: true}));
})"""
IS_ASKED = """!window.dispatchEvent(new Event("beforeunload", {cancelable: true}))"""
ASKED_AFTER_A_SAVE = f"""text => {{ window.asked = new Promise(done => {{
    document.addEventListener("w-autosave:save", () => {{
        document.querySelector("#id_summary").value = text;
    }}, {{once: true}});
    window.addEventListener("w-autosave:success", () => done({IS_ASKED}), {{once: true}});
}}) }}"""
CALM_MS = 3_000


@pytest.fixture(params=[True, False], ids=["ours", "wagtail"])
def ours(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def desk(browser: Browser, product: Product, ours: bool) -> Page:
    """An editor in a series' list of talks, with our script or without."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.set_default_timeout(60_000)
    if not ours:
        page.route("**/js/autosave*.js", lambda route: route.abort())
    log_in(page, product, "editor")
    page.get_by_role("button", name="Pages", exact=True).first.click()
    for name in ("Dixons OpenSource", "All episodes"):
        page.get_by_role("link", name=f"View child pages of '{name}'").first.click()
    page.get_by_role("link", name="Joy, on purpose").first.click()
    expect(page.get_by_role("link", name=re.compile("Add child page")).first).to_be_visible()
    return page


def open_a_talk(page: Page) -> None:
    page.locator("main a[href$='/edit/']").filter(has_text=re.compile(".")).last.click()
    expect(page.locator("#id_summary")).to_be_visible()
    page.wait_for_timeout(CALM_MS)


def kept(page: Page) -> str:
    """The summary as somebody finds it who opens the page anew."""
    other = page.context.new_page()
    other.goto(page.url)
    text = other.locator("#id_summary").input_value()
    other.close()
    return text


def test_a_title_typed_at_once_is_saved(desk: Page, ours: bool) -> None:
    desk.get_by_role("link", name=re.compile("Add child page")).first.click()
    desk.get_by_placeholder("Page title*").press_sequentially("A talk, typed at once")
    desk.wait_for_timeout(2 * CALM_MS)
    assert bool(SAVED.search(desk.url)) == ours
    desk.context.close()


def test_a_sentence_typed_while_the_page_is_saved_is_saved(desk: Page, ours: bool) -> None:
    open_a_talk(desk)
    desk.evaluate(ON_ITS_WAY, f"A first sentence, {ours}.")
    desk.locator("#id_summary").fill(SENTENCE + str(ours))
    desk.wait_for_timeout(2 * CALM_MS)
    assert (kept(desk) == SENTENCE + str(ours)) == ours
    desk.context.close()


def test_a_sentence_brought_back_while_another_is_saved_is_saved(desk: Page, ours: bool) -> None:
    open_a_talk(desk)
    desk.locator("#id_summary").fill(f"The right sentence, {ours}.")
    desk.wait_for_timeout(CALM_MS)
    desk.evaluate(ON_ITS_WAY, "A second thought.")
    desk.locator("#id_summary").fill(f"The right sentence, {ours}.")
    desk.wait_for_timeout(2 * CALM_MS)
    assert (kept(desk) == f"The right sentence, {ours}.") == ours
    desk.context.close()


def test_who_leaves_before_the_sentence_is_saved_is_asked(desk: Page, ours: bool) -> None:
    open_a_talk(desk)
    desk.evaluate(ASKED_AFTER_A_SAVE, SENTENCE + str(ours))
    desk.locator("#id_summary").fill(f"A sentence on its way, {ours}.")
    assert desk.evaluate("window.asked") == ours
    desk.wait_for_timeout(2 * CALM_MS)
    assert not desk.evaluate(IS_ASKED)
    desk.context.close()


def test_what_is_saved_is_not_saved_again(desk: Page, ours: bool) -> None:
    """A new page: the save gives it its number and its revision, which are no words of anybody."""
    sent: list[str] = []
    desk.on("request", lambda request: sent.append(f"{request.method} {request.url}"))
    desk.get_by_role("link", name=re.compile("Add child page")).first.click()
    desk.wait_for_timeout(CALM_MS)
    desk.get_by_placeholder("Page title*").fill(f"A talk, typed after a while, {ours}")
    desk.locator("#id_summary").fill("One sentence.")
    expect(desk).to_have_url(SAVED)
    desk.wait_for_timeout(CALM_MS)
    assert len([line for line in sent if A_SAVE.match(line)]) == 1
    desk.context.close()
