"""Bookings and lists of the running product, made by the same verbs that the site uses."""

import json
import os
import re
import subprocess
import sys
import time
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default

from playwright.sync_api import Locator, Page

from tests.browser.product import DEVELOPMENT, ROOT, Product

MOST_TABS = 120
PATIENCE_S = 90
PRIVATE = r"https?://\S+/training/(?:booking|waiting)/\S+"
HUMAN_MS = 2_200  # nobody fills a form in less; faster than that is a robot

MAKE_PEOPLE = """
import json
from uuid import uuid4
from courses.models import Cohort
from courses.services import *

def order(*emails):
    people = tuple(Attendee(f"Sample person {n}", email) for n, email in enumerate(emails, 1))
    school = OrganisationDetails("Sample secondary, Bradford", "BD1 1AA")
    booker = Attendee("Sample business manager", "office@school.example")
    return Order(organisation=school, booker=booker, people=people,
                 purchase_order="PO 4711", consent_version="2026-11")

open_cohort = Cohort.objects.get(slug="sample-cohort-open")
full = Cohort.objects.get(slug="sample-cohort-full")
soon = Cohort.objects.get(slug="sample-cohort-soon")
def book(*emails):
    return register(cohort_id=open_cohort.pk, order=order(*emails), key=str(uuid4())).booking
def wait(cohort, email):
    return join_waiting_list(cohort_id=cohort.pk, person=Attendee("Sample waiter", email),
                             organisation="Sample primary", consent_version="2026-11")
two, one = book("a@school.example", "b@school.example"), book("c@school.example")
gone = book("d@school.example").places.get()
cancel_place(place=gone)
place = two.places.first()
waits, opening = wait(full, "w1@school.example"), wait(soon, "w2@school.example")
left = wait(full, "w3@school.example")
leave_list(entry=left)
named = f"{two.url}{place.pk}/"
print(json.dumps({
    "a booking": two.url,
    "a booking with room": one.url + "?done=swapped",
    "a place": place.url,
    "a cancelled place": gone.url,
    "a colleague more": one.url + "add/",
    "another name": named + "swap/",
    "another cohort": named + "move/",
    "a place to cancel": named + "cancel/",
    "a booking to cancel": two.url + "cancel/",
    "a purchase order": two.url + "order/",
    "an own place to give": place.url + "swap/",
    "given away": "/training/given/",
    "waiting": waits.url,
    "waiting for the opening": opening.url,
    "leaving the list": waits.url + "leave/",
    "off the list": left.url,
    "nothing there": "/training/booking/nothing/",
}))
"""

# As many places come free as people wait, so that the last of them is offered one too.
OFFER_TO_ALL = """
from courses.models import Cohort
from courses.services import cancel_place
full = Cohort.objects.get(slug="sample-cohort-full")
for place in full.places.filter(state="booked")[:full.waiting.filter(state="waiting").count()]:
    cancel_place(place=place)
"""


def run(product: Product, code: str) -> str:
    """Run code in the product's own shell; what it printed last."""
    settings = {
        "DATA_DIR": str(product.data),
        "SITE_URL": product.url,
        "DJANGO_SETTINGS_MODULE": DEVELOPMENT,
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-c", code],
        cwd=ROOT,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=True,
    )
    lines = done.stdout.strip().splitlines()
    return lines[-1] if lines else ""


def make_people(product: Product) -> dict[str, str]:
    """Every kind of private page there is, by what it is."""
    pages: dict[str, str] = json.loads(run(product, MAKE_PEOPLE))
    return pages


def private_link(product: Product, address: str, subject: str) -> str:
    """The address of the private page in the first mail of this subject to somebody."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        for raw in product.mails():
            mail = message_from_bytes(raw, policy=default)
            if mail["To"] == address and subject in str(mail["Subject"]):
                return link_in(mail)
        time.sleep(0.3)
    raise TimeoutError(f"No mail “{subject}” to {address} in {PATIENCE_S} s")


def link_in(mail: Message) -> str:
    assert isinstance(mail, EmailMessage)
    body = mail.get_body(("plain",))
    found = re.search(PRIVATE, body.get_content() if body else "")
    assert found
    return found[0]


# By keyboard -------------------------------------------------------------------------------------


def reach(page: Page, target: Locator) -> None:
    """Go to a thing as somebody without a mouse does."""
    for _ in range(MOST_TABS):
        if target.evaluate("thing => thing === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{target} is not reached by Tab")


def follow(page: Page, name: str | re.Pattern[str], within: str = "main") -> None:
    reach(page, page.locator(within).get_by_role("link", name=name).first)
    page.keyboard.press("Enter")
    page.wait_for_load_state()


def write(page: Page, label: str, words: str) -> None:
    reach(page, page.get_by_label(label, exact=True))
    page.keyboard.press("Control+A")
    page.keyboard.type(words)


def tick(page: Page, label: str) -> None:
    reach(page, page.get_by_label(re.compile(label)))
    page.keyboard.press("Space")


def press(page: Page, name: str | re.Pattern[str]) -> None:
    page.wait_for_timeout(HUMAN_MS)
    reach(page, page.get_by_role("button", name=name).first)
    with page.expect_navigation():
        page.keyboard.press("Enter")
