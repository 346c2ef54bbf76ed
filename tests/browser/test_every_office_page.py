"""Every page of the training office, light at a desk and dark on a phone: nothing for axe.

All rules are on. What stands around `main` is Wagtail's own, so the look is at what is in it. On a
phone nothing is cut off at the side, where Wagtail hides it.
"""

import json
from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.product import Product
from tests.browser.steps import log_in
from tests.browser.training import run
from tests.browser.watch import Watch, axe_findings, violations

Scheme = Literal["light", "dark"]
LOOKS: tuple[tuple[int, Scheme], ...] = ((1280, "light"), (390, "dark"))
OFFICE = "/admin/training/office"

# One number of each sort of row that a page is about.
ROWS = """
import json
from courses.models import Booking, Cohort, Place, Session
full, over, few = (
    Cohort.objects.get(slug=f"sample-cohort-{name}") for name in ("full", "over", "few")
)
place = Place.objects.filter(cohort=few).first()
print(json.dumps({
    "full": full.pk, "over": over.pk, "few": few.pk, "place": place.pk,
    "booking": place.booking_id, "entry": full.waiting.first().pk, "session": few.dated[-1].pk,
}))
"""
PAGES = {
    "cohorts": "/admin/training/cohorts/",
    "a new cohort": "/admin/training/cohorts/new/",
    "the form of a cohort": "/admin/training/cohorts/edit/{few}/",
    "outbox": "/admin/training/outbox/",
    "roster": f"{OFFICE}/{{full}}/roster/",
    "roster, nobody found": f"{OFFICE}/{{full}}/roster/?q=nobodyatall",
    "place": f"{OFFICE}/places/{{place}}/",
    "booking": f"{OFFICE}/bookings/{{booking}}/",
    "waiting list": f"{OFFICE}/{{full}}/waiting/",
    "off the waiting list": f"{OFFICE}/waiting/{{entry}}/off/",
    "attendance": f"{OFFICE}/{{over}}/attendance/",
    "message": f"{OFFICE}/{{few}}/message/",
    "sessions": f"{OFFICE}/{{few}}/sessions/",
    "moving a session": f"{OFFICE}/sessions/{{session}}/move/",
    "cancelling a session": f"{OFFICE}/sessions/{{session}}/cancel/",
    "calling off": f"{OFFICE}/{{few}}/call-off/",
    "certificates": f"{OFFICE}/{{over}}/certificates/",
    "figures": f"{OFFICE}/{{over}}/figures/",
    "all figures": f"{OFFICE}/figures/",
    "invoices": f"{OFFICE}/invoices/",
    "booked twice": f"{OFFICE}/duplicates/",
    "print": f"{OFFICE}/{{few}}/roster/print/",
}

LONG_TERM = """
from courses.models import Cohort
term = "Autumn term 2027, second half, for heads of year across the North"
print(Cohort.objects.filter(slug="sample-cohort-few").update(term=term))
"""
# What neither the page nor a part of it can be scrolled to; the panel that waits outside is closed.
CUT_OFF = """() => {
    const reached = element => element.tagName !== "MAIN" && (
        /auto|scroll/.test(getComputedStyle(element).overflowX) || reached(element.parentElement));
    const isCut = element => element.checkVisibility() && !element.closest(".form-side") &&
        element.getBoundingClientRect().right > innerWidth + 1 && !reached(element);
    return [...document.querySelectorAll("main *")].filter(isCut).map(each => each.outerHTML);
}"""


@pytest.fixture(scope="module")
def rows(product: Product) -> dict[str, int]:
    found: dict[str, int] = json.loads(run(product, ROWS))
    return found


@pytest.fixture
def page(browser: Browser, product: Product) -> Iterator[Page]:
    context = browser.new_context(reduced_motion="reduce", locale="en-GB")
    watch = Watch(product.url)
    watch.attach(context)
    page = context.new_page()
    log_in(page, product, "organiser")
    yield page
    assert (watch.strangers, watch.errors) == ([], [])
    context.close()


def problems_of(page: Page) -> Iterator[str]:
    """The page is loaded once; a window that is made narrower, or darker, follows by itself."""
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        yield from (f"{width} {scheme}: {each}" for each in axe_findings(page, "main"))
    yield from violations(page)


def test_every_page_of_the_office_is_accessible(
    page: Page, product: Product, rows: dict[str, int]
) -> None:
    problems = []
    for name, address in PAGES.items():
        page.goto(f"{product.url}{address.format(**rows)}")
        problems += [f"{name}: {each}" for each in problems_of(page)]
    assert "\n".join(problems) == ""


def test_nothing_is_cut_off_on_a_phone(page: Page, product: Product, rows: dict[str, int]) -> None:
    run(product, LONG_TERM)
    page.set_viewport_size({"width": 390, "height": 900})
    cut = []
    for name, address in PAGES.items():
        page.goto(f"{product.url}{address.format(**rows)}")
        cut += [f"{name}: {each[:200]}" for each in page.evaluate(CUT_OFF)]
    assert "\n".join(cut) == ""
