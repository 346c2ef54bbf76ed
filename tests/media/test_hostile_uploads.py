"""Uploads by people who mean harm, or have bad luck: an answer in words, and nothing is lost."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from media.models import Rendition, Upload
from media.uploads import disk, problems, services
from media.uploads.fields import Arrived
from tests.media.factories import WEBM, add_file, make_editor, make_recording
from tests.media.upload_steps import FILM, add, begun, finish, upload, what_is_left


@pytest.fixture(autouse=True)
def places(settings: Any, tmp_path: Path) -> None:
    settings.UPLOADS_IN_PARTS = tmp_path / "parts"
    settings.MEDIA_ROOT = tmp_path / "uploads"
    settings.UPLOADS_IN_PARTS.mkdir()


@pytest.fixture
def editor(db: None, client: Client) -> User:
    user = make_editor()
    client.force_login(user)
    return user


@pytest.mark.parametrize("letter", ["\U00020000", "漢", "é", "a"])
def test_the_longest_name_of_the_widest_letters_is_kept(
    client: Client, editor: User, letter: str
) -> None:
    told = begun(client, name=f"{letter * 3_000}.webm")
    add(client, told["url"], 0, FILM)
    assert finish(client, told["url"]).status_code == 200
    stored = Path(Upload.objects.get().stored_as).name
    assert stored.startswith(letter * 40)
    assert what_is_left() == [stored]


def test_a_plain_file_may_have_a_long_name_too(db: None) -> None:
    file = add_file(make_recording(words=""), f"{'漢' * 200}.webm", WEBM)
    assert default_storage.exists(str(file.file.name))


@pytest.mark.parametrize(
    "body", ["[" * 39_000, '{"name":' * 4_000, '{"size": ' + "9" * 5_000 + "}"]
)
def test_json_too_deep_or_too_large_to_read_is_refused_in_words(
    client: Client, editor: User, body: str
) -> None:
    answer = client.post(reverse("uploads:begin"), body, "application/json")
    assert (answer.status_code, "name" in answer.json()["problem"]) == (400, True)


@pytest.mark.parametrize("length", ["abc", "1e9", "5;", "0x5"])
def test_a_length_that_is_none_is_refused_in_words(
    client: Client, editor: User, length: str
) -> None:
    kind = "application/octet-stream"
    answer = client.put(begun(client)["url"], b"x", kind, CONTENT_LENGTH=length)
    assert (answer.status_code, "problem" in answer.json()) == (400, True)


def test_many_uploads_together_leave_room_for_the_database(
    client: Client, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = begun(client)  # there was room for each when it began
    monkeypatch.setattr(disk, "LEFT_FREE", 10**18)
    answer = add(client, told["url"], 0, FILM)
    assert (answer.status_code, "no room left" in answer.json()["problem"]) == (507, True)
    assert (Upload.objects.count(), what_is_left()) == (0, [])


def test_a_second_finish_that_comes_late_leaves_the_film_to_its_recording(
    client: Client, editor: User
) -> None:
    late = Upload.objects.get(token=begun(client)["token"])  # as the slower request has read it
    token = upload(client)
    taken = Rendition(recording=make_recording(words=""))
    taken.file = Arrived(Upload.objects.get(token=token))
    taken.save()
    with pytest.raises(problems.Gone):
        services.finish(late)
    with taken.file.open("rb") as file:
        assert file.read() == FILM


def test_a_finish_after_the_upload_was_thrown_away_leaves_nothing(
    client: Client, editor: User
) -> None:
    told = begun(client)
    add(client, told["url"], 0, FILM)
    late = Upload.objects.get()
    Upload.objects.update(state=Upload.State.GOING)
    with pytest.raises(problems.Gone):
        services.finish(late)
    assert what_is_left() == []
