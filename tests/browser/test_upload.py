"""A large film is uploaded by keyboard, through lost connections and reloads, whole."""

import hashlib
import os
import re
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from tests.browser.product import Product
from tests.browser.steps import log_in
from tests.browser.watch import Watch, axe_findings, violations

HEAD = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm"
PART = 8 * 1024 * 1024
PARTS = "**/admin/uploads/*/"
SIZE = 3 * PART + 12_345


@pytest.fixture
def watch(product: Product) -> Watch:
    return Watch(product.url)


@pytest.fixture
def context(browser: Browser, watch: Watch) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    watch.attach(context)
    yield context
    context.close()


@pytest.fixture
def make_film(tmp_path: Path) -> Callable[..., Path]:
    def make(name: str = "talk.webm", size: int = SIZE) -> Path:
        path = tmp_path / name
        path.write_bytes(HEAD + os.urandom(size - len(HEAD)))
        return path

    return make


def open_form(context: BrowserContext, product: Product, title: str) -> Page:
    page = context.new_page()
    # From now on the browser hands choosers over; asked only at the press, it may cancel them.
    page.on("filechooser", lambda _: None)
    log_in(page, product, "editor")
    page.goto(f"{product.url}/admin/snippets/media/recording/add/")
    page.get_by_role("textbox", name="Title").fill(title)
    return page


def field(page: Page, place: int = 0) -> Locator:
    return page.locator("film-upload").nth(place)


def choose(page: Page, film: Path, place: int = 0) -> None:
    field(page, place).locator("input[type=file]").set_input_files(film)


def save(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^(Save|Creat)")).click()
    page.wait_for_url("**/admin/snippets/media/recording/")


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def files_of(product: Product, title: str) -> list[Path]:
    """The files that a recording has on the product's disk."""
    with sqlite3.connect(f"file:{product.data}/site.sqlite3?mode=ro", uri=True) as database:
        rows = database.execute(
            "SELECT file FROM media_rendition JOIN media_recording ON media_recording.id ="
            " recording_id WHERE title = ? ORDER BY media_rendition.sort_order",
            [title],
        ).fetchall()
    return [product.data / "uploads" / name for (name,) in rows]


def parts_left(product: Product) -> list[str]:
    return sorted(path.name for path in (product.data / "uploads-in-parts").glob("*"))


def test_a_film_is_uploaded_with_keys_alone_and_saved(
    product: Product, context: BrowserContext, watch: Watch, make_film: Callable[..., Path]
) -> None:
    film = make_film()
    page = open_form(context, product, "By keyboard")
    field(page).locator("input[type=file]").focus()
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files(film)
    expect(field(page).get_by_role("button").last).to_have_text("Remove")
    expect(field(page).get_by_role("button", name="Remove")).to_be_focused()
    expect(field(page).get_by_role("progressbar")).to_have_attribute("value", "1")
    expect(field(page).get_by_role("status")).to_have_text("talk.webm is uploaded.")
    assert axe_findings_of_the_field(page) == []
    page.keyboard.press("Control+s")
    page.wait_for_url("**/admin/snippets/media/recording/")
    (stored,) = files_of(product, "By keyboard")
    assert sha256(stored) == sha256(film)
    assert parts_left(product) == []
    assert (violations(page), watch.strangers, watch.errors) == ([], [], [])


def axe_findings_of_the_field(page: Page) -> list[str]:
    """What axe finds in our part of Wagtail's form; each finding tells its element."""
    return [line for line in axe_findings(page) if "upload" in line or "data-" in line]


def test_a_lost_connection_is_waited_for_and_the_film_arrives_whole(
    product: Product, context: BrowserContext, make_film: Callable[..., Path]
) -> None:
    film = make_film()
    lost: list[str] = []

    def lose(route: Route) -> None:
        """Every second part, and the question where to go on, are lost once."""
        if route.request.method in ("PUT", "GET") and len(lost) < 3:
            lost.append(route.request.method)
            if lost != ["PUT"] or route.request.headers.get("upload-offset") != "0":
                return route.abort("connectionreset")
        return route.continue_()

    page = open_form(context, product, "Through a bad line")
    page.route(PARTS, lose)
    choose(page, film)
    expect(field(page)).to_contain_text("The connection is lost. Trying again")
    expect(field(page)).to_contain_text("Uploaded.", timeout=30_000)
    assert lost == ["PUT", "PUT", "GET"]
    save(page)
    (stored,) = files_of(product, "Through a bad line")
    assert sha256(stored) == sha256(film)


def web_worker(product: Product) -> int:
    """The process that answers requests: the child of gunicorn, which listens on our port."""
    port = product.url.rpartition(":")[2]
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if f"localhost:{port}" in (folder / "cmdline").read_text():
                children = (folder / "task" / folder.name / "children").read_text().split()
                return int(children[0] if children else folder.name)
    raise LookupError("No web server listens on this port.")


def test_a_web_process_that_is_killed_loses_nothing(
    product: Product, context: BrowserContext, make_film: Callable[..., Path]
) -> None:
    film = make_film()
    page = open_form(context, product, "Through a killed server")
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 5_000_000},
    )
    choose(page, film)
    expect(field(page)).to_contain_text(re.compile("[4-6][0-9] %"), timeout=30_000)
    os.kill(web_worker(product), signal.SIGKILL)  # the browser itself may send its part again
    expect(field(page)).to_contain_text("Uploaded.", timeout=60_000)
    save(page)
    (stored,) = files_of(product, "Through a killed server")
    assert sha256(stored) == sha256(film)
    assert parts_left(product) == []


