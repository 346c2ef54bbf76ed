"""Chromium as a typesetter: HTML in, a picture or a tagged PDF out. It asks the network nothing."""

import re
from pathlib import Path

from PIL import Image

from demo.studio.command import CommandError, run

# The window is taller than the picture: some versions keep a part of it for their own furniture.
_SPARE = 200
_PAGE = re.compile(rb"/Type\s*/Page\b")
_COMMON = ("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars")


def picture(page: str, target: Path, size: tuple[int, int]) -> Image.Image:
    """A page as it looks at a size, written as PNG and handed back."""
    source = target.with_suffix(".html")
    source.write_text(page, encoding="utf-8")
    width, height = size
    run(
        [
            *_COMMON,
            f"--window-size={width},{height + _SPARE}",
            "--force-device-scale-factor=1",
            "--force-color-profile=srgb",
            f"--screenshot={target}",
            source.as_uri(),
        ]
    )
    image = Image.open(target).convert("RGB").crop((0, 0, width, height))
    image.save(target)
    return image


def pdf(page: str, source: Path, target: Path) -> None:
    """One tagged page with its headings as an outline; title and language are the page's own."""
    source.write_text(page, encoding="utf-8")
    run(
        [
            *_COMMON,
            "--no-pdf-header-footer",
            "--generate-pdf-document-outline",
            f"--print-to-pdf={target}",
            source.as_uri(),
        ]
    )
    if (pages := len(_PAGE.findall(target.read_bytes()))) != 1:
        raise CommandError(f"{target.name} has {pages} pages and should have one")
