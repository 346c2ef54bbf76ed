"""With ACCEL_REDIRECT the site decides who may see a file, and nginx sends it."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from config.env import Environment
from media.models import Rendition
from tests.media.factories import (
    WEBM,
    make_editor,
    make_picture,
    make_recording,
    shown_on_a_public_page,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nginx(settings: Any) -> None:
    settings.ACCEL_REDIRECT = "/uploads/"


def test_a_public_recording_is_left_to_nginx_by_its_place(client: Client) -> None:
    rendition = make_recording().files()[0]
    with shown_on_a_public_page(rendition.recording):
        answer = client.get(rendition.url, headers={"range": "bytes=0-3"})
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer["X-Accel-Redirect"] == f"/uploads/{rendition.file.name}"
    assert (answer["Content-Type"], answer["Cache-Control"]) == (
        "video/webm",
        "public, max-age=3600",
    )


def test_who_may_not_see_it_is_not_told_its_place(client: Client) -> None:
    recording = make_recording(poster=make_picture())
    for url in (recording.files()[0].url, recording.picture_url()):
        answer = client.get(url)
        assert answer.status_code == 404
        assert "X-Accel-Redirect" not in answer


def test_no_cache_keeps_what_only_an_editor_sees(client: Client) -> None:
    client.force_login(make_editor())
    answer = client.get(make_recording().files()[0].url)
    assert answer["Cache-Control"] == "private, no-store"
    assert "X-Accel-Redirect" in answer


@pytest.mark.parametrize("name", ["100 % joy?.webm", "freude und mühe.webm", "a#b.webm"])
def test_names_reach_nginx_quoted(client: Client, name: str) -> None:
    recording = make_recording()
    rendition = recording.files()[0]
    Path(default_storage.path(f"recordings/{name}")).write_bytes(WEBM)
    Rendition.objects.update(file=f"recordings/{name}")
    with shown_on_a_public_page(recording):
        told = client.get(rendition.url)["X-Accel-Redirect"]
    assert unquote(told) == f"/uploads/recordings/{name}"
    assert told.isascii()
    assert not set("?# ") & set(told)


def test_pictures_of_pages_are_left_to_nginx_too(client: Client) -> None:
    picture = make_picture().get_rendition("width-320")
    answer = client.get(picture.url)
    assert answer["X-Accel-Redirect"] == f"/uploads/{picture.file.name}"


@pytest.mark.parametrize("written", ["/uploads/", "uploads", "/uploads", "//uploads//"])
def test_the_setting_is_read_with_or_without_slashes(written: str) -> None:
    assert Environment(accel_redirect=written).accel_redirect == "/uploads/"
    assert Environment(accel_redirect="/").accel_redirect == ""
