"""The player: keys, links to a second, resume, the next source, and hosts of videos on a click."""

import re
import urllib.request
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from tests.browser.product import Product
from tests.browser.steps import log_in, wait_until
from tests.browser.watch import Watch, violations

TALK = "/library/joy-on-purpose/classroom-routines-and-joy/"
OTHER_TALK = "/library/joy-on-purpose/praise-that-lands/"
HOSTED_TALK = "/library/plans-that-survive-october/why-strategies-fail/"
HOSTED_TITLE = "Why strategies fail"
FILM, NEXT_FILM = "**/*.webm", "**/*.mp4"
SECOND, CHAPTER = 27, "The first forty seconds"
PASTED = {
    "YouTube": "https://youtu.be/dQw4w9WgXcQ?si=abc",
    "Vimeo": "https://vimeo.com/76979871",
}
HOSTS = {"YouTube": "www.youtube-nocookie.com", "Vimeo": "player.vimeo.com"}
ENOUGH_TO_BEGIN = 300_000  # bytes
HOSTS_PAGE = "<!doctype html><title>A hosted film</title><h1>The film at its host</h1>"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    yield context
    context.close()


def open_talk(context: BrowserContext, product: Product, path: str = TALK) -> tuple[Page, Locator]:
    page = context.new_page()
    page.goto(f"{product.url}{path}")
    return page, page.locator("video, audio")


def second_of(media: Locator) -> float:
    second: float = media.evaluate("media => media.currentTime")
    return second


def expect_to_stand_at(media: Locator, second: float) -> None:
    media.evaluate(
        """(media, second) => new Promise((done, fail) => {
          const late = setTimeout(() => fail(new Error(`it stands at ${media.currentTime}`)), 9000);
          const look = () => Math.abs(media.currentTime - second) < 1
            ? (clearTimeout(late), done()) : setTimeout(look, 20);
          look();
        })""",
        second,
    )


def expect_to_play(media: Locator) -> None:
    expect(media).to_have_js_property("paused", False)
    begun = second_of(media)
    media.evaluate("media => new Promise(done => media.addEventListener('timeupdate', done))")
    assert second_of(media) > begun


def test_keys_play_skip_and_change_the_speed(product: Product, context: BrowserContext) -> None:
    page, film = open_talk(context, product)
    film.focus()
    for key in ("k", "Space"):
        page.keyboard.press(key)
        expect_to_play(film)
        page.keyboard.press(key)
        expect(film).to_have_js_property("paused", True)
    for key, step in {"l": 10, "ArrowRight": 5, "j": -10, "ArrowLeft": -5}.items():
        before = second_of(film)
        page.keyboard.press(key)
        assert second_of(film) - before == pytest.approx(max(step, -before), abs=0.1), key
    page.keyboard.press(">")
    expect(film).to_have_js_property("playbackRate", 1.25)
    expect(page.get_by_label("Speed")).to_have_value("1.25")
    page.keyboard.press("<")
    page.keyboard.press("<")
    expect(film).to_have_js_property("playbackRate", 0.75)


def test_a_key_shows_and_hides_the_captions(product: Product, context: BrowserContext) -> None:
    page, film = open_talk(context, product)
    film.focus()
    page.keyboard.press("c")
    assert film.evaluate("film => film.textTracks[0].mode") == "showing"
    page.keyboard.press("l")
    film.evaluate("film => film.play()")
    wait_until(page, "document.querySelector('video').textTracks[0].activeCues?.length")
    page.keyboard.press("c")
    assert film.evaluate("film => film.textTracks[0].mode") == "disabled"


def test_keys_typed_elsewhere_and_shortcuts_are_left_alone(
    product: Product, context: BrowserContext
) -> None:
    page, film = open_talk(context, product)
    page.get_by_label("Find in this talk").fill("")
    page.keyboard.type("look jack")
    page.get_by_label("Speed").focus()
    page.keyboard.press("k")
    film.focus()
    page.keyboard.press("Control+l")
    assert (second_of(film), film.evaluate("film => film.paused")) == (0, True)


def test_chapters_and_words_are_links_to_their_second(
    product: Product, context: BrowserContext
) -> None:
    page, film = open_talk(context, product)
    chapter = page.locator("[data-chapters] a", has_text=CHAPTER)
    chapter.focus()
    page.keyboard.press("Enter")
    expect_to_stand_at(film, SECOND)
    expect_to_play(film)
    expect(chapter).to_have_attribute("aria-current", "true")
    assert page.url.endswith(f"?t={SECOND}")
    page.get_by_role("link", name="Play from 0:50").click()
    expect_to_stand_at(film, 50)
    spoken = page.locator(".cue[aria-current]")
    expect(spoken).to_have_count(1)
    expect(spoken).to_contain_text("Now the joy.")


