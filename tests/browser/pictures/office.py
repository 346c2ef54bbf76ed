"""The other jobs: figures, settings, enquiries, search words, and an organiser's cohorts."""

import re

from playwright.sync_api import Page

from tests.browser.pictures.studio import EDITORS, WIDTH, Studio, part, screen
from tests.browser.steps import panel

BOOKING = {
    "School, trust or charity": "Sample primary, Leeds",
    "Postcode": "LS1 1AA",
    "Your name": "Sample headteacher",
    "Your e-mail": "head@school.example",
    "Person 1: name": "Sample teacher",
    "Person 1: e-mail": "teacher@school.example",
    "Purchase-order reference": "PO 4711",
}
COHORT = {
    "term": "Autumn term 2027, first half",
    "opens_at": "2027-06-07 09:00",
    "capacity": "24",
    "sessions-0-starts_at": "2027-09-14 15:45",
    "sessions-0-ends_at": "2027-09-14 17:15",
    "sessions-0-joining_link": "https://meet.school.example/organising",
    "sessions-0-facilitator": "Sample facilitator",
}


def figures(studio: Studio, page: Page) -> None:
    """A figure without year and source, and the refusal."""
    index = studio.address("partnerships.CaseStudyIndexPage", "case-studies")
    studio.open(page, f"/admin/pages/add/partnerships/casestudypage/{index}/", height=3000)
    page.get_by_placeholder("Page title*").fill("Sample: fewer suspensions")
    page.get_by_role("button", name="Add figure").click()
    for name, value in {"metric": "suspensions in the year", "after": "31"}.items():
        page.locator(f"[name=outcomes-0-{name}]").fill(value)
    page.get_by_role("button", name="Publish", exact=True).click()
    page.wait_for_load_state("networkidle")
    part(page, "figure-refused", panel(page, "what_changed"))
    index = studio.address("resources.ResourceIndexPage", "resources")
    studio.open(page, f"/admin/pages/add/resources/resourcepage/{index}/", height=2600)
    page.get_by_placeholder("Page title*").fill("Praise cards, adapted for Year 2")
    page.locator("#id_summary").fill("The same four cards, with pictures for younger pupils.")
    page.locator("#id_adaptation").fill("Adapted for Year 2")
    page.locator("#id_place").fill("Primary, Bradford")
    part(page, "resource", panel(page, "summary"), panel(page, "where_it_came_from"))


def settings(studio: Studio, page: Page) -> None:
    studio.open(page, "/admin/settings/core/sitesettings/", height=7600)
    page.get_by_label("Marks and buttons, light page").fill("#f4b9aa")
    page.get_by_role("button", name="Save").click()
    page.wait_for_load_state("networkidle")
    part(page, "colour-refused", panel(page, "colours"))
    part(page, "navigation", page.locator("[id^=inline_child_navigation-0]").first)


def enquiries(studio: Studio, page: Page) -> None:
    reader = studio.page()
    studio.open(reader, "/partnerships/visit/")
    reader.get_by_label("Your name").fill("Sample deputy head")
    reader.get_by_label("Your e-mail").fill("deputy@school.example")
    reader.get_by_label("School or organisation").fill("Sample primary, Leeds")
    reader.locator("textarea").first.fill("May four of us see the start of a school day in March?")
    reader.wait_for_timeout(4000)  # faster than that is a robot
    reader.locator("main form button").last.click()
    reader.wait_for_load_state("networkidle")
    studio.open(page, "/admin/enquiries/", height=400)
    screen(page, EDITORS / "enquiries.png")
    page.get_by_role("link", name="Visit a school: Sample deputy head").click()
    page.set_viewport_size({"width": WIDTH, "height": 1500})
    page.wait_for_load_state("networkidle")
    page.locator("select[name=state]").select_option("answered")
    page.locator("[name=note]").fill("Rang back; four places on 11 March.")
    part(page, "enquiry", panel(page, "state"), panel(page, "what_was_asked"))


def search_words(studio: Studio, page: Page) -> None:
    reader = studio.page()
    for question in ("CPD", "CPD", "silent reading", "ukulele"):
        studio.open(reader, f"/search/?q={question.replace(' ', '+')}")
    reader.wait_for_timeout(3000)
    studio.open(page, "/admin/snippets/search/synonyms/add/", height=400)
    page.get_by_role("textbox", name="Words that mean the same").fill(
        "CPD, INSET, continuing professional development"
    )
    screen(page, EDITORS / "synonyms.png")
    studio.open(page, "/admin/snippets/search/askedquestion/", height=440)
    screen(page, EDITORS / "asked.png")


