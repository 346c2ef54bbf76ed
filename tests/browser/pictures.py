"""The pictures of README.md and docs/editors, taken from the running product.

`python -m tests.browser.pictures` starts the site with its demo library in a folder of its own,
does the weekly job as an editor does it, and takes every picture anew. The talk that is made
before the camera is one of the demo library, taken away first and made again by hand.
"""

import io
import re
import tomllib
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests.browser.conftest import SWITCHES
from tests.browser.product import ROOT, Product, start, stop

SITE, EDITORS = ROOT / "docs/pictures", ROOT / "docs/editors/pictures"
COLOURS = 96
WIDTH, TALL, SCREEN = 1240, 2600, 760
SIDEBAR, MARGIN = 200, 14
TOP: Any = {"x": 0, "y": 0, "width": WIDTH, "height": 420}
SLUG = "praise-that-lands"
TALK: dict[str, Any] = tomllib.loads((ROOT / f"demo/talks/{SLUG}.toml").read_text())
FILES = ROOT / "demo/media" / SLUG
CHAPTERS = (("0:00", 0), ("0:18", 1), ("0:36", 2), ("1:00", 3))
SENTENCE = "praise is a receipt, not a tip"
BOOKING = {
    "School, trust or charity": "Sample primary, Leeds",
    "Postcode": "LS1 1AA",
    "Your name": "Sample headteacher",
    "Your e-mail": "head@school.example",
    "Person 1: name": "Sample teacher",
    "Person 1: e-mail": "teacher@school.example",
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


@dataclass(frozen=True, slots=True)
class Studio:
    product: Product
    browser: Browser

    def page(self, *, height: int = SCREEN, scheme: Any = "light", width: int = WIDTH) -> Page:
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, locale="en-GB"
        )
        return context.new_page()

    def desk(self, name: str) -> Page:
        """The admin, with somebody logged in."""
        page = self.page()
        page.goto(f"{self.product.url}/admin/")
        page.get_by_label("Username").fill(name)
        page.get_by_label("Password").fill(self.product.passwords[name])
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/admin/")
        return page

    def open(self, page: Page, path: str, *, height: int = SCREEN) -> None:
        width: int = page.evaluate("window.innerWidth")
        page.set_viewport_size({"width": width, "height": height})
        page.goto(f"{self.product.url}{path}")
        page.wait_for_load_state("networkidle")

    def address(self, kind: str, slug: str) -> int:
        answer = self.browser.new_page().request.get(
            f"{self.product.url}/api/v2/pages/?type={kind}&slug={slug}"
        )
        number: int = answer.json()["items"][0]["id"]
        return number


