"""Steps that several stories take."""

import re
import time

from playwright.sync_api import Locator, Page, expect

from tests.browser.product import Product


def fill_registration(page: Page, *, teacher: str) -> None:
    """Register one teacher, by address, for the cohort whose form is open."""
    page.get_by_label("School, trust or charity").fill("Sample primary, Leeds")
    page.get_by_label("Postcode").fill("LS1 1AA")
    page.get_by_label("Your name").fill("Sample headteacher")
    page.get_by_label("Your e-mail").fill("head@school.example")
    page.get_by_label("Person 1: name").fill("Sample teacher")
    page.get_by_label("Person 1: e-mail").fill(teacher)
    page.get_by_label("Purchase-order reference").fill("PO 4711")
    page.get_by_label(re.compile("We may keep these names")).check()
    page.wait_for_timeout(4000)  # nobody fills the form in less; faster than that is a robot
    page.get_by_role("button", name=re.compile("^Register")).click()


def log_in(page: Page, product: Product, name: str) -> None:
    """Log in to the admin as one of the demo's people."""
    page.goto(f"{product.url}/admin/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(product.passwords[name])
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/admin/")


def wait_until(page: Page, expression: str, seconds: float = 10) -> None:
    """Asked from here again and again. `wait_for_function` asks in the page, whose policy forbids
    that from the second time on.
    """
    deadline = time.monotonic() + seconds
    while not page.evaluate(expression):
        if time.monotonic() > deadline:
            raise TimeoutError(f"Not true in {seconds} s: {expression}")
        page.wait_for_timeout(50)


def panel(page: Page, name: str) -> Locator:
    """One panel of the page editor, by the end of its name."""
    return page.locator(f"section[id$='-{name}-section']").first


def choose_page(page: Page, name: str, title: str) -> None:
    """Add a topic, a person or a page that belongs with this one."""
    section = panel(page, name)
    section.locator("button[id$='-ADD']").click()
    section.get_by_role("button", name=re.compile("^Choose")).last.click()
    box = page.get_by_role("dialog")
    box.get_by_role("textbox", name="Search").fill(title)
    box.get_by_role("link", name=title, exact=True).first.click()
    expect(box).to_be_hidden()


def note_consent(page: Page, speaker: str, day: str) -> None:
    """Note that a speaker agreed to be published; whoever is logged in signs for it."""
    choose_page(page, "speakers_consent", speaker)
    page.locator("[name$=-given_on]").last.fill(day)
    page.keyboard.press("Tab")  # the calendar closes
