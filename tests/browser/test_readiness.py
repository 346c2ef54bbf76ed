"""The panel that says what is open, while the draft saves itself."""

from playwright.sync_api import Browser, expect

from tests.browser.product import Product
from tests.browser.steps import log_in
from tests.browser.watch import Watch, violations

SERIES = "Joy, on purpose"


def test_the_panel_follows_a_draft_that_saves_itself(product: Product, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    watch = Watch(product.url)
    watch.attach(context)
    page = context.new_page()
    log_in(page, product, "editor")
    page.goto(f"{product.url}/admin/")
    page.get_by_text("Write a talk").click()
    page.get_by_role("link", name=SERIES).click()
    expect(page.get_by_role("spinbutton", name="Track")).to_have_value("7")
    panel = page.locator("[data-readiness]")
    expect(panel).to_contain_text("as soon as the draft has saved itself")
    expect(page.get_by_text("Publish all the same")).to_be_hidden()
    title = page.get_by_role("textbox", name="Title").first
    title.press_sequentially("A talk just begun", delay=150)  # as people do: it saves what changes
    expect(panel).to_contain_text("points open before it is published", timeout=20_000)
    expect(panel).to_contain_text("Summary would help")
    expect(page.get_by_text("Publish all the same")).to_be_visible()
    page.get_by_role("textbox", name="Summary").fill("Why to open it.")
    page.keyboard.press("Tab")
    expect(panel).not_to_contain_text("Summary would help", timeout=20_000)
    assert (violations(page), watch.errors) == ([], [])
    context.close()
