"""Films in parts on a real S3 server: signed parts, resuming, and nothing left behind."""

import hashlib
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.conf import settings as site_settings
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from media.models import Rendition, Upload
from media.uploads import services
from media.uploads.bucket import PART, PREFIX, Bucket, bucket_name
from media.uploads.bucket import client as s3
from tests.media.factories import WEBM, make_editor
from tests.media.test_upload_form import with_uploads
from tests.media.upload_steps import begin, begun, finish, head
from tests.services.bucket_steps import FILM, open_in_bucket, part, put

pytestmark = [
    pytest.mark.skipif(not os.environ.get("S3_BUCKET"), reason="S3_BUCKET names no server")
]


@pytest.fixture
def editor(db: None, client: Client) -> Iterator[User]:
    user = make_editor()
    client.force_login(user)
    yield user
    for upload in Upload.objects.all():
        services.discard(upload)


def test_a_film_goes_to_the_bucket_in_parts_in_any_order_and_becomes_a_recording(
    client: Client, editor: User
) -> None:
    told = begun(client, FILM, head=head(FILM))
    assert (told["place"], told["part_size"], told["parts"]) == ("bucket", PART, [])
    for number in (3, 1, 2):
        assert put(client, told["url"], number, part(number)) == 200
    assert finish(client, told["url"]).json()["arrived"]
    url = reverse("wagtailsnippets_media_recording:add")
    assert client.post(url, with_uploads(told["token"])).status_code == 302
    rendition = Rendition.objects.get()
    with rendition.file.open("rb") as file:
        assert hashlib.sha256(file.read()).digest() == hashlib.sha256(FILM).digest()
    stored = s3().head_object(Bucket=bucket_name(), Key=rendition.file.name)
    assert (stored["ContentType"], rendition.size) == ("video/webm", len(FILM))
    assert (Upload.objects.count(), open_in_bucket()) == (0, [])


def test_a_broken_upload_tells_which_parts_are_here(client: Client, editor: User) -> None:
    told = begun(client, FILM)
    put(client, told["url"], 2, part(2))
    again = begun(client, FILM)
    assert (again["token"], again["parts"], again["received"]) == (told["token"], [2], PART)
    answer = finish(client, told["url"])
    assert (answer.status_code, "2 parts are still missing" in answer.json()["problem"]) == (
        409,
        True,
    )


def test_a_part_that_is_too_short_counts_as_missing(client: Client, editor: User) -> None:
    told = begun(client, FILM)
    put(client, told["url"], 1, part(1)[:-1])
    assert client.get(told["url"]).json()["parts"] == []


def test_an_answer_that_was_lost_may_be_asked_for_again(client: Client, editor: User) -> None:
    told = begun(client, FILM)
    for number in (1, 2, 3):
        put(client, told["url"], number, part(number))
    finish(client, told["url"])
    Upload.objects.update(state=Upload.State.OPEN)  # put together, and killed before it was noted
    state = client.get(told["url"]).json()
    assert (state["arrived"], state["received"]) == (False, len(FILM))
    assert finish(client, told["url"]).json()["arrived"]


def test_what_is_no_film_is_refused_by_its_bytes_and_deleted(client: Client, editor: User) -> None:
    assert begin(client, head="PGh0bWw+").status_code == 422
    content = b"<html>" * 100
    told = begun(client, content, head=head(FILM))  # the browser lies
    put(client, told["url"], 1, content)
    stored = Upload.objects.get().stored_as
    answer = finish(client, told["url"])
    assert (answer.status_code, "is not a film" in answer.json()["problem"]) == (422, True)
    assert not default_storage.exists(stored)
    assert (Upload.objects.count(), open_in_bucket()) == (0, [])


def test_cancelling_aborts_and_deletes(client: Client, editor: User) -> None:
    told = begun(client, FILM)
    put(client, told["url"], 1, part(1))
    assert len(open_in_bucket()) == 1
    assert client.delete(told["url"]).status_code == 204
    assert (open_in_bucket(), client.get(told["url"]).status_code) == ([], 404)


def test_what_is_abandoned_goes_after_a_day(client: Client, editor: User) -> None:
    told = begun(client, WEBM, name="whole.webm")
    put(client, told["url"], 1, WEBM)
    finish(client, told["url"])
    put(client, begun(client, FILM, name="half.webm")["url"], 1, part(1))
    stored = Upload.objects.get(name="whole.webm").stored_as
    Upload.objects.update(touched_at=timezone.now() - timedelta(hours=25))
    services.discard_abandoned()
    assert (Upload.objects.count(), open_in_bucket()) == (0, [])
    assert not default_storage.exists(stored)


def test_multipart_uploads_that_no_row_knows_are_aborted(client: Client, editor: User) -> None:
    begun(client, FILM)
    mine = Upload.objects.get().stored_as
    for key in (f"{PREFIX}lost.webm", "elsewhere/of-another-program.webm"):
        s3().create_multipart_upload(Bucket=bucket_name(), Key=key)
    cache.delete("uploads:orphans")
    assert Bucket().discard_orphans(datetime(2000, 1, 1, tzinfo=UTC)) == 0  # all are younger
    services.discard_abandoned()
    assert open_in_bucket() == [mine]
    every = s3().list_multipart_uploads(Bucket=bucket_name())["Uploads"]
    assert "elsewhere/of-another-program.webm" in {each["Key"] for each in every}


def test_no_part_is_signed_that_the_file_does_not_have(client: Client, editor: User) -> None:
    told = begun(client, FILM)
    for number, status in ((0, 404), (4, 404), (99_999, 404), (1, 200)):
        assert client.post(f"{told['url']}parts/{number}/").status_code == status
    address = client.post(f"{told['url']}parts/3/").json()["address"]
    assert f"{bucket_name()}/{Upload.objects.get().stored_as}" in address
    assert "content-length" in address
    assert "X-Amz-Expires=3600" in address


def test_an_upload_that_the_bucket_has_forgotten_begins_again(client: Client, editor: User) -> None:
    told = begun(client, FILM)
    item = Upload.objects.get()
    Bucket().abort(item.stored_as, item.reference)
    assert client.get(told["url"]).status_code == 404
    assert begun(client, FILM)["token"] != told["token"]


def test_a_bucket_that_does_not_answer_is_told_in_words_and_leaves_no_row(
    client: Client, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    s3.cache_clear()
    try:
        answer = begin(client, FILM)
    finally:
        s3.cache_clear()
    assert answer.status_code == 502
    assert "does not answer" in answer.json()["problem"]
    assert not Upload.objects.exists()


def test_the_admin_may_send_to_the_bucket_and_readers_pages_may_not() -> None:
    origin = os.environ["AWS_ENDPOINT_URL_S3"]
    assert origin in site_settings.ADMIN_CONTENT_SECURITY_POLICY["connect-src"]
    public = site_settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert origin not in public["connect-src"]


def test_the_check_of_the_storage_tells_of_a_store_that_checks_nothing() -> None:
    out = StringIO()
    with pytest.raises(CommandError, match="2 of the above must be mended"):
        call_command("check_storage", stdout=out)
    wrong = [line for line in out.getvalue().splitlines() if line.startswith("NOT WELL")]
    assert "does not look at signatures" in wrong[0]
    assert "may list the bucket" in wrong[1]
    left = [name for name in default_storage.listdir(PREFIX)[1] if name.startswith("check-")]
    assert (left, open_in_bucket()) == ([], [])