@pytest.mark.parametrize("asked", ["?t=27", "?t=0m27s", "#t=27", "#t=27s", "?t=61&find=joy#t=27"])
def test_an_address_opens_at_its_second(
    product: Product, context: BrowserContext, asked: str
) -> None:
    page, film = open_talk(context, product, TALK + asked)
    expect_to_stand_at(film, SECOND)
    expect(film).to_have_js_property("paused", True)
    expect(page.locator(".cue[aria-current]")).to_contain_text("So we looked at the first forty")


def test_a_second_in_minutes_opens_there_and_one_past_the_end_says_so(
    product: Product, context: BrowserContext
) -> None:
    _, film = open_talk(context, product, f"{TALK}?t=1m1s")
    expect_to_stand_at(film, 61)
    page, film = open_talk(context, product, f"{TALK}?t=12m34s")
    expect(page.get_by_text("12:34 is past the end")).to_be_visible()
    assert second_of(film) == 0


def stop_at(page: Page, film: Locator, second: float) -> None:
    film.focus()
    page.keyboard.press("k")
    expect_to_play(film)
    film.evaluate("(film, second) => { film.currentTime = second; }", second)
    expect_to_stand_at(film, second)
    page.keyboard.press("k")
    expect(film).to_have_js_property("paused", True)


def test_a_talk_goes_on_where_it_was_left(product: Product, context: BrowserContext) -> None:
    page, film = open_talk(context, product)
    resume = page.get_by_role("button", name=re.compile("Carry on from"))
    expect(resume).to_be_hidden()
    stop_at(page, film, 40.5)
    page.reload()
    expect(resume).to_have_text(re.compile("Carry on from 0:40"))
    resume.click()
    expect_to_stand_at(film, 40)
    expect_to_play(film)
    expect(resume).to_be_hidden()
    page.close()
    for path in (OTHER_TALK, f"{TALK}?t={SECOND}"):
        elsewhere, _ = open_talk(context, product, path)
        expect(elsewhere.locator("[data-tools]")).to_be_visible()
        expect(elsewhere.locator("[data-resume]")).to_be_hidden()
    assert context.cookies() == []


def test_a_talk_heard_to_its_end_begins_anew(product: Product, context: BrowserContext) -> None:
    page, film = open_talk(context, product)
    stop_at(page, film, 40)
    film.evaluate("film => { film.currentTime = film.duration - 0.5; return film.play(); }")
    expect(film).to_have_js_property("ended", True)
    page.reload()
    expect(page.locator("[data-tools]")).to_be_visible()
    expect(page.locator("[data-resume]")).to_be_hidden()


def test_a_source_that_cannot_be_loaded_gives_way_to_the_next(
    product: Product, context: BrowserContext
) -> None:
    context.route(FILM, lambda route: route.abort())
    page, film = open_talk(context, product, f"{TALK}?t={SECOND}")
    film.focus()
    page.keyboard.press("k")
    expect_to_play(film)
    assert str(film.evaluate("film => film.currentSrc")).partition("#")[0].endswith(".mp4")
    assert second_of(film) >= SECOND
    expect(page.locator("[data-failed]")).to_be_hidden()


def break_off(route: Route) -> None:
    """Answer with the beginning of the film, and with nothing of the rest."""
    if route.request.headers.get("range") != "bytes=0-":
        route.fulfill(status=404)
        return
    with urllib.request.urlopen(route.request.url) as answer:
        film = answer.read()
    size = f"bytes 0-{ENOUGH_TO_BEGIN - 1}/{len(film)}"
    headers = {"Content-Type": "video/webm", "Accept-Ranges": "bytes", "Content-Range": size}
    route.fulfill(status=206, body=film[:ENOUGH_TO_BEGIN], headers=headers)


def test_a_source_that_breaks_off_hands_over_at_the_same_second(
    product: Product, context: BrowserContext
) -> None:
    context.route(FILM, break_off)
    page, film = open_talk(context, product)
    page.get_by_label("Speed").select_option("1.5")
    film.focus()
    page.keyboard.press("k")
    expect_to_play(film)
    page.get_by_role("link", name="Play from 1:10").click()
    expect(film).to_have_js_property("readyState", 4)
    expect_to_stand_at(film, 70.5)
    expect_to_play(film)
    assert str(film.evaluate("film => film.currentSrc")).endswith(".mp4")
    expect(film).to_have_js_property("playbackRate", 1.5)


