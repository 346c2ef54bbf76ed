"""The editor of a talk's words, by keyboard alone: for axe, under the policy, and however long."""

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from tests.browser.product import Product
from tests.browser.steps import log_in, wait_until
from tests.browser.watch import Watch, axe_findings, violations

TALK = "Classroom routines and joy"
SAVED = "All saved"
OURS = ".words, .states"  # around it stands Wagtail
LOOKS: list[tuple[int, Literal["light", "dark"]]] = [(1280, "light"), (390, "dark")]


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    yield context
    context.close()


def open_editor(
    context: BrowserContext, product: Product, title: str = TALK, *, signed_in: bool = False
) -> Page:
    page = context.new_page()
    if not signed_in:
        log_in(page, product, "editor")
    page.goto(f"{product.url}/admin/snippets/media/recording/")
    row = page.locator("tr", has=page.get_by_role("link", name=title, exact=True))
    row.get_by_role("link", name="Correct the words").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-words][data-ready]")).to_be_visible()
    return page


def fields(page: Page) -> Locator:
    return page.locator(".line textarea")


SELECTED = """() => {
  const field = document.activeElement;
  const [first, last] = [field.selectionStart, field.selectionEnd];
  return [field.closest(".line").dataset.key, first, field.value.slice(first, last)];
}"""


def words(page: Page) -> list[str]:
    found: list[str] = fields(page).evaluate_all("all => all.map(({ value }) => value)")
    return found


def expect_saved(page: Page) -> None:
    expect(page.locator("[data-status]")).to_have_text(SAVED)


def here(page: Page) -> str:
    """The words of the line with the focus."""
    value: str = page.evaluate("document.activeElement.value ?? ''")
    return value


def test_a_talk_is_corrected_by_keyboard_alone(product: Product, context: BrowserContext) -> None:
    watch = Watch(product.url)
    watch.attach(context)
    page = open_editor(context, product)
    before = words(page)
    fields(page).first.focus()
    page.keyboard.press("Alt+ArrowDown")
    assert here(page) == before[1]
    page.keyboard.press("End")
    page.keyboard.type(" Indeed.")
    expect_saved(page)
    for _ in range(2):
        page.keyboard.press("Control+ArrowLeft")
    page.keyboard.press("Control+Enter")
    expect(fields(page)).to_have_count(len(before) + 1)
    assert f"{words(page)[1]} {words(page)[2]}".split() == f"{before[1]} Indeed.".split()
    assert here(page) == words(page)[2]
    page.keyboard.press("Alt+ArrowUp")
    page.keyboard.press("Alt+m")
    assert words(page)[1].split() == f"{before[1]} Indeed.".split()
    page.keyboard.press("Control+z")
    expect(fields(page)).to_have_count(len(before) + 1)
    page.keyboard.press("Control+y")
    expect(fields(page)).to_have_count(len(before))
    expect_saved(page)
    page.reload()
    expect(page.locator("[data-words][data-ready]")).to_be_visible()
    assert " ".join(words(page)[1].split()) == " ".join(f"{before[1]} Indeed.".split())
    fields(page).nth(1).focus()
    page.keyboard.press("Control+a")
    page.keyboard.type(before[1])
    expect_saved(page)
    assert (violations(page), watch.errors, watch.strangers) == ([], [], [])


PLAYED_PAST = """
    (film, at) => new Promise((done) => {
        film.addEventListener("timeupdate", () => film.currentTime > at + 0.2 && done());
    })
"""


