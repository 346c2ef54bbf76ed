"""A phone: the player scrolls away from its words, and an address of a feed is to be copied."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.product import Product
from tests.browser.watch import Watch, axe_findings, violations

TALK = "/library/joy-on-purpose/classroom-routines-and-joy/"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def test_a_moment_is_played_without_leaving_its_words(product: Product, page: Page) -> None:
    watch = Watch(product.url)
    watch.attach(page.context)
    page.goto(f"{product.url}{TALK}?t=18")
    spoken, film = page.locator(".cue[aria-current]"), page.locator("video")
    bar = page.get_by_role("region", name="Player")
    expect(film).not_to_be_in_viewport()
    expect(spoken).to_contain_text("You are here")
    bar.get_by_role("button", name="Play from 0:18").click()
    expect(film).to_have_js_property("paused", False)
    expect(spoken).to_contain_text("Now playing")
    assert axe_findings(page) == []
    bar.get_by_role("button", name="Pause").click()
    expect(film).to_have_js_property("paused", True)
    expect(spoken).to_contain_text("You are here")
    bar.get_by_role("button", name="To the player").click()
    expect(film).to_be_in_viewport()
    expect(film).to_be_focused()
    expect(bar).to_be_hidden()
    assert (violations(page), watch.errors, watch.strangers) == ([], [], [])


def test_a_talk_that_nobody_has_begun_has_no_bar(product: Product, page: Page) -> None:
    page.goto(f"{product.url}{TALK}")
    page.get_by_role("heading", name="Transcript").scroll_into_view_if_needed()
    expect(page.locator("video")).not_to_be_in_viewport()
    expect(page.get_by_role("region", name="Player")).to_be_hidden()


def test_a_blocked_film_leads_from_the_bar_to_what_else_there_is(
    product: Product, page: Page
) -> None:
    page.route("**/media/recordings/**", lambda route: route.abort())
    page.goto(f"{product.url}{TALK}?t=18")
    page.get_by_role("region", name="Player").get_by_role("button", name="Play from").click()
    told = page.get_by_role("alert").filter(has_text="This source does not play here.")
    expect(told).to_be_in_viewport()


def test_the_address_of_a_podcast_is_copied(product: Product, page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{product.url}/library/")
    page.get_by_text("By podcast or RSS").click()
    page.get_by_role("button", name="Copy the address of the Podcast").click()
    expect(page.get_by_role("button", name="Copied the address of the Podcast")).to_be_visible()
    address = f"{product.url}/feed/podcast/"
    assert page.evaluate("navigator.clipboard.readText()") == address
    expect(page.get_by_label("Address of the Video podcast", exact=True)).to_have_value(
        f"{product.url}/feed/video/"
    )
    assert axe_findings(page) == []
