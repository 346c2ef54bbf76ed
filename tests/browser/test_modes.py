"""Every page family in forced colours, on paper and without motion."""

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.families import families
from tests.browser.modes import FORCED, MOVING, PRINTED, faults
from tests.browser.product import Product
from tests.browser.test_every_page import SCHEMES, Scheme

PAPER: ViewportSize = {"width": 680, "height": 960}  # A4 between its margins
PROGRAMME = "/training/community-organising-in-schools/"


def faults_of_all(page: Page, product: Product, script: str, *, but: str = " ") -> str:
    found = []
    for family, path in families(product).items():
        if family.startswith(but):
            continue
        page.goto(f"{product.url}{path}")
        page.keyboard.press("Tab")
        found += [f"{family} {path}: {each}" for each in faults(page, script)]
    return "\n".join(found)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_page_reads_and_shows_the_focus_in_forced_colours(
    product: Product, browser: Browser, scheme: Scheme
) -> None:
    context = browser.new_context(
        viewport={"width": 1280, "height": 900},
        color_scheme=scheme,
        forced_colors="active",
        reduced_motion="reduce",
    )
    assert faults_of_all(context.new_page(), product, FORCED) == ""
    context.close()


def test_every_page_prints_its_words_and_nothing_to_press(
    product: Product, browser: Browser
) -> None:
    context = browser.new_context(viewport=PAPER, color_scheme="dark")
    page = context.new_page()
    page.emulate_media(media="print")
    # A player on another site is a frame of that site's page, which prints it or not.
    assert faults_of_all(page, product, PRINTED, but="on other sites") == ""
    context.close()


def test_a_printed_page_says_where_it_comes_from(product: Product, browser: Browser) -> None:
    page = browser.new_page()
    page.emulate_media(media="print")
    page.goto(f"{product.url}{PROGRAMME}")
    address = page.locator(".footer__about").evaluate(
        "about => getComputedStyle(about, '::after').content"
    )
    assert address == f'"{product.url}{PROGRAMME}"'
    page.close()


def test_a_dark_page_prints_light(product: Product, browser: Browser) -> None:
    page = browser.new_page(color_scheme="dark")
    page.goto(product.url)
    page.get_by_role("radio", name="Dark").check()
    page.emulate_media(media="print")
    root = page.locator("html")
    expect(root).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(root).to_have_css("color", "rgb(20, 32, 29)")
    page.close()


def test_nothing_moves_for_readers_who_ask_for_stillness(
    product: Product, browser: Browser
) -> None:
    context = browser.new_context(reduced_motion="reduce")
    assert faults_of_all(context.new_page(), product, MOVING) == ""
    context.close()
    moving = browser.new_context(reduced_motion="no-preference")
    page = moving.new_page()
    page.goto(product.url)
    assert faults(page, MOVING)  # the check itself can fail
    moving.close()
