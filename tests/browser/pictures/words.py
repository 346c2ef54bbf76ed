"""Correcting a transcript: the editor, the places of a replacement, and the history."""

from playwright.sync_api import Page, expect

from tests.browser.pictures.studio import EDITORS, Studio, screen

TALK = "Classroom routines and joy"


def correct(studio: Studio, page: Page) -> None:
    """A word near a term of the glossary, taken; the same word in all talks; what is kept of it."""
    studio.open(page, "/admin/snippets/media/glossaryterm/add/", height=560)
    page.get_by_role("textbox", name="Term").fill("warm room")
    page.get_by_role("textbox", name="Heard as").fill("cold room")
    screen(page, EDITORS / "glossary.png")
    page.get_by_role("button", name="Save").click()
    page.wait_for_load_state("networkidle")
    studio.open(page, "/admin/snippets/media/recording/")
    row = page.locator("tr", has=page.get_by_role("link", name=TALK, exact=True))
    row.get_by_role("link", name="Correct the words").click()
    expect(page.locator("[data-words][data-ready]")).to_be_visible()
    address = page.url
    page.locator("[data-media]").evaluate(
        "film => new Promise((done) => { film.onseeked = done; film.currentTime = 1; })"
    )
    page.locator(".line textarea").first.focus()
    page.keyboard.press("F8")
    page.wait_for_timeout(400)
    screen(page, EDITORS / "words.png")
    page.keyboard.press("Alt+Enter")
    expect(page.locator("[data-status]")).to_have_text("All saved")
    page.goto(f"{address}history/")
    page.set_viewport_size({"width": 1240, "height": 420})
    screen(page, EDITORS / "words-history.png")
    studio.open(page, "/admin/correct/replace/?find=routine&instead=habit&whole=on", height=620)
    screen(page, EDITORS / "words-replace.png")