def register(studio: Studio) -> None:
    """Somebody books a place, so that the roster has a mail to show."""
    page = studio.page()
    studio.open(page, "/training/community-organising-in-schools/")
    card = page.locator(".cohort", has_text="Open")
    card.get_by_role("link", name=re.compile("Register")).click()
    for label, words in BOOKING.items():
        page.get_by_label(label).fill(words)
    page.get_by_label(re.compile("We may keep these names")).check()
    page.wait_for_timeout(4000)  # faster than that is a robot
    page.get_by_role("button", name=re.compile("^Register")).click()
    page.wait_for_url("**/training/booking/**")
    studio.product.wait_for_mail_to("teacher@school.example")


def organiser(studio: Studio) -> None:
    register(studio)
    page = studio.desk("organiser")
    studio.open(page, "/admin/training/cohorts/", height=640)
    screen(page, EDITORS / "cohorts.png")
    cohort_form(studio, page)
    cohort_part(studio, page, "open", "Roster")
    page.set_viewport_size({"width": WIDTH, "height": 620})
    screen(page, EDITORS / "roster.png")
    page.get_by_role("checkbox", name=re.compile("^Choose Sample teacher")).check()
    page.get_by_role("button", name=re.compile("^Send confirmations again")).click()
    page.wait_for_load_state("networkidle")
    page.set_viewport_size({"width": WIDTH, "height": 460})
    screen(page, EDITORS / "send-again.png")
    studio.open(page, "/admin/training/outbox/", height=360)
    screen(page, EDITORS / "outbox.png")
    week(studio, page)


def week(studio: Studio, page: Page) -> None:
    """Who came, a word to all, a session that moves, and who waits."""
    cohort_part(studio, page, "under-way", "Attendance")
    page.set_viewport_size({"width": WIDTH, "height": 620})
    screen(page, EDITORS / "attendance.png")
    cohort_part(studio, page, "full", "Waiting list")
    page.set_viewport_size({"width": WIDTH, "height": 640})
    screen(page, EDITORS / "waiting-list.png")
    cohort_part(studio, page, "few", "Write to people")
    page.get_by_label("Subject").fill("The hall instead of the library")
    page.get_by_label("Message").fill(
        "Come to the hall. The door on the left is open from half past three."
    )
    page.get_by_role("button", name="See what one person gets").click()
    page.wait_for_load_state("networkidle")
    page.set_viewport_size({"width": WIDTH, "height": 900})
    screen(page, EDITORS / "message.png")
    cohort_part(studio, page, "few", "Sessions")
    page.set_viewport_size({"width": WIDTH, "height": 640})
    screen(page, EDITORS / "sessions.png")
    page.get_by_role("link", name="Move session 2").click()
    page.get_by_label("Begins").fill("17:00")
    page.get_by_label("Ends").fill("19:00")
    page.get_by_label("Why").fill("The hall is taken at four.")
    page.get_by_role("button", name="See what people are told").click()
    page.wait_for_load_state("networkidle")
    page.set_viewport_size({"width": WIDTH, "height": 900})
    screen(page, EDITORS / "session-moved.png")


def cohort_part(studio: Studio, page: Page, cohort: str, name: str) -> None:
    """One of the pages of a cohort of the demonstration."""
    studio.open(page, f"/admin/training/cohorts/?q=sample-cohort-{cohort}")
    page.get_by_role("link", name=re.compile("^Roster of")).click()
    page.get_by_role("navigation", name="This cohort").get_by_role("link", name=name).click()
    page.wait_for_load_state("networkidle")


def erasing(studio: Studio) -> None:
    """What is held about one person, as an administrator sees it before anything is erased."""
    page = studio.desk("admin")
    studio.open(page, "/admin/privacy/person/", height=900)
    page.locator("main input[type=email], main input[type=text]").first.fill(
        "teacher@school.example"
    )
    page.get_by_role("button", name=re.compile("^Look")).click()
    page.wait_for_load_state("networkidle")
    page.set_viewport_size({"width": WIDTH, "height": 900})
    screen(page, EDITORS / "person.png")
    page.context.close()


def cohort_form(studio: Studio, page: Page) -> None:
    studio.open(page, "/admin/training/cohorts/new/", height=2000)
    for name in ("programme", "version", "price"):
        page.locator(f"#id_{name}").select_option(index=1)
    for name, words in COHORT.items():
        page.locator(f"[name={name}]").fill(words)
        page.get_by_role("heading", name="Cohort", exact=True).click()  # away goes the calendar
    part(page, "cohort", panel(page, "programme"), panel(page, "registration"))
    part(page, "cohort-session", panel(page, "sessions"))
