"""The main job from end to end: published by an editor, found by its words, registered for."""

import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import icalendar
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.product import ROOT, Product
from tests.browser.steps import choose_page, fill_registration, log_in, note_consent
from tests.browser.watch import Watch, violations

FILM = ROOT / "demo/media/praise-that-lands/talk.webm"
TITLE = "The quiet corner of the library"
SENTENCE = "We moved the beanbags away from the photocopier, and borrowing doubled."
SECOND = 42
TOPIC = "Future planning"
SPEAKER = "Community lead, Bradford secondary"
CASE_STUDY = "A timetable you can see"
RESOURCE = "Entry routine on one page"
TEACHER = "teacher@school.example"
CAPTIONS = f"""WEBVTT

00:01.000 --> 00:06.000
<v Librarian, Leeds secondary>Every school has a corner that nobody loves.

00:{SECOND}.200 --> 00:47.000
<v Librarian, Leeds secondary>{SENTENCE}
"""
SPOKEN_LATER_MS = 60_000


@pytest.fixture
def captions(tmp_path: Path) -> Path:
    file = tmp_path / "captions.vtt"
    file.write_text(CAPTIONS)
    return file


def make_recording(page: Page, captions: Path) -> None:
    page.get_by_role("link", name="Recordings").click()
    page.get_by_role("link", name=re.compile("Add recording", re.IGNORECASE)).first.click()
    page.get_by_role("textbox", name="Title").fill(TITLE)
    page.locator("input[type=file][name$='-file']").first.set_input_files(FILM)
    page.get_by_label("Captions or transcript").set_input_files(captions)
    page.get_by_label("The words have been checked").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text(f"“{TITLE}” created").or_(page.get_by_text("created."))).to_be_visible()


def publish_episode(page: Page, product: Product) -> None:
    answer = page.request.get(
        f"{product.url}/api/v2/pages/?type=episodes.SeriesPage&slug=joy-on-purpose"
    )
    series = answer.json()["items"][0]["id"]
    page.goto(f"{product.url}/admin/pages/add/episodes/episodepage/{series}/")
    page.get_by_placeholder("Page title*").fill(TITLE)
    page.locator("#id_summary").fill("Where a reading corner stands decides who sits in it.")
    page.get_by_role("button", name="Choose recording").click()
    page.get_by_role("dialog").get_by_role("link", name=TITLE).click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.locator("#id_number").fill("7")
    choose_page(page, "topics", TOPIC)
    choose_page(page, "people", SPEAKER)
    choose_page(page, "belongs_with", CASE_STUDY)
    choose_page(page, "belongs_with", RESOURCE)
    note_consent(page, SPEAKER, "2026-11-02")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text(re.compile("(created and|has been) published"))).to_be_visible()


def find_by_its_words(page: Page, product: Product) -> None:
    """Search as visitors do; the worker may need a moment to index what was just published."""
    hit = page.locator(".result", has_text="beanbags").get_by_role(
        "link", name=re.compile("Play from")
    )
    for _ in range(40):
        page.goto(product.url)
        page.get_by_label("What do you want to get better?").fill(SENTENCE)
        page.get_by_role("button", name="Search").click()
        if hit.count():
            break
        page.wait_for_timeout(500)
    expect(hit.first).to_have_text(re.compile(f"0:{SECOND}"))
    hit.first.click()


def expect_links_both_ways(page: Page) -> None:
    """What was chosen stands on the talk's page, and the talk on the page of each."""
    for name in (TOPIC, SPEAKER, CASE_STUDY):
        page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(name)
        page.get_by_role("main").get_by_role("link", name=TITLE).first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)


def register(page: Page, product: Product) -> None:
    page.goto(f"{product.url}/training/community-organising-in-schools/")
    page.locator(".cohort", has_text="Open").get_by_role(
        "link", name=re.compile("Register")
    ).click()
    fill_registration(page, teacher=TEACHER)
    page.wait_for_url("**/training/booking/**")


def calendar_of(mail: bytes) -> icalendar.Calendar:
    message = message_from_bytes(mail, policy=default)
    assert isinstance(message, EmailMessage)
    files = [
        part for part in message.iter_attachments() if part.get_content_type() == "text/calendar"
    ]
    (file,) = files
    return icalendar.Calendar.from_ical(file.get_content())


def test_from_the_editors_desk_to_the_leaders_calendar(
    product: Product, browser: Browser, captions: Path
) -> None:
    watch = Watch(product.url)
    office, visitor, leader = (browser.new_context() for _ in range(3))
    for context in (office, visitor, leader):
        watch.attach(context)

    desk = office.new_page()
    log_in(desk, product, "editor")
    make_recording(desk, captions)
    publish_episode(desk, product)

    reader = visitor.new_page()
    find_by_its_words(reader, product)
    expect(reader.get_by_role("heading", level=1)).to_have_text(TITLE)
    video = reader.locator("video")
    expect(video).to_have_js_property("readyState", 4, timeout=15_000)
    assert abs(video.evaluate("player => player.currentTime") - SECOND) < 1
    assert video.evaluate("player => player.textTracks.length") == 1
    expect(reader.locator(".cue[aria-current]")).to_contain_text("beanbags")
    expect_links_both_ways(reader)
    assert violations(reader) == []

    booker = leader.new_page()
    register(booker, product)
    expect(booker.get_by_role("heading", level=1)).to_be_visible()
    assert violations(booker) == []
    mail = product.wait_for_mail_to(TEACHER)
    assert len(calendar_of(mail).events) == 5
    assert (watch.strangers, watch.errors) == ([], [])
    for context in (office, visitor, leader):
        context.close()
