"""Take every picture."""

from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from tests.browser.conftest import SWITCHES
from tests.browser.pictures import office, speech, talk, words
from tests.browser.pictures.studio import Studio
from tests.browser.product import start, stop

JOBS = (
    talk.schedule,
    talk.open_points,
    office.figures,
    office.settings,
    office.enquiries,
    office.search_words,
    words.correct,
)


def album(studio: Studio) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        talk.site(studio)
        talk.make_room(studio)
        editor = talk.log_in(studio)
        talk.recording(studio, editor, folder)
        talk.episode(studio, editor)
        talk.publish(editor)
        talk.result(studio)
        for job in JOBS:
            job(studio, editor)
        office.organiser(studio)
        office.erasing(studio)


def main() -> None:
    with ExitStack() as stack:
        data = Path(stack.enter_context(TemporaryDirectory()))
        product = start(data)
        stack.callback(stop, product)
        playwright = stack.enter_context(sync_playwright())
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=SWITCHES)
        stack.callback(chromium.close)
        album(Studio(product, chromium))
        speech.album(chromium)


if __name__ == "__main__":
    main()
