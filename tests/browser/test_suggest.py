"""Suggestions while typing: by keyboard, for screen readers, and never in the way of a search."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from tests.browser.product import Product
from tests.browser.watch import Watch, axe_findings, violations

LABEL = "What do you want to get better?"
TYPED = "routi"
TALK = "Classroom routines and joy"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    yield context
    context.close()


def type_in_box(page: Page, product: Product, text: str = TYPED) -> tuple[Locator, Locator]:
    page.goto(product.url)
    box = page.get_by_label(LABEL)
    box.press_sequentially(text, delay=20)
    return box, page.get_by_role("listbox", name="Suggestions").get_by_role("option")


def active_option(page: Page, box: Locator) -> str:
    chosen = box.get_attribute("aria-activedescendant")
    return page.locator(f"#{chosen}").inner_text().splitlines()[0] if chosen else ""


def test_the_keyboard_walks_through_suggestions_and_opens_one(
    product: Product, context: BrowserContext
) -> None:
    page = context.new_page()
    box, options = type_in_box(page, product)
    expect(options.filter(has_text=TALK)).to_be_visible()
    titles = [text.splitlines()[0] for text in options.all_inner_texts()]
    walked = []
    for _ in titles:
        page.keyboard.press("ArrowDown")
        walked.append(active_option(page, box))
        expect(options.and_(page.locator("[aria-selected=true]"))).to_have_count(1)
    assert walked == titles
    page.keyboard.press("ArrowDown")
    assert active_option(page, box) == ""
    page.keyboard.press("ArrowUp")
    assert active_option(page, box) == titles[-1]
    expect(box).to_be_focused()
    expect(box).to_have_value(TYPED)
    while active_option(page, box) != TALK:
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(TALK)


def test_screen_readers_are_told_of_the_list(product: Product, context: BrowserContext) -> None:
    watch = Watch(product.url)
    watch.attach(context)
    page = context.new_page()
    box, options = type_in_box(page, product)
    expect(options.first).to_be_visible()
    expect(box).to_have_role("combobox")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(box).to_have_attribute("aria-autocomplete", "list")
    controlled = page.locator(f"#{box.get_attribute('aria-controls')}")
    expect(controlled).to_have_role("listbox")
    told = page.get_by_role("search").get_by_role("status")
    expect(told).to_have_text(f"{options.count()} suggestions")
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", str(options.first.get_attribute("id")))
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert [*axe_findings(page), *violations(page), *watch.strangers, *watch.errors] == []


def test_escape_closes_the_list_and_keeps_what_was_typed(
    product: Product, context: BrowserContext
) -> None:
    page = context.new_page()
    box, options = type_in_box(page, product)
    expect(options.first).to_be_visible()
    page.keyboard.press("Escape")
    expect(options.first).to_be_hidden()
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value(TYPED)
    page.keyboard.press("ArrowDown")
    expect(options.first).to_be_visible()
    page.keyboard.press("Tab")
    expect(options.first).to_be_hidden()


def test_enter_searches_for_the_words_where_no_suggestion_is_chosen(
    product: Product, context: BrowserContext
) -> None:
    page = context.new_page()
    _, options = type_in_box(page, product, "joy")
    expect(options.first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=joy")
    expect(page.locator(".result").first).to_be_visible()


def test_a_suggestion_opens_by_the_pointer(product: Product, context: BrowserContext) -> None:
    page = context.new_page()
    _, options = type_in_box(page, product)
    options.filter(has_text=TALK).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TALK)


def test_an_answer_that_comes_late_does_not_replace_a_later_one(
    product: Product, context: BrowserContext
) -> None:
    page = context.new_page()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/search/suggest/?q=co", hold)
    page.goto(product.url)
    box = page.get_by_label(LABEL)
    with page.expect_request("**/search/suggest/?q=co"):
        box.fill("co")
    box.fill(TYPED)
    options = page.get_by_role("option")
    expect(options.filter(has_text=TALK)).to_be_visible()
    before = options.all_inner_texts()
    for route in held:
        route.fulfill(json={"suggestions": [{"title": "Too late", "url": "/", "kind": "Page"}]})
    page.wait_for_timeout(100)
    assert options.all_inner_texts() == before


@pytest.mark.parametrize("status", [429, 500])
def test_typing_and_searching_go_on_where_suggestions_fail(
    product: Product, context: BrowserContext, status: int
) -> None:
    watch = Watch(product.url)
    watch.attach(context)
    page = context.new_page()
    page.route("**/search/suggest/**", lambda route: route.fulfill(status=status))
    with page.expect_response("**/search/suggest/**"):
        box, options = type_in_box(page, product)
    expect(options).to_have_count(0)
    expect(box).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/search/?q={TYPED}")
    assert watch.errors == []


def test_the_box_searches_without_a_script(product: Product, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(product.url)
    box = page.get_by_label(LABEL)
    expect(box).to_have_role("searchbox")
    box.fill("a cold room")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Play from 0:00").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TALK)
    context.close()
