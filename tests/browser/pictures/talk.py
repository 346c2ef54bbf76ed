"""The weekly job: a talk, from its files to the sentence that finds it."""

import re
import tomllib
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.pictures.studio import (
    EDITORS,
    SITE,
    TALL,
    TOP,
    WIDTH,
    Studio,
    part,
    save,
    screen,
)
from tests.browser.product import ROOT
from tests.browser.steps import choose_page, note_consent, panel

SLUG = "praise-that-lands"
TALK: dict[str, Any] = tomllib.loads((ROOT / f"demo/talks/{SLUG}.toml").read_text())
FILES = ROOT / "demo/media" / SLUG
CHAPTERS = (("0:00", 0), ("0:18", 1), ("0:36", 2), ("1:00", 3))
SENTENCE = "praise is a receipt, not a tip"


def site(studio: Studio) -> None:
    """The front page, a spoken hit, and the talk it opens."""
    for name, scheme in (("home", "light"), ("home-dark", "dark")):
        page = studio.page(width=1280, scheme=scheme)
        studio.open(page, "/", height=776)
        screen(page, SITE / f"{name}.png")
    page = studio.page(width=1280)
    studio.open(page, f"/search/?q={SENTENCE.replace(' ', '+')}", height=620)
    screen(page, SITE / "search.png")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("link", name=re.compile("Play from")).first.click()
    expect(page.locator(".cue[aria-current]")).to_be_visible()
    page.wait_for_timeout(2500)  # until the film shows its picture, and the page stands still
    page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
    page.wait_for_timeout(500)
    screen(page, SITE / "episode.png")


def make_room(studio: Studio) -> None:
    """Take the talk away that is made again before the camera."""
    page = studio.desk("admin")
    number = studio.address("episodes.EpisodePage", SLUG)
    studio.open(page, f"/admin/pages/{number}/delete/")
    page.get_by_role("button", name=re.compile("Yes, delete")).click()
    page.wait_for_load_state("networkidle")
    studio.open(page, "/admin/snippets/media/recording/")
    address = page.get_by_role("link", name=TALK["title"], exact=True).get_attribute("href") or ""
    studio.open(page, address.replace("/edit/", "/delete/"))
    page.get_by_role("button", name=re.compile("Yes, delete")).click()
    expect(page.get_by_text("deleted")).to_be_visible()
    page.context.close()


def log_in(studio: Studio) -> Page:
    page = studio.page()
    studio.open(page, "/admin/")
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill("a password of yours")
    save(page.locator("main").screenshot(), EDITORS / "log-in.png")
    page.context.close()
    return studio.desk("editor")


def broken_captions(folder: Path) -> Path:
    """The talk's captions with two slips: a cue that ends before it starts, an arrow too short."""
    text = (FILES / "captions.vtt").read_text()
    text = text.replace("00:00:07.269 --> 00:00:09.633", "00:00:07.269 --> 00:00:05.633")
    text = text.replace("00:00:18.516 --> 00:00:21.823", "00:00:18.516 -> 00:00:21.823")
    (folder / "captions.vtt").write_text(text)
    return folder / "captions.vtt"


def recording(studio: Studio, page: Page, folder: Path) -> None:
    """Film and sound first, then the words with two slips, mended in place."""
    page.get_by_role("link", name="Recordings").click()
    page.wait_for_load_state("networkidle")
    screen(page, EDITORS / "recordings.png")
    page.get_by_role("link", name="Add recording").first.click()
    page.wait_for_load_state("networkidle")
    page.set_viewport_size({"width": WIDTH, "height": TALL})
    page.get_by_role("textbox", name="Title").fill(TALK["title"])
    for place, name in enumerate(("talk.webm", "talk.mp4", "talk.mp3")):
        if place:
            page.get_by_role("button", name="Add file").click()
        page.locator(f"#id_renditions-{place}-file").set_input_files(FILES / name)
    part(page, "recording-files", page.get_by_role("heading", level=2).first, panel(page, "files"))
    page.get_by_role("checkbox", name="Synthetic voices").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("created.")).to_be_visible()
    page.get_by_role("link", name=TALK["title"], exact=True).first.click()
    words(page, folder)


def words(page: Page, folder: Path) -> None:
    page.get_by_label("Captions or transcript").set_input_files(broken_captions(folder))
    part(page, "recording-words", panel(page, "words"))
    page.get_by_role("button", name="Save").click()
    page.wait_for_load_state("networkidle")
    part(page, "recording-error", panel(page, "words"))
    text = page.get_by_label("Words and their times").input_value()
    text = text.replace("--> 00:00:05.633", "--> 00:00:09.633")
    text = text.replace("00:00:18.516 -> ", "00:00:18.516 --> ")
    page.get_by_label("Words and their times").fill(text)
    page.get_by_label("The words have been checked").check()
    part(page, "recording-checked", panel(page, "words"))
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("updated.")).to_be_visible()
    page.get_by_role("link", name=TALK["title"], exact=True).first.click()
    page.wait_for_load_state("networkidle")
    for _ in range(40):
        if panel(page, "state").get_by_text("Waiting to be looked at").count() == 0:
            break
        page.wait_for_timeout(1000)
        page.reload()
    part(page, "recording-ready", panel(page, "state"))