def test_the_player_obeys_from_a_field_and_times_come_from_it(
    product: Product, context: BrowserContext
) -> None:
    page = open_editor(context, product)
    film = page.locator("[data-media]")
    fields(page).nth(2).focus()
    begins = page.locator("[name=start]")
    before = begins.input_value()
    page.keyboard.press("Alt+k")
    expect(film).to_have_js_property("paused", False)
    minutes, _, seconds = before.partition(":")
    film.evaluate(PLAYED_PAST, int(minutes) * 60 + float(seconds))
    page.keyboard.press("Escape")
    expect(film).to_have_js_property("paused", True)
    expect(fields(page).nth(2)).to_be_focused()
    expect(page.locator(".line[aria-current]")).to_have_count(1)
    page.keyboard.press("Alt+Comma")
    assert begins.input_value() != before
    assert begins.input_value() == page.locator("[data-clock]").inner_text()
    page.keyboard.press("Control+z")
    assert begins.input_value() == before
    page.keyboard.press("Alt+Equal")
    page.keyboard.press("Alt+Minus")
    assert begins.input_value() == before
    page.keyboard.press("Tab")
    expect(begins).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("soon")
    page.keyboard.press("Tab")
    expect(page.locator("[data-spoken]")).to_contain_text("A time looks like this")
    expect_saved(page)


def test_every_stop_of_tab_leads_on_and_back(product: Product, context: BrowserContext) -> None:
    page = open_editor(context, product)
    fields(page).nth(3).focus()
    for _ in range(9):
        page.keyboard.press("Tab")
    expect(fields(page).nth(4)).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(fields(page).nth(3)).to_be_focused()


def test_speakers_are_named_once_for_all_lines(product: Product, context: BrowserContext) -> None:
    page = open_editor(context, product)
    summary = page.locator("[data-speakers] summary")
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    before = page.evaluate("document.activeElement.value")
    page.keyboard.press("Control+a")
    page.keyboard.type("Principal of this test")
    page.keyboard.press("Enter")
    expect(page.locator("[data-spoken]")).to_contain_text("another speaker")
    expect_saved(page)
    expect(page.locator(".line__speaker", has_text="Principal of this test").first).to_be_visible()
    fields(page).first.focus()
    page.keyboard.press("Control+z")
    expect(page.locator(".line__speaker", has_text=before).first).to_be_visible()
    expect_saved(page)


def test_words_are_found_and_walked_through(product: Product, context: BrowserContext) -> None:
    page = open_editor(context, product)
    fields(page).first.focus()
    page.keyboard.press("Alt+Slash")
    page.keyboard.type("the")
    expect(page.locator("[data-find-count]")).to_contain_text("found")
    places = []
    for key in ("F3", "F3", "Shift+F3"):
        page.keyboard.press(key)
        places.append(page.evaluate(SELECTED))
    assert [found.lower() for _, _, found in places] == ["the"] * 3
    assert places[0] != places[1]
    assert places[0] == places[2]
    page.keyboard.press("F8")
    expect(page.locator("[data-spoken]")).to_contain_text("doubtful")


LOSE = """() => {
  const real = fetch;
  const lost = () => Promise.reject(new TypeError());
  window.fetch = (url, ...rest) => url.endsWith("/save/") ? lost() : real(url, ...rest);
}"""  # in the page itself: what a page sends as it goes, a route may let through


def lose_the_answer(route: Route) -> None:
    route.fetch()
    route.abort()


def test_a_lost_connection_is_told_and_nothing_typed_is_lost(
    product: Product, context: BrowserContext
) -> None:
    page = open_editor(context, product)
    before = words(page)[0]
    page.evaluate(LOSE)
    fields(page).first.focus()
    page.keyboard.press("End")
    page.keyboard.type(" Kept.")
    expect(page.locator("[data-status]")).to_contain_text("Not saved. No connection.")
    wait_until(page, "Object.keys(localStorage).some(key => key.startsWith('words:'))")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.locator("[data-rescue]")).to_be_visible()
    assert words(page)[0] == before
    page.get_by_role("button", name="Bring them back").focus()
    page.keyboard.press("Enter")
    expect_saved(page)
    assert words(page)[0] == f"{before} Kept."
    page.keyboard.press("Control+z")
    expect_saved(page)
    page.reload()
    expect(page.locator("[data-words][data-ready]")).to_be_visible()
    expect(page.locator("[data-rescue]")).to_be_hidden()
    assert words(page)[0] == before


