"""Every page family at three widths, light and dark: nothing for axe, the policy or strangers."""

import re
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.families import families
from tests.browser.product import Product
from tests.browser.steps import fill_registration
from tests.browser.watch import Watch, axe_findings, violations

WIDTHS = (320, 768, 1280)
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


def overflow(page: Page) -> int:
    """How many pixels the page is wider than its window."""
    wider: int = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return wider


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_is_accessible_and_keeps_to_itself(
    product: Product, browser: Browser, width: int, scheme: Scheme
) -> None:
    watch = Watch(product.url)
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    watch.attach(context)
    page = context.new_page()
    problems: list[str] = []
    for family, path in families(product).items():
        page.goto(f"{product.url}{path}")
        found = [*axe_findings(page), *violations(page)]
        if overflow(page) > 0:
            found.append(f"{overflow(page)} px too wide")
        problems += [f"{family} {path}: {each}" for each in found]
    context.close()
    assert "\n".join(problems) == ""
    assert (watch.strangers, watch.errors) == ([], [])


def test_a_form_with_errors_and_a_booking_are_accessible(
    product: Product, browser: Browser
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 900})
    page = context.new_page()
    page.goto(f"{product.url}/training/register/sample-cohort-open/")
    page.get_by_role("button", name=re.compile("^Register")).click()
    expect(page.get_by_role("heading", level=2).first).to_contain_text("put right")
    assert axe_findings(page) == []
    fill_registration(page, teacher="colleague@school.example")
    page.wait_for_url("**/training/booking/**")
    assert [*axe_findings(page), *context.cookies()] == []
    context.close()


def test_every_page_reads_without_a_script(product: Product, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for family, path in families(product).items():
        page.goto(f"{product.url}{path}")
        assert page.locator("h1").count() == 1, family
        assert page.locator("main").inner_text().strip(), family
    context.close()


def test_readers_leave_without_a_cookie(product: Product, browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    for path in families(product).values():
        page.goto(f"{product.url}{path}")
    assert context.cookies() == []
    context.close()
