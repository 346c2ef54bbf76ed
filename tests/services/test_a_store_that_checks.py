"""Films on a store that checks signatures, lengths, ages and origins, as Amazon's does."""

import hashlib
import os
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from playwright.sync_api import sync_playwright
from pytest_django import Settings

from home.models import HomePage
from media.models import Rendition, Upload
from media.uploads import services
from media.uploads.bucket import PREFIX
from media.uploads.bucket import client as s3
from tests.browser.conftest import SWITCHES
from tests.browser.product import Product, start_empty, stop
from tests.browser.watch import Watch, violations
from tests.media.factories import WEBM, make_editor, make_recording, shown_on_a_public_page
from tests.media.test_upload_form import with_uploads
from tests.media.upload_steps import begun, finish, head
from tests.services.bucket_steps import FILM, choose_film, open_in_bucket, part, put, status_of

ADDRESS = os.environ.get("STRICT_S3_URL", "")
pytestmark = pytest.mark.skipif(not ADDRESS, reason="STRICT_S3_URL names no server")
BUCKET = "films"
ACCOUNT = {
    "S3_BUCKET": BUCKET,
    "AWS_ENDPOINT_URL_S3": ADDRESS,
    "AWS_ACCESS_KEY_ID": "sample",
    "AWS_SECRET_ACCESS_KEY": "sample",
    "AWS_DEFAULT_REGION": "eu-west-2",
}

KEPT: dict[str, Any] = {
    "BACKEND": "storages.backends.s3.S3Storage",
    "OPTIONS": {"bucket_name": BUCKET, "file_overwrite": False},
}