def test_where_no_source_plays_the_words_and_the_sound_are_offered(
    product: Product, context: BrowserContext
) -> None:
    for files in (FILM, NEXT_FILM):
        context.route(files, lambda route: route.abort())
    page, film = open_talk(context, product)
    film.focus()
    page.keyboard.press("k")
    failed = page.get_by_text(re.compile("This source does not play here"))
    expect(failed).to_be_visible()
    page.get_by_role("link", name="Play from 0:50").click()
    expect(page.locator(".cue[aria-current]")).to_contain_text("Now the joy.")
    failed.get_by_role("link", name="only listen").click()
    sound = page.locator("audio")
    expect(page.locator("[data-tools]")).to_be_visible()
    sound.focus()
    page.keyboard.press("k")
    expect_to_play(sound)


def test_two_talks_on_one_page_do_not_mix(product: Product, context: BrowserContext) -> None:
    """No page of ours holds two talks yet; the player does not stand in the way of one."""
    page, _ = open_talk(context, product)
    with urllib.request.urlopen(f"{product.url}{OTHER_TALK}") as answer:
        other = re.search(r"<article data-talk>.*</article>", answer.read().decode(), re.DOTALL)
    assert other
    second_talk = other[0].replace(OTHER_TALK, TALK)

    def both(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(
            response=answer, body=answer.text().replace("</main>", f"{second_talk}</main>")
        )

    context.route(f"**{TALK}*", both)
    page.goto(f"{product.url}{TALK}?t={SECOND}")
    one, two = (page.locator("[data-talk]").nth(place) for place in (0, 1))
    expect_to_stand_at(one.locator("video"), SECOND)
    assert second_of(two.locator("video")) == 0
    two.locator(".cue__time").nth(2).click()
    expect_to_play(two.locator("video"))
    expect(one.locator("video")).to_have_js_property("paused", True)
    expect_to_stand_at(one.locator("video"), SECOND)
    expect(one.locator(".cue[aria-current]")).to_contain_text("So we looked at the first forty")
    two.get_by_label("Speed").select_option("2")
    one.locator("video").focus()
    page.keyboard.press("k")
    expect_to_play(one.locator("video"))
    expect(two.locator("video")).to_have_js_property("paused", True)
    expect(one.locator("video")).to_have_js_property("playbackRate", 1)


def give_second_source(browser: Browser, product: Product, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    log_in(page, product, "editor")
    page.get_by_role("link", name="Recordings").click()
    page.get_by_role("link", name=HOSTED_TITLE, exact=True).click()
    page.get_by_role("textbox", name="Second source").fill(address)
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(re.compile("recording/$"))
    context.close()


@pytest.mark.parametrize("name", PASTED)
def test_a_hosted_film_is_asked_for_only_by_a_click(
    product: Product, browser: Browser, context: BrowserContext, name: str
) -> None:
    host = HOSTS[name]
    give_second_source(browser, product, PASTED[name])
    watch = Watch(product.url)
    watch.attach(context)
    context.route(
        f"https://{host}/**", lambda route: route.fulfill(body=HOSTS_PAGE, content_type="text/html")
    )
    page, film = open_talk(context, product, f"{HOSTED_TALK}?t=20")
    page.mouse.wheel(0, 4000)
    page.get_by_label("Speed").focus()
    assert watch.strangers == []

    page.get_by_role("link", name=f"Play it from {name}").first.click()
    frame = page.locator("iframe")
    expect(frame.content_frame.get_by_role("heading")).to_have_text("The film at its host")
    expect(frame).to_be_focused()
    expect(frame).to_have_attribute("title", f"{HOSTED_TITLE}, on {name}")
    expect(film).to_have_count(0)
    assert "start=20" in watch.strangers[0]

    page.locator(".cue__time").nth(3).click()
    expect(frame).not_to_have_attribute("src", watch.strangers[0])
    asked = [address.split("/")[2] for address in watch.strangers]
    assert set(asked) == {host}
    assert (violations(page), watch.errors, context.cookies()) == ([], [], [])


def test_where_our_sources_are_blocked_the_hosted_film_is_one_click_away(
    product: Product, browser: Browser, context: BrowserContext
) -> None:
    give_second_source(browser, product, PASTED["YouTube"])
    watch = Watch(product.url)
    watch.attach(context)
    for files in (FILM, NEXT_FILM):
        context.route(files, lambda route: route.abort())
    context.route(
        f"https://{HOSTS['YouTube']}/**",
        lambda route: route.fulfill(body=HOSTS_PAGE, content_type="text/html"),
    )
    page, film = open_talk(context, product, HOSTED_TALK)
    film.focus()
    page.keyboard.press("k")
    failed = page.locator("[data-failed]")
    failed.get_by_role("link", name="play it from YouTube").click()
    expect(page.locator("iframe").content_frame.get_by_role("heading")).to_be_visible()
    expect(failed).to_be_hidden()
    assert (violations(page), watch.errors) == ([], [])