def save(data: bytes, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    picture = Image.open(io.BytesIO(data)).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


def screen(page: Page, path: Path) -> None:
    save(page.screenshot(), path)


def part(page: Page, name: str, *parts: Locator, left: float = SIDEBAR) -> None:
    """A strip of the admin, from the top of the first part to the foot of the last."""
    page.evaluate("document.querySelectorAll('*').forEach(each => { each.scrollLeft = 0 })")
    page.mouse.move(0, 0)
    boxes = [box for each in parts if (box := each.bounding_box())]
    top = max(min(box["y"] for box in boxes) - MARGIN, 0)
    foot = max(box["y"] + box["height"] for box in boxes) + MARGIN
    width = WIDTH - 70 - left
    clip: Any = {"x": left, "y": top, "width": width, "height": foot - top}
    save(page.screenshot(clip=clip), EDITORS / f"{name}.png")


def panel(page: Page, name: str) -> Locator:
    return page.locator(f"section[id$='-{name}-section']").first


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
    page.get_by_label("Captions or transcript (VTT or SRT)").set_input_files(
        broken_captions(folder)
    )
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


def choose_page(page: Page, name: str, title: str) -> None:
    """Add a topic, a person or a page that belongs with this one."""
    section = panel(page, name)
    section.get_by_role("button", name=re.compile("^Add ")).click()
    section.get_by_role("button", name=re.compile("^Choose")).last.click()
    box = page.get_by_role("dialog")
    box.get_by_role("textbox", name="Search").fill(title)
    box.get_by_role("link", name=title, exact=True).first.click()
    expect(box).to_be_hidden()


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
    page.wait_for_timeout(1000)  # until the window has faded
    part(page, "episode-together", panel(page, "topics"), panel(page, "belongs_with"))


def publish(page: Page) -> None:
    page.set_viewport_size({"width": WIDTH, "height": 900})
    page.get_by_role("button", name="Toggle preview").click()
    page.wait_for_timeout(6000)
    screen(page, EDITORS / "preview.png")
    page.get_by_role("button", name="Toggle preview").click()
    page.get_by_role("button", name="More actions").click()
    page.wait_for_timeout(500)  # until the menu has come up
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


def figures(studio: Studio, page: Page) -> None:
    """A figure without year and source, and the refusal."""
    index = studio.address("partnerships.CaseStudyIndexPage", "case-studies")
    studio.open(page, f"/admin/pages/add/partnerships/casestudypage/{index}/", height=3000)
    page.get_by_placeholder("Page title*").fill("Sample: fewer suspensions")
    page.get_by_role("button", name="Add figure").click()
    for name, value in {"metric": "suspensions in the year", "after": "31"}.items():
        page.locator(f"[name=outcomes-0-{name}]").fill(value)
    page.get_by_role("button", name="More actions").click()
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
    page.get_by_label("Accent, light").fill("#f4b9aa")
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
    for question in ("CPD", "CPD", "silent reading", "phonics screening"):
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
    studio.product.wait_for_mails(2)


def organiser(studio: Studio) -> None:
    register(studio)
    page = studio.desk("organiser")
    studio.open(page, "/admin/training/cohorts/", height=640)
    screen(page, EDITORS / "cohorts.png")
    cohort_form(studio, page)
    studio.open(page, "/admin/training/cohorts/", height=640)
    row = page.locator("tr", has=page.get_by_text("Open", exact=True))
    row.get_by_role("link", name=re.compile("Roster")).click()
    page.wait_for_load_state("networkidle")
    page.set_viewport_size({"width": WIDTH, "height": 420})
    screen(page, EDITORS / "roster.png")
    page.get_by_role("link", name=re.compile("Send again")).first.click()
    page.wait_for_load_state("networkidle")
    page.set_viewport_size({"width": WIDTH, "height": 320})
    screen(page, EDITORS / "send-again.png")
    studio.open(page, "/admin/training/outbox/", height=360)
    screen(page, EDITORS / "outbox.png")


def cohort_form(studio: Studio, page: Page) -> None:
    studio.open(page, "/admin/training/cohorts/new/", height=2000)
    for name in ("programme", "version", "price"):
        page.locator(f"#id_{name}").select_option(index=1)
    for name, words in COHORT.items():
        page.locator(f"[name={name}]").fill(words)
    page.keyboard.press("Escape")
    part(page, "cohort", panel(page, "programme"), panel(page, "registration"))
    part(page, "cohort-session", panel(page, "sessions"))


def album(studio: Studio) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        site(studio)
        make_room(studio)
        editor = log_in(studio)
        recording(studio, editor, folder)
        episode(studio, editor)
        publish(editor)
        result(studio)
        for job in (schedule, figures, settings, enquiries, search_words):
            job(studio, editor)
        organiser(studio)


def main() -> None:
    with ExitStack() as stack:
        data = Path(stack.enter_context(TemporaryDirectory()))
        product = start(data)
        stack.callback(stop, product)
        playwright = stack.enter_context(sync_playwright())
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=SWITCHES)
        stack.callback(chromium.close)
        album(Studio(product, chromium))


if __name__ == "__main__":
    main()
