"""The camera: pages of the running product, and how parts of them become small files."""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Locator, Page

from tests.browser.product import ROOT, Product

SITE, EDITORS = ROOT / "docs/pictures", ROOT / "docs/editors/pictures"
COLOURS = 256
WIDTH, TALL, SCREEN = 1240, 2600, 760
SIDEBAR, MARGIN = 200, 14
TOP: Any = {"x": 0, "y": 0, "width": WIDTH, "height": 420}


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
