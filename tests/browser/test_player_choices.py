"""What a reader chooses is kept; what fails is said; what only a host has waits for a click."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.product import Product
from tests.browser.steps import log_in
from tests.browser.watch import Watch, axe_findings, violations

TALK = "/library/joy-on-purpose/classroom-routines-and-joy/"
OTHER_TALK = "/library/joy-on-purpose/praise-that-lands/"
HOSTED_TALK = "/library/joy-on-purpose/the-walk-to-the-hall/"
HOSTED_TITLE = "The walk to the hall"
HOST = "www.youtube-nocookie.com"
FILMS = re.compile(r"\.(webm|mp4)$")


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 390, "height": 900}, reduced_motion="reduce")
    yield context
    context.close()


def test_speed_and_captions_hold_for_the_next_talk(
    product: Product, context: BrowserContext
) -> None:
    page = context.new_page()
    page.goto(f"{product.url}{TALK}")
    page.get_by_label("Speed").select_option("1.5")
    page.get_by_label("Captions").select_option("en")
    page.goto(f"{product.url}{OTHER_TALK}")
    film = page.locator("video")
    expect(film).to_have_js_property("defaultPlaybackRate", 1.5)
    expect(page.get_by_label("Speed")).to_have_value("1.5")
    expect(page.get_by_label("Captions")).to_have_value("en")
    assert film.evaluate("film => film.textTracks[0].mode") == "showing"
    film.evaluate("film => { film.textTracks[0].mode = 'disabled'; }")  # as the browser's menu does
    expect(page.get_by_label("Captions")).to_have_value("")
    page.reload()
    expect(page.get_by_label("Captions")).to_have_value("")
    assert context.cookies() == []


def test_a_browser_that_keeps_nothing_and_copies_nothing_still_plays(
    product: Product, context: BrowserContext
) -> None:
    context.add_init_script(
        """Object.defineProperty(window, "localStorage", { get() { throw new Error("no"); } });
        Object.defineProperty(navigator, "clipboard", { value: undefined });"""
    )
    watch = Watch(product.url)
    watch.attach(context)
    page = context.new_page()
    page.goto(f"{product.url}{TALK}?t=27")
    page.get_by_label("Speed").select_option("2")
    page.locator("[data-share]").click()
    expect(page.locator("[data-said]")).to_have_text("The address of this page now leads to 0:27.")
    assert page.url.endswith(f"{TALK}?t=27")
    assert watch.errors == []


def test_the_other_source_opens_where_this_one_stands(
    product: Product, context: BrowserContext
) -> None:
    page = context.new_page()
    page.goto(f"{product.url}{TALK}")
    page.get_by_role("link", name="Play from 0:50").click()
    page.locator("video").evaluate("film => film.pause()")
    page.get_by_role("link", name="Only listen").click()
    page.wait_for_url(re.compile(r"source=audio&t=5\d"))
    expect(page.locator(".cue[aria-current]")).to_contain_text("Now the joy.")


def test_a_failure_comes_into_a_region_that_is_read_out(
    product: Product, context: BrowserContext
) -> None:
    context.route(FILMS, lambda route: route.abort())
    page = context.new_page()
    page.goto(f"{product.url}{TALK}")
    told = page.locator("[data-failed][role=alert]")
    expect(told).to_be_empty()
    page.locator("video").focus()
    page.keyboard.press("k")
    expect(told).to_contain_text("This source does not play here.")
    expect(page.locator("video")).to_be_focused()
    assert axe_findings(page) == []


def leave_to_the_host(page: Page) -> None:
    """Take the files of the recording away; the host has it."""
    page.get_by_role("link", name="Recordings").click()
    page.get_by_role("link", name=HOSTED_TITLE, exact=True).click()
    rows = page.locator("[id^='inline_child_renditions-'][id$='-panel-section']")
    expect(rows.first).to_be_visible()
    for row in range(rows.count()):
        page.locator(f"#id_renditions-{row}-DELETE-button").click()
    page.get_by_role("textbox", name="Second source").fill("https://youtu.be/dQw4w9WgXcQ")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url(re.compile("recording/$"))


def test_a_talk_that_only_a_host_has_asks_for_nothing_before_the_click(
    product: Product, browser: Browser, context: BrowserContext
) -> None:
    office = browser.new_context()
    desk = office.new_page()
    log_in(desk, product, "editor")
    leave_to_the_host(desk)
    office.close()
    watch = Watch(product.url)
    watch.attach(context)
    context.route(f"https://{HOST}/**", lambda route: route.fulfill(body="<h1>At the host</h1>"))
    page = context.new_page()
    page.goto(f"{product.url}{HOSTED_TALK}")
    facade = page.get_by_role("link", name="Play from YouTube")
    expect(facade).to_be_visible()
    assert page.locator("video, audio, iframe").count() == 0
    assert axe_findings(page) == []
    line = page.locator(".cue").nth(3)
    line.locator(".cue__time").focus()
    page.keyboard.press("Enter")
    expect(line).to_have_attribute("aria-current", "true")
    expect(facade).to_be_focused()
    assert watch.strangers == []
    page.keyboard.press("Enter")
    expect(page.locator("iframe").content_frame.get_by_role("heading")).to_have_text("At the host")
    second = page.locator("[data-player]").get_attribute("data-second")
    assert f"start={second}" in watch.strangers[0]
    assert {address.split("/")[2] for address in watch.strangers} == {HOST}
    assert (violations(page), watch.errors, context.cookies()) == ([], [], [])