def test_what_was_saved_as_a_page_went_is_not_offered_again(
    product: Product, context: BrowserContext
) -> None:
    page = open_editor(context, product)
    before = words(page)[0]
    page.route("**/save/", lose_the_answer)
    fields(page).first.focus()
    page.keyboard.press("End")
    page.keyboard.type(" Heard.")
    expect(page.locator("[data-status]")).to_contain_text("Not saved. No connection.")
    page.on("dialog", lambda dialog: dialog.accept())
    page.evaluate(LOSE)
    page.unroute("**/save/")
    page.reload()
    expect(page.locator("[data-words][data-ready]")).to_be_visible()
    expect(page.locator("[data-rescue]")).to_be_hidden()
    assert words(page)[0] == f"{before} Heard."
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('words:'))") == []
    fields(page).first.fill(before)
    expect_saved(page)


def test_two_editors_see_both_versions_of_a_line_and_choose(
    product: Product, browser: Browser, context: BrowserContext
) -> None:
    mine = open_editor(context, product)
    before = words(mine)[:4]
    they, i = ([f"{text} {who}" for text in before] for who in ("They say.", "I say."))
    other = browser.new_context()
    theirs = open_editor(other, product)
    for line in (2, 3):
        fields(theirs).nth(line).fill(they[line])
    expect_saved(theirs)
    for line in (1, 2):
        fields(mine).nth(line).fill(i[line])
    met = mine.locator(".line__say:visible")
    expect(met).to_have_count(1)
    expect(met).to_contain_text("They say.")
    expect(mine.locator("[data-status]")).to_contain_text("choose which to keep")
    assert words(mine)[1:4] == [i[1], i[2], they[3]]
    assert axe_findings(mine, OURS) == []
    mine.get_by_role("button", name="Keep mine").focus()
    mine.keyboard.press("Enter")
    expect_saved(mine)
    theirs.reload()
    expect(theirs.locator("[data-words][data-ready]")).to_be_visible()
    assert words(theirs)[1:4] == [i[1], i[2], they[3]]
    for line in (1, 2, 3):
        fields(theirs).nth(line).fill(before[line])
    expect_saved(theirs)
    other.close()


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_axe_finds_nothing_in_the_editor_and_its_pages(
    product: Product, browser: Browser, width: int, scheme: Literal["light", "dark"]
) -> None:
    watch = Watch(product.url)
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    watch.attach(context)
    page = open_editor(context, product)
    for panel in ("find", "speakers", "keys"):
        page.locator(f"[data-{panel}] summary").focus()
        page.keyboard.press("Enter")
    fields(page).nth(2).focus()
    problems = axe_findings(page, OURS)
    editor = page.url
    for path in (f"{editor}history/", f"{editor}history/1/", "/admin/correct/replace/?find=the"):
        page.goto(path if path.startswith("http") else f"{product.url}{path}")
        assert page.locator(".states").count() == 1
        problems += [f"{path}: {each}" for each in [*axe_findings(page, OURS), *violations(page)]]
    assert "\n".join(problems) == ""
    assert (watch.errors, watch.strangers) == ([], [])
    context.close()


