"""Find, watch, read, quote and take the resource: with the keyboard alone, and without a script."""

import re
import urllib.request
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.product import Product
from tests.browser.watch import Watch, axe_findings, violations

TALK = "/library/joy-on-purpose/classroom-routines-and-joy/"
ASKED = "first forty seconds"
SECOND = 27
MOST_STEPS = 90
RESOURCE = "Entry routine on one page"
FOCUS_SHOWS = """element => {
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  return element.matches(":focus-visible")
    && (element.matches("video") || (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2));
}"""
PLACES = """() => [...document.querySelectorAll(".cue__text")].map(text =>
  [text.getBoundingClientRect().top, text.getBoundingClientRect().height])"""


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context
    context.close()


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until it has the focus, which must show."""
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            assert target.evaluate(FOCUS_SHOWS), f"{target} does not show the focus"
            return
    raise AssertionError(f"{target} is not reached in {MOST_STEPS} steps")


def copied(page: Page) -> str:
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


def find_the_moment(page: Page, product: Product) -> None:
    page.goto(product.url)
    tab_to(page, page.get_by_label("What do you want to get better?"))
    page.keyboard.type(ASKED)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")
    hit = page.get_by_role("link", name=re.compile(f"Play from 0:{SECOND}")).first
    tab_to(page, hit)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{TALK}?t={SECOND}*")


def watch_it(page: Page) -> None:
    film = page.locator("video")
    tab_to(page, film)
    page.keyboard.press("k")
    expect(film).to_have_js_property("paused", False)
    page.keyboard.press("k")
    page.keyboard.press("m")
    expect(film).to_have_js_property("muted", True)
    tab_to(page, page.get_by_label("Captions"))
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Captions")).to_have_value("en")
    assert film.evaluate("film => film.textTracks[0].mode") == "showing"
    follow = page.get_by_role("button", name="Follow the words")
    tab_to(page, follow)
    page.keyboard.press("Enter")
    expect(follow).to_have_attribute("aria-pressed", "true")


def share_it(page: Page) -> None:
    share = page.locator("[data-share]")
    tab_to(page, share)
    second = page.locator("[data-player]").get_attribute("data-second")
    page.keyboard.press("Enter")
    expect(page.locator("[data-said]")).to_have_text(
        re.compile(f"The link to 0:{second} is copied")
    )
    expect(share).to_contain_text(f"Copied: 0:{second}")
    expect(share).to_be_focused()
    assert copied(page).endswith(f"{TALK}?t={second}")


def read_and_quote(page: Page) -> None:
    tab_to(page, page.get_by_label("Find in this talk"))
    page.keyboard.type("joy")
    page.keyboard.press("Enter")
    expect(page.locator("[data-count]")).to_have_text(re.compile(r"^1 of \d+$"))
    line = page.locator(".cue", has_text="Now the joy.")
    tab_to(page, line.locator(".cue__time"))
    page.keyboard.press("Enter")
    expect(line).to_have_attribute("aria-current", "true")
    page.locator("video").evaluate("film => film.pause()")
    other = page.locator(".cue:not([aria-current])", has_text="That was the hard part")
    button = other.get_by_role("button", name=re.compile("(Copy quote|Copied) at"))
    while not button.evaluate("element => element === document.activeElement"):
        page.keyboard.press("Shift+Tab")
    before = page.evaluate(PLACES)
    page.keyboard.press("Enter")
    expect(page.locator("[data-said]")).to_have_text("Copied")
    expect(button).to_be_focused()
    assert page.evaluate(PLACES) == before
    words, source, link = copied(page).splitlines()
    assert "That was the hard part" in words
    assert source == "Teacher of science, Bradford secondary, “Classroom routines and joy”, 0:35"
    assert link.endswith(f"{TALK}?t=35")


def test_a_talk_is_found_watched_shared_and_quoted_with_the_keyboard(
    product: Product, context: BrowserContext
) -> None:
    watch = Watch(product.url)
    watch.attach(context)
    page = context.new_page()
    find_the_moment(page, product)
    watch_it(page)
    share_it(page)
    assert axe_findings(page) == []
    read_and_quote(page)
    tab_to(page, page.get_by_role("main").get_by_role("link", name=RESOURCE, exact=True))
    assert axe_findings(page) == []
    assert (violations(page), watch.errors, watch.strangers) == ([], [], [])


def test_a_talk_is_found_read_quoted_and_taken_without_a_script(
    product: Product, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(product.url)
    page.get_by_label("What do you want to get better?").fill(ASKED)
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name=re.compile(f"Play from 0:{SECOND}")).first.click()
    page.wait_for_url(f"**{TALK}?t={SECOND}*")
    film = page.locator("video")
    assert str(film.locator("source").first.get_attribute("src")).endswith(f"#t={SECOND}")
    expect(film.locator("track")).to_have_attribute("srclang", "en")
    assert film.get_attribute("controls") is not None
    expect(page.locator(".cue[aria-current]")).to_contain_text("So we looked at the first forty")
    expect(page.get_by_role("link", name="Link to this second")).to_have_attribute(
        "href", f"?t={SECOND}"
    )
    expect(page.locator("[data-tools]")).to_be_hidden()

    page.get_by_label("Find in this talk").fill("the hard part")
    page.get_by_role("button", name="Find").click()
    expect(page.locator("mark#found")).to_have_text("the hard part")
    line = page.locator(".cue", has=page.locator("mark#found"))
    line.get_by_role("link", name="Play from 0:35").click()
    page.wait_for_url("**?t=35")
    spoken = page.locator(".cue[aria-current]")
    expect(spoken).to_contain_text("That was the hard part. Ours were too clever.")
    expect(spoken).to_contain_text("You are here")
    for name in ("VTT", "TXT", RESOURCE):
        link = page.get_by_role("main").get_by_role("link", name=name, exact=True).first
        with urllib.request.urlopen(f"{product.url}{link.get_attribute('href')}") as file:
            assert (file.status, bool(file.read(100))) == (200, True), name
    page.get_by_role("link", name="Only listen").click()
    expect(page.locator("audio")).to_be_visible()
    context.close()


def test_what_was_said_last_is_read_to_its_end(product: Product, context: BrowserContext) -> None:
    """The end of the words before it does not take it away."""
    page = context.new_page()
    page.clock.install()
    page.goto(f"{product.url}{TALK}")
    said = page.locator("[data-said]")
    page.locator("[data-share]").click()
    expect(said).to_have_text("The link to 0:00 is copied.")
    page.clock.run_for(2400)
    page.get_by_role("button", name=re.compile("Copy quote at")).first.click()
    expect(said).to_have_text("Copied")
    page.clock.run_for(200)
    expect(said).to_have_text("Copied")
    page.clock.run_for(2500)
    expect(said).to_have_text("")