@pytest.fixture(autouse=True)
def store(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Iterator[None]:
    """Uploads go to a bucket of its own there; a browser may send from http://localhost only."""
    for name, value in ACCOUNT.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    s3.cache_clear()
    settings.SITE_URL = "http://localhost:8000"
    settings.STORAGES = {**settings.STORAGES, "default": KEPT}
    try:
        s3().head_bucket(Bucket=BUCKET)
    except ClientError:
        s3().create_bucket(Bucket=BUCKET)
    yield
    s3.cache_clear()


@pytest.fixture
def editor(db: None, client: Client) -> Iterator[User]:
    user = make_editor()
    client.force_login(user)
    yield user
    for upload in Upload.objects.all():
        services.discard(upload)


@pytest.fixture
def link(home: HomePage, client: Client) -> str:
    """The signed way to the film of a public talk."""
    recording = make_recording()
    with shown_on_a_public_page(recording):
        return client.get(recording.renditions.first().url).headers["Location"]


def test_a_signed_link_opens_the_film_and_a_part_of_it(link: str) -> None:
    asked = urllib.request.Request(link, headers={"Range": "bytes=4-9"})
    with urllib.request.urlopen(asked) as answer:
        assert (answer.status, answer.read()) == (206, WEBM[4:10])


def test_a_link_opens_nothing_without_its_signature_or_with_another(link: str) -> None:
    plain, _, query = link.partition("?")
    other = query.replace("X-Amz-Expires=300", "X-Amz-Expires=301")
    assert (other == query, status_of(link)) == (False, 200)
    assert [status_of(each) for each in (plain, f"{plain}?{other}")] == [403, 403]


def test_a_link_opens_no_other_file(link: str) -> None:
    other = make_recording("Another").renditions.first().file.name
    plain, _, query = link.partition("?")
    before = plain.rpartition(f"/{PREFIX}")[0]
    assert default_storage.exists(other)
    assert status_of(f"{before}/{other}?{query}") == 403


def test_a_link_does_not_write_or_delete(link: str) -> None:
    assert [status_of(link, method) for method in ("PUT", "DELETE")] == [403, 403]
    assert status_of(link) == 200


def test_a_link_ends(home: HomePage) -> None:
    name = make_recording().renditions.first().file.name
    bucket: Any = default_storage
    short = bucket.url(name, expire=1)
    assert status_of(short) == 200
    time.sleep(2.5)  # the store counts in whole seconds
    assert status_of(short) == 403


def test_what_is_stored_is_nobody_elses(home: HomePage) -> None:
    name = make_recording().renditions.first().file.name
    grants = s3().get_object_acl(Bucket=BUCKET, Key=name)["Grants"]
    assert [each["Grantee"]["Type"] for each in grants] == ["CanonicalUser"]


def test_a_film_goes_up_in_parts_that_the_store_checks(client: Client, editor: User) -> None:
    told = begun(client, FILM, head=head(FILM))
    for number in (3, 1, 2):
        assert put(client, told["url"], number, part(number)) == 200
    assert finish(client, told["url"]).json()["arrived"]
    url = reverse("wagtailsnippets_media_recording:add")
    assert client.post(url, with_uploads(told["token"])).status_code == 302
    with Rendition.objects.get().file.open("rb") as file:
        assert hashlib.sha256(file.read()).digest() == hashlib.sha256(FILM).digest()


def test_a_part_of_another_length_than_was_signed_is_refused(client: Client, editor: User) -> None:
    told = begun(client, FILM)
    address = client.post(f"{told['url']}parts/3/").json()["address"]
    assert status_of(address, "PUT", part(3) + b"more") == 403
    assert client.get(told["url"]).json()["parts"] == []
    assert status_of(address, "PUT", part(3)) == 200


def test_the_address_of_a_part_is_for_that_part_alone(client: Client, editor: User) -> None:
    told = begun(client, FILM)
    address = client.post(f"{told['url']}parts/3/").json()["address"]
    assert status_of(address.replace("partNumber=3", "partNumber=1"), "PUT", part(3)) == 403


def test_a_film_that_is_cancelled_leaves_nothing(client: Client, editor: User) -> None:
    told = begun(client, FILM)
    put(client, told["url"], 1, part(1))
    assert len(open_in_bucket()) == 1
    assert client.delete(told["url"]).status_code == 204
    assert open_in_bucket() == []


def test_the_check_of_the_storage_finds_nothing_wrong_here_and_leaves_nothing() -> None:
    out = StringIO()
    call_command("check_storage", stdout=out)
    lines = out.getvalue().splitlines()
    assert (len(lines), {line.split()[0] for line in lines}) == (12, {"well"})
    assert s3().list_objects_v2(Bucket=BUCKET, Prefix=f"{PREFIX}check-")["KeyCount"] == 0
    assert open_in_bucket() == []


def test_the_check_tells_when_browsers_may_not_send_films(settings: Settings) -> None:
    settings.SITE_URL = "https://library.example.org"
    out = StringIO()
    with pytest.raises(CommandError, match="1 of the above"):
        call_command("check_storage", stdout=out)
    (wrong,) = [line for line in out.getvalue().splitlines() if line.startswith("NOT WELL")]
    assert "Not from https://library.example.org (403" in wrong


def test_the_check_tells_when_a_stranger_may_read(settings: Settings) -> None:
    public = {**KEPT, "OPTIONS": {**KEPT["OPTIONS"], "default_acl": "public-read"}}
    settings.STORAGES = {**settings.STORAGES, "default": public}
    out = StringIO()
    with pytest.raises(CommandError, match="1 of the above"):
        call_command("check_storage", stdout=out)
    assert "The bucket is public" in out.getvalue()


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Product]:
    (tmp_path / "var").mkdir()
    running = start_empty(tmp_path / "var", DATABASE_URL="", **ACCOUNT)
    yield running
    stop(running)


def test_a_browser_sends_its_film_straight_to_the_bucket_through_a_bad_line(
    product: Product, tmp_path: Path
) -> None:
    film = tmp_path / "talk.webm"
    film.write_bytes(FILM)
    watch = Watch(product.url)
    lost: list[str] = []
    through_us: list[Any] = []

    def lose_one(route: Any) -> None:
        if not lost and "partNumber=2" in route.request.url:
            lost.append(route.request.url)
            route.abort("connectionreset")
        else:
            route.continue_()

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=SWITCHES)
        context = chromium.new_context()
        watch.attach(context)
        context.on("request", lambda one: through_us.append(one) if one.method == "PUT" else None)
        page = context.new_page()
        page.route(f"{ADDRESS}/**", lose_one)
        choose_film(page, product, film)
        page.get_by_role("button", name="Save").click()
        page.wait_for_url("**/admin/snippets/media/recording/")
        assert (violations(page), watch.errors) == ([], [])
        chromium.close()
    assert len(lost) == 1
    assert {one.url.startswith(ADDRESS) for one in through_us} == {True}
    stored = s3().list_objects_v2(Bucket=BUCKET, Prefix=f"{PREFIX}talk_")["Contents"]
    bodies = [s3().get_object(Bucket=BUCKET, Key=one["Key"])["Body"] for one in stored]
    assert hashlib.sha256(FILM).digest() in {hashlib.sha256(one.read()).digest() for one in bodies}
    assert open_in_bucket() == []
