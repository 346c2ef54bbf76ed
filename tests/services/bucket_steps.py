"""What tests of films in a bucket do again and again."""

import os
import urllib.error
import urllib.request
from pathlib import Path

from django.test import Client
from playwright.sync_api import Page, expect

from media.uploads.bucket import PART, PREFIX, bucket_name
from media.uploads.bucket import client as s3
from tests.browser.product import Product
from tests.browser.steps import log_in
from tests.media.factories import WEBM

FILM = WEBM + os.urandom(2 * PART)  # three parts


def part(number: int) -> bytes:
    return FILM[(number - 1) * PART : number * PART]


def status_of(url: str, method: str = "GET", content: bytes | None = None) -> int:
    """As a browser asks: with nothing of ours but the address."""
    request = urllib.request.Request(url, data=content, method=method)
    if content is not None:
        request.add_header("Content-Type", "")
    try:
        with urllib.request.urlopen(request) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code


def put(client: Client, url: str, number: int, content: bytes) -> int:
    """Put a part to the address that we sign."""
    address = client.post(f"{url}parts/{number}/").json()["address"]
    return status_of(address, "PUT", content)


def open_in_bucket() -> list[str]:
    """The keys of all multipart uploads that are neither finished nor aborted."""
    answer = s3().list_multipart_uploads(Bucket=bucket_name(), Prefix=PREFIX)
    return sorted(each["Key"] for each in answer.get("Uploads", ()))


def choose_film(page: Page, product: Product, film: Path) -> None:
    """As an editor: a new recording, up to where its film has been sent."""
    log_in(page, product, "editor")
    page.goto(f"{product.url}/admin/snippets/media/recording/add/")
    page.get_by_role("textbox", name="Title").fill("From the browser to the bucket")
    page.locator("film-upload input[type=file]").set_input_files(film)
    expect(page.locator("film-upload")).to_contain_text("Uploaded.", timeout=60_000)
