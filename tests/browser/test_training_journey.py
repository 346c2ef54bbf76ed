"""The education leader: finds training, books, changes it, waits and gets a place."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.product import Product
from tests.browser.test_every_page import SCHEMES, Scheme, overflow
from tests.browser.training import (
    OFFER_TO_ALL,
    follow,
    make_people,
    press,
    private_link,
    reach,
    run,
    tick,
    write,
)
from tests.browser.watch import Watch, axe_findings, violations

TEACHER, LINK_WORKER = "journey-teacher@school.example", "journey-lw@school.example"
HEAD, WAITER = "journey-head@school.example", "journey-waiter@school.example"
OFFICE = "journey-office@school.example"
PHONE, DESK = 390, 1280


@pytest.fixture(scope="module")
def private_pages(product: Product) -> dict[str, str]:
    return make_people(product)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_every_private_page_is_accessible_and_keeps_to_itself(
    product: Product,
    browser: Browser,
    private_pages: dict[str, str],
    width: int,
    scheme: Scheme,
) -> None:
    watch = Watch(product.url)
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    watch.attach(context)
    page = context.new_page()
    problems: list[str] = []
    for name, path in private_pages.items():
        page.goto(f"{product.url}{path}")
        found = [*axe_findings(page), *violations(page)]
        if overflow(page) > 0:
            found.append(f"{overflow(page)} px too wide")
        problems += [f"{name}: {each}" for each in found]
    assert "\n".join(problems) == ""
    assert (watch.strangers, context.cookies()) == ([], [])
    context.close()


def test_a_form_that_asks_again_is_accessible_on_every_private_page(
    product: Product, browser: Browser, private_pages: dict[str, str]
) -> None:
    page = browser.new_page(viewport={"width": PHONE, "height": 900})
    for name in ("a colleague more", "another name", "another cohort", "a place to cancel"):
        page.goto(f"{product.url}{private_pages[name]}")
        page.locator("form#form button[type=submit]").click()  # faster than anybody can read
        expect(page.locator("#errors")).to_contain_text("put right")
        assert axe_findings(page) == [], name
    page.close()


def title(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


def find_and_read(page: Page, product: Product) -> None:
    page.goto(product.url)
    follow(page, "Training", within=".masthead")
    follow(page, "Community Organising in Schools")
    for heading in ("Cohorts", "What it costs", "Who comes", "Compared with other training"):
        expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()


def fill_in(page: Page) -> None:
    write(page, "School, trust or charity", "Sample secondary, Leeds")
    write(page, "Postcode", "LS1 1AA")
    write(page, "Your name", "Sample business manager")
    write(page, "Your e-mail", OFFICE)
    write(page, "Person 1: name", "Sample teacher")
    write(page, "Person 1: e-mail", TEACHER)
    write(page, "Person 2: name", "Sample link worker")
    write(page, "Person 2: e-mail", LINK_WORKER)
    write(page, "Purchase-order reference", "PO 4711")


def register_two(page: Page) -> None:
    """First without the agreement: what is wrong is said, and its link leads to the box."""
    card = page.locator(".cohort", has_text=re.compile("places left"))
    reach(page, card.get_by_role("link", name=re.compile("^Register")).first)
    page.keyboard.press("Enter")
    page.wait_for_url("**/training/register/**")
    fill_in(page)
    press(page, re.compile("^Register"))
    expect(page.locator("#errors")).to_contain_text("One thing to put right")
    follow(page, re.compile("We cannot book without"))
    expect(page.locator("#consent")).to_be_focused()
    page.keyboard.press("Space")
    press(page, re.compile("^Register two people, £500"))
    page.wait_for_url("**/training/booking/**")
    assert title(page) == "Two people are registered"


def swap_one(page: Page) -> None:
    follow(page, re.compile("Change the name of Sample teacher"))
    assert title(page) == "Change the name"
    write(page, "Name", "Sample head")
    write(page, "E-mail", HEAD)
    press(page, "Give the place to this person")
    expect(page.get_by_role("status")).to_contain_text("The place has another name")
    expect(page.get_by_role("main")).to_contain_text(HEAD)


def move_one(page: Page) -> None:
    follow(page, re.compile("Move Sample link worker"))
    reach(page, page.get_by_role("radio").first)
    page.keyboard.press("Space")
    press(page, "Move the place")
    expect(page.get_by_role("status")).to_contain_text("moved to another cohort")
    expect(page.get_by_role("heading", level=3, name=re.compile("from"))).to_have_count(2)


def cancel_own(page: Page) -> None:
    assert title(page) == "You have a place"
    follow(page, "Cancel your place")
    expect(page.get_by_role("main")).to_contain_text("This cannot be undone")
    press(page, "Cancel the place")
    assert title(page) == "Your place is cancelled"


def test_a_leader_books_for_two_and_changes_it_by_keyboard_and_without_a_script(
    product: Product, browser: Browser
) -> None:
    context = browser.new_context(
        viewport={"width": PHONE, "height": 900}, java_script_enabled=False
    )
    booker, person = context.new_page(), context.new_page()
    find_and_read(booker, product)
    register_two(booker)
    for address in (TEACHER, LINK_WORKER):
        person.goto(private_link(product, address, "Your place:"))
        assert title(person) == "You have a place"
    swap_one(booker)
    move_one(booker)
    person.reload()  # the link worker's page has kept its address
    expect(person.get_by_role("main")).to_contain_text("You have a place")
    person.goto(private_link(product, HEAD, "Your place:"))
    cancel_own(person)
    person.goto(private_link(product, TEACHER, "Your place:"))
    assert title(person) == "This link opens nothing"
    booker.reload()
    assert title(booker) == "One person is registered"
    assert context.cookies() == []
    context.close()


def join_the_list(page: Page, product: Product) -> None:
    page.goto(f"{product.url}/training/community-organising-in-schools/")
    follow(page, re.compile("^Join the list"))
    write(page, "Your name", "Sample waiter")
    write(page, "Your e-mail", WAITER)
    write(page, "School, trust or charity, if any", "Sample primary")
    tick(page, "You may keep my name")
    press(page, "Join the list")
    assert title(page) == "You are on the list"


def take_the_offer(page: Page) -> None:
    assert title(page) == "A place is kept for you"
    expect(page.get_by_label("School, trust or charity")).to_have_value("Sample primary")
    write(page, "Postcode", "LS1 1AA")
    tick(page, "We pay dues to")
    tick(page, "We may keep these names")
    press(page, re.compile("^Take the place"))
    expect(page.get_by_role("status")).to_contain_text("The place is yours")
    assert title(page) == "You have a place"


def test_a_leader_waits_and_takes_the_place_by_keyboard_and_without_a_script(
    product: Product, browser: Browser
) -> None:
    context = browser.new_context(
        viewport={"width": DESK, "height": 900}, java_script_enabled=False
    )
    page = context.new_page()
    join_the_list(page, product)
    page.goto(private_link(product, WAITER, "You are on the waiting list"))
    expect(page.get_by_role("main")).to_contain_text("before you")
    run(product, OFFER_TO_ALL)
    page.goto(private_link(product, WAITER, "A place is kept for you"))
    take_the_offer(page)
    assert context.cookies() == []
    context.close()