def add_to_stream(page: Page, name: str) -> None:
    panel(page, name).get_by_role("button", name="Insert a block").last.click()


def episode(studio: Studio, page: Page) -> None:
    """The page of the talk, below its series; then on the site, found by its words."""
    series = studio.address("episodes.SeriesPage", TALK["series"])
    studio.open(page, f"/admin/pages/{series}/", height=460)
    screen(page, EDITORS / "series.png")
    page.get_by_role("link", name=re.compile("Add child page")).first.click()
    page.wait_for_load_state("networkidle")
    page.set_viewport_size({"width": WIDTH, "height": 3600})
    page.get_by_placeholder("Page title*").fill(TALK["title"])
    page.locator("#id_summary").fill(TALK["summary"])
    page.get_by_role("button", name="Choose recording").click()
    box = page.get_by_role("dialog")
    expect(box.get_by_role("link", name=TALK["title"])).to_be_visible()
    box.get_by_role("link", name=TALK["title"]).click()
    expect(box).to_be_hidden()
    page.locator("#id_number").fill(str(TALK["number"]))
    page.locator("#id_lead").fill(TALK["lead"])
    part(page, "episode-top", page.get_by_placeholder("Page title*"), panel(page, "lead"))
    episode_parts(page)


def episode_parts(page: Page) -> None:
    for place, (begins, chapter) in enumerate(CHAPTERS):
        add_to_stream(page, "chapters")
        page.locator(f"[name=chapters-{place}-value-start]").fill(begins)
        page.locator(f"[name=chapters-{place}-value-title]").fill(
            TALK["chapters"][chapter]["title"]
        )
        if place == 1:
            part(page, "episode-chapters", panel(page, "chapters"))
    for name in ("takeaways", "prompts"):
        for place, point in enumerate(TALK[name]):
            add_to_stream(page, name)
            page.locator(f"[name={name}-{place}-value]").fill(point)
    part(page, "episode-takeaways", panel(page, "takeaways"), panel(page, "prompts"))
    choose_page(page, "topics", TALK["topics"][0])
    choose_page(page, "people", TALK["speakers"]["pastoral"]["role"])
    choose_page(page, "belongs_with", TALK["resources"][0]["title"])
    note_consent(page, TALK["speakers"]["pastoral"]["role"], "2026-11-02")
    page.wait_for_timeout(1000)  # until the window has faded
    part(page, "episode-together", panel(page, "topics"), panel(page, "belongs_with"))


def publish(page: Page) -> None:
    page.set_viewport_size({"width": WIDTH, "height": 900})
    page.get_by_role("button", name="Toggle preview").click()
    page.wait_for_timeout(6000)
    screen(page, EDITORS / "preview.png")
    page.get_by_role("button", name="Toggle preview").click()
    screen(page, EDITORS / "publish.png")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text(re.compile("has been (created and )?published"))).to_be_visible()
    page.wait_for_timeout(700)  # until the green line has come down
    save(page.screenshot(clip=TOP), EDITORS / "published.png")


def schedule(studio: Studio, page: Page) -> None:
    number = studio.address("episodes.EpisodePage", SLUG)
    studio.open(page, f"/admin/pages/{number}/edit/", height=700)
    page.get_by_role("button", name="Toggle status").click()
    page.get_by_role("button", name=re.compile("schedule", re.IGNORECASE)).first.click()
    page.get_by_label("Go live date/time").fill("2027-01-11 07:00")
    page.wait_for_timeout(800)
    screen(page, EDITORS / "schedule.png")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.reload()
    page.get_by_role("button", name="Toggle status").click()  # it would stay open everywhere
    page.wait_for_timeout(500)


def open_points(studio: Studio, page: Page) -> None:
    """A talk whose captions nobody has checked, and the place for a reason."""
    number = studio.address("episodes.EpisodePage", "classroom-routines-and-joy")
    studio.open(page, f"/admin/pages/{number}/edit/", height=1400)
    ready = panel(page, "ready_to_publish")
    ready.get_by_text("Publish all the same").click()
    part(page, "episode-open-points", ready)


def result(studio: Studio) -> None:
    """What the reader finds as soon as the worker has indexed the new talk."""
    page = studio.page(width=1280)
    for _ in range(40):
        studio.open(page, f"/search/?q={SENTENCE.replace(' ', '+')}", height=620)
        hit = page.locator(".result", has=page.get_by_role("link", name=re.compile("Play from")))
        hit = hit.filter(has_text=TALK["title"])
        if hit.count():
            break
        page.wait_for_timeout(500)
    save(hit.first.screenshot(), EDITORS / "found.png")