def test_an_upload_goes_on_after_a_pause_and_after_a_reload(
    product: Product, context: BrowserContext, make_film: Callable[..., Path]
) -> None:
    film = make_film()
    page = open_form(context, product, "After a reload")
    sent: list[int] = []

    def hold_after_the_first(route: Route) -> None:
        offset = int(route.request.headers.get("upload-offset", "-1"))
        if route.request.method == "PUT":
            sent.append(offset)
        if offset < PART or len(sent) > 2:
            route.continue_()  # the second part waits for ever

    page.route(PARTS, hold_after_the_first)
    choose(page, film)
    expect(field(page)).to_contain_text("33 %")
    for _ in range(100):  # the bar is at 33 % when the first part is sent; it has yet to arrive
        if sent == [0, PART]:
            break
        page.wait_for_timeout(100)
    field(page).get_by_role("button", name="Pause").press("Enter")
    expect(field(page)).to_contain_text("Paused. What has arrived is kept for a day.")
    expect(field(page).get_by_role("button", name="Resume")).to_be_focused()
    assert axe_findings_of_the_field(page) == []

    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.get_by_role("textbox", name="Title").fill("After a reload")
    choose(page, film)
    expect(field(page)).to_contain_text("Uploaded.", timeout=30_000)
    assert sent == [0, PART, PART, 2 * PART, 3 * PART]
    save(page)
    (stored,) = files_of(product, "After a reload")
    assert sha256(stored) == sha256(film)
    assert parts_left(product) == []


def test_two_films_at_once_and_a_form_that_waits_for_both(
    product: Product, context: BrowserContext, make_film: Callable[..., Path]
) -> None:
    one, two = make_film("one.webm"), make_film("two.webm", 2 * PART)
    page = open_form(context, product, "Two at once")
    page.get_by_role("button", name="Add file").click()
    choose(page, one)
    choose(page, two, 1)
    save(page)  # while both are on their way
    stored = files_of(product, "Two at once")
    assert [sha256(path) for path in stored] == [sha256(one), sha256(two)]


def test_a_row_that_is_deleted_takes_its_upload_along(
    product: Product, context: BrowserContext, make_film: Callable[..., Path]
) -> None:
    one, two = make_film("one.webm", PART), make_film("two.webm")
    page = open_form(context, product, "A row too many")
    choose(page, one)
    expect(field(page)).to_contain_text("Uploaded.")
    page.route(PARTS, lambda route: None if route.request.method == "PUT" else route.continue_())
    page.get_by_role("button", name="Add file").click()
    with page.expect_request(lambda request: request.method == "PUT"):
        choose(page, two, 1)
    with page.expect_response(lambda answer: answer.request.method == "DELETE"):
        page.get_by_role("button", name="Delete").last.click()
    save(page)
    (stored,) = files_of(product, "A row too many")
    assert sha256(stored) == sha256(one)
    assert parts_left(product) == []


def test_an_error_elsewhere_keeps_the_upload_and_cancelling_deletes_it(
    product: Product, context: BrowserContext, make_film: Callable[..., Path]
) -> None:
    film = make_film("kept.webm", PART)
    page = open_form(context, product, "")
    choose(page, film)
    expect(field(page)).to_contain_text("Uploaded.")
    page.get_by_role("button", name=re.compile("^(Save|Creat)")).click()
    expect(page.get_by_text("could not be created due to errors")).to_be_visible()
    expect(field(page)).to_contain_text("kept.webm, 8.4 MB")
    stored = set((product.data / "uploads/recordings").glob("kept_*"))
    assert len(stored) == 1
    with page.expect_response(lambda answer: answer.request.method == "DELETE"):
        field(page).get_by_role("button", name="Remove").press("Enter")
    expect(field(page).locator("input[type=file]")).to_be_focused()
    assert set((product.data / "uploads/recordings").glob("kept_*")) == set()


def test_the_wrong_file_is_refused_in_words_at_once(
    product: Product, context: BrowserContext, watch: Watch, tmp_path: Path
) -> None:
    wrong = tmp_path / "page.webm"
    wrong.write_bytes(b"<html>" * 5_000_000)
    page = open_form(context, product, "The wrong file")
    choose(page, wrong)
    problem = field(page).get_by_role("alert")
    expect(problem).to_contain_text("is not a film or a sound, whatever its name says")
    expect(field(page).locator("input[type=file]")).to_be_focused()
    assert axe_findings_of_the_field(page) == []
    assert parts_left(product) == []
    assert (violations(page), watch.errors) == ([], [])


def test_without_a_script_the_plain_field_takes_the_film(
    product: Product, browser: Browser, make_film: Callable[..., Path]
) -> None:
    film = make_film("plain.webm")
    context = browser.new_context()
    context.route("**/upload.js", lambda route: route.abort())
    page = open_form(context, product, "Without the script")
    choose(page, film)
    save(page)
    (stored,) = files_of(product, "Without the script")
    assert sha256(stored) == sha256(film)
    context.close()
