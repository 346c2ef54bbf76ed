"""An organiser's week: who came, a word to all, a session that moves, figures, certificates."""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.product import Product
from tests.browser.steps import log_in
from tests.browser.watch import Watch, axe_findings, violations

OURS = ".nice-padding"  # the rest of the page is the admin's own
WIDTHS = (1280, 390)
UNDER_WAY, FEW, OVER = "under-way", "few", "over"


@pytest.fixture(params=WIDTHS)
def page(request: pytest.FixtureRequest, browser: Browser, product: Product) -> Iterator[Page]:
    width: int = request.param
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="en-GB")
    watch = Watch(product.url)
    watch.attach(context)
    page = context.new_page()
    log_in(page, product, "organiser")
    yield page
    assert watch.strangers == []
    assert watch.errors == []
    context.close()


def open_part(page: Page, product: Product, cohort: str, part: str) -> None:
    """From the list of cohorts, by the cohort's address, to a page of it."""
    page.goto(f"{product.url}/admin/training/cohorts/?q=sample-cohort-{cohort}")
    page.get_by_role("link", name=re.compile("^Roster of")).click()
    link = page.get_by_role("navigation", name="This cohort").get_by_role("link", name=part)
    link.click()
    expect(link).to_have_attribute("aria-current", "page")


def assert_sound(page: Page) -> None:
    assert axe_findings(page, OURS) == []
    assert violations(page) == []
    wider: int = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wider <= 0


def test_attendance_is_noted_by_keyboard_alone(page: Page, product: Product) -> None:
    open_part(page, product, UNDER_WAY, "Attendance")
    assert_sound(page)
    cells = page.locator("td.attendance__cell--current")
    cells.first.locator("input:checked").focus()
    page.keyboard.press("a")
    page.keyboard.press("e")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("p")
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile(r"notes? saved\.|Nothing had changed\."))).to_be_visible()
    states = [cells.nth(at).locator("input:checked").get_attribute("value") for at in (0, 1)]
    assert states == ["present", "excused"]


def test_attendance_needs_no_script(page: Page, product: Product, browser: Browser) -> None:
    state = page.context.storage_state()
    plain = browser.new_context(java_script_enabled=False, storage_state=state)
    bare = plain.new_page()
    open_part(page, product, UNDER_WAY, "Attendance")
    bare.goto(page.url)
    cell = bare.locator("td.attendance__cell--current").nth(3)
    cell.locator("input[value=absent]").check(force=True)
    bare.get_by_role("button", name="Save", exact=True).last.click()
    after = bare.locator("td.attendance__cell--current").nth(3)
    expect(after.locator("input[value=absent]")).to_be_checked()
    plain.close()


def test_a_message_is_looked_at_tried_out_and_sent(page: Page, product: Product) -> None:
    open_part(page, product, FEW, "Write to people")
    assert_sound(page)
    width = page.viewport_size["width"] if page.viewport_size else 0
    subject = f"The hall instead of the library, {width}"
    page.get_by_label("Subject").fill(subject)
    page.get_by_label("Message").fill("Come to the hall.\n\nMap: https://school.example/map")
    page.get_by_role("button", name="See what one person gets").click()
    sheet = page.frame_locator("iframe")
    expect(sheet.get_by_role("heading", name=subject)).to_be_visible()
    expect(sheet.get_by_role("link", name="https://school.example/map")).to_be_visible()
    assert_sound(page)
    page.get_by_role("button", name="Send a test to me").click()
    expect(page.get_by_text("Nobody else gets it")).to_be_visible()
    mail = message_from_bytes(product.wait_for_mail_to("organiser@localhost"), policy=default)
    assert "Test:" in str(mail["Subject"])
    page.get_by_role("button", name=re.compile("^Send to")).click()
    expect(page.get_by_text(f"“{subject}”:")).to_be_visible()
    expect(page.get_by_text("Sent before")).to_be_visible()


def test_a_session_moves_after_a_look_at_what_people_are_told(page: Page, product: Product) -> None:
    open_part(page, product, FEW, "Sessions")
    assert_sound(page)
    page.get_by_role("link", name="Move session 2").click()
    assert_sound(page)
    width = page.viewport_size["width"] if page.viewport_size else 0
    page.get_by_label("Begins").fill("17:00" if width > 400 else "17:30")
    page.get_by_label("Ends").fill("19:00")
    page.get_by_label("Why").fill("The hall is taken at four.")
    page.get_by_role("button", name="See what people are told").click()
    mail = page.frame_locator("iframe").first
    expect(mail.get_by_text("The hall is taken at four.")).to_be_visible()
    expect(page.get_by_text(re.compile("are told by mail"))).to_be_visible()
    assert_sound(page)
    page.get_by_role("button", name="Move the session").click()
    expect(page.get_by_text("The session is moved.")).to_be_visible()
    expect(page.get_by_text(re.compile(r"5\.[03]0 pm to 7\.00 pm"))).to_be_visible()


def test_figures_are_drawings_with_a_table(page: Page, product: Product) -> None:
    open_part(page, product, OVER, "Figures")
    page.get_by_text("The same as a table").click()
    expect(page.get_by_role("table", name="People registered by week")).to_be_visible()
    assert_sound(page)
    page.get_by_role("link", name="Figures of all cohorts").click()
    expect(page.get_by_role("table", name="Places taken of all places")).to_be_visible()
    assert_sound(page)


def test_a_certificate_is_issued_checked_and_printed(page: Page, product: Product) -> None:
    open_part(page, product, OVER, "Certificates")
    assert_sound(page)
    page.get_by_role("button", name=re.compile("^Withdraw")).first.click()
    page.get_by_role("button", name=re.compile("^Issue a?")).first.click()
    expect(page.get_by_text("Certificate issued")).to_be_visible()
    page.get_by_role("link", name=re.compile(r"^\w{5}-\w{5}-")).first.click()
    expect(page.get_by_text("This certificate is valid")).to_be_visible()
    assert axe_findings(page) == []
    assert violations(page) == []
    with page.expect_download() as download:
        page.get_by_role("link", name="Certificate (PDF)").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
