"""Nothing of the upload folder has an address but through a view that asks who may see it."""

from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.test import Client

from tests.media.factories import make_picture, make_recording, shown_on_a_public_page

pytestmark = pytest.mark.django_db


def stored_files() -> list[str]:
    root = Path(default_storage.path(""))
    return [file.relative_to(root).as_posix() for file in root.rglob("*") if file.is_file()]


def test_no_stored_file_is_reached_by_its_place_under_the_media_address(client: Client) -> None:
    recording = make_recording(poster=make_picture())
    poster = recording.poster
    assert poster is not None
    names = [str(poster.file.name), *(str(item.file.name) for item in recording.renditions.all())]
    assert set(names) <= set(stored_files())
    with shown_on_a_public_page(recording):
        for name in names:
            for start in (settings.MEDIA_URL, "/uploads/", "/static/"):
                assert client.get(f"{start}{name}").status_code == 404, f"{start}{name}"


@pytest.mark.parametrize(
    "name",
    ["../recordings/talk.webm", "..%2Frecordings%2Ftalk.webm", "/etc/passwd", "images/../x.png"],
)
def test_the_address_of_pictures_leads_nowhere_else(client: Client, name: str) -> None:
    make_recording()
    for path in (f"/media/images/{name}", f"/media/images/{quote(name, safe='')}"):
        assert client.get(path).status_code in (301, 404), path


def test_a_recordings_own_address_is_the_view_that_asks(client: Client) -> None:
    file: Any = make_recording().files()[0].file
    assert file.url.startswith("/media/recordings/")
    assert str(file.name) not in file.url
    assert client.get(file.url).status_code == 404