def test_without_a_script_lines_are_read_and_saved(product: Product, browser: Browser) -> None:
    context = browser.new_context()
    address = open_editor(context, product).url
    plain = browser.new_context(java_script_enabled=False, storage_state=context.storage_state())
    page = plain.new_page()
    page.goto(address)
    field = page.get_by_label("Words").nth(1)
    before = field.input_value()
    field.fill(f"{before} Indeed.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_label("Words").nth(1)).to_have_value(f"{before} Indeed.")
    page.get_by_label("Words").nth(1).fill(before)
    page.get_by_role("button", name="Save", exact=True).click()
    for each in (plain, context):
        each.close()


# Work of a stroke: what the script writes into the page and reads from the model. No clock.
COUNT_WORK = """async (count) => {
  const { Lines } = await import("/static/js/cue-editor/lines.js");
  const { Rows } = await import("/static/js/cue-editor/rows.js");
  const list = document.createElement("ol");
  document.querySelector("[data-lines]").replaceWith(list);
  let rows = null;
  const lines = new Lines((keys, isOrder) => rows.update(keys, isOrder));
  rows = new Rows(list, lines, { onCommand() {} });
  lines.load(Array.from({ length: count }, (_, at) =>
    [String(at).padStart(12, "0"), [at * 1000, at * 1000 + 900, "Head", `line ${at}`, []], []]));
  rows.fill();
  const field = list.querySelectorAll("textarea")[Math.floor(count / 2)];
  field.focus();
  let work = 0;
  const seen = new MutationObserver((records) => { work += records.length; });
  seen.observe(list, { subtree: true, childList: true, attributes: true, characterData: true });
  const get = Map.prototype.get;
  Map.prototype.get = function (key) { work += 1; return get.call(this, key); };
  for (const letter of "abcdefghij") {
    field.value += letter;
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  Map.prototype.get = get;
  await new Promise((done) => setTimeout(done));
  return work;
}"""


def test_a_stroke_costs_the_same_in_a_talk_of_1500_lines(
    product: Product, context: BrowserContext
) -> None:
    work = {}
    page = open_editor(context, product)
    for count in (15, 1500):
        page.reload()
        expect(page.locator("[data-words][data-ready]")).to_be_visible()
        work[count] = page.evaluate(COUNT_WORK, count)
    assert work[15] > 0
    assert work[1500] <= work[15] * 1.2


def test_a_doubtful_word_takes_its_suggestion_by_one_key(
    product: Product, context: BrowserContext
) -> None:
    page = context.new_page()
    log_in(page, product, "editor")
    page.goto(f"{product.url}/admin/snippets/media/glossaryterm/add/")
    page.get_by_role("textbox", name="Term").fill("Cool Room")
    page.get_by_role("textbox", name="Heard as").fill("cold room")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("created.")).to_be_visible()
    page = open_editor(context, product, signed_in=True)
    before = words(page)
    fields(page).first.focus()
    page.keyboard.press("F8")
    expect(page.locator("[data-spoken]")).to_contain_text("“cold room”: perhaps Cool Room?")
    expect(page.locator(".line__mark--miss")).to_have_count(1)
    page.keyboard.press("Alt+Enter")
    expect(page.locator(".line__mark--miss")).to_have_count(0)
    assert words(page)[0] == before[0].replace("cold room", "Cool Room")
    expect_saved(page)
    page.keyboard.press("Control+z")
    expect_saved(page)
    assert words(page) == before
    page.goto(f"{product.url}/admin/snippets/media/glossaryterm/")
    page.get_by_role("link", name="Cool Room").click()
    page.goto(page.url.replace("/edit/", "/delete/"))
    page.get_by_role("button", name="Yes, delete").click()


def test_who_is_signed_out_is_told_and_signs_in_elsewhere(
    product: Product, context: BrowserContext
) -> None:
    page = open_editor(context, product)
    before = words(page)[0]
    context.clear_cookies()
    fields(page).first.focus()
    page.keyboard.press("End")
    page.keyboard.type(" Kept.")
    expect(page.locator("[data-status]")).to_contain_text("You are signed out")
    expect(page.locator("[data-status] a")).to_have_text("Sign in")
    log_in(context.new_page(), product, "editor")
    expect(page.locator("[data-status]")).to_have_text(SAVED, timeout=20_000)
    assert words(page)[0] == f"{before} Kept."
    page.keyboard.press("Control+z")
    expect_saved(page)
