"""The form of a recording takes uploads that came in parts, and plain files as before."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from media.models import Recording, Rendition, Upload
from media.uploads import problems, services
from media.uploads.fields import Arrived
from tests.media.factories import (
    MP3,
    WORDS,
    make_editor,
    make_organiser,
    make_recording,
    make_user,
)
from tests.media.test_recording_admin import ADD, EDIT, change, film, form
from tests.media.upload_steps import FILM, begun, upload, what_is_left

FIELD = 'name="renditions-0-file-upload"'


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


def with_uploads(*tokens: str, **fields: Any) -> dict[str, Any]:
    data = form(**fields)
    data["renditions-TOTAL_FORMS"] = len(tokens)
    for at, token in enumerate(tokens):
        data |= {f"renditions-{at}-file-upload": token, f"renditions-{at}-id": ""}
        data[f"renditions-{at}-ORDER"] = at + 1
    return data


def test_a_new_recording_takes_its_files_from_uploads(
    client: Client, editor: User, django_capture_on_commit_callbacks: Any
) -> None:
    tokens = upload(client), upload(client, MP3 * 40, "talk.mp3")
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(reverse(ADD), with_uploads(*tokens)).status_code == 302
    film_file, sound = Recording.objects.get().renditions.all()
    assert (film_file.mime_type, film_file.size) == ("video/webm", len(FILM))
    assert (sound.mime_type, sound.size) == ("audio/mpeg", len(MP3 * 40))
    with film_file.file.open("rb") as file:
        assert file.read() == FILM
    assert not Upload.objects.exists()
    services.discard_abandoned()
    assert len(what_is_left()) == 2


def test_an_error_elsewhere_in_the_form_does_not_lose_the_upload(
    client: Client, editor: User
) -> None:
    token = upload(client)
    answer = client.post(reverse(ADD), with_uploads(token, title=""))
    page = answer.content.decode()
    assert (answer.status_code, Recording.objects.count()) == (200, 0)
    assert f'{FIELD} value="{token}"' in page
    assert "talk.webm" in page
    assert "83 kB" in page
    assert "Uploaded." in page
    assert client.post(reverse(ADD), with_uploads(token)).status_code == 302
    assert Rendition.objects.get().size == len(FILM)


def test_an_existing_recording_gets_another_file_by_upload(client: Client, editor: User) -> None:
    recording = make_recording()
    data = change(recording) | {
        "renditions-TOTAL_FORMS": 3,
        "renditions-2-id": "",
        "renditions-2-ORDER": 3,
        "renditions-2-file-upload": upload(client),
    }
    assert client.post(reverse(EDIT, args=[recording.pk]), data).status_code == 302
    assert recording.renditions.count() == 3


def test_a_file_is_replaced_by_an_upload_and_goes(
    client: Client, editor: User, django_capture_on_commit_callbacks: Any
) -> None:
    recording = make_recording()
    before = recording.renditions.first().file.name
    data = change(recording) | {"renditions-0-file-upload": upload(client)}
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(reverse(EDIT, args=[recording.pk]), data).status_code == 302
    first, second = recording.renditions.all()
    assert (first.size, str(second)) == (len(FILM), "talk.mp3")
    assert not default_storage.exists(before)
    assert [default_storage.exists(each.file.name) for each in (first, second)] == [True, True]


def test_a_plain_file_wins_over_a_token(client: Client, editor: User) -> None:
    data = form(film()) | {"renditions-0-file-upload": upload(client)}
    assert client.post(reverse(ADD), data).status_code == 302
    assert Rendition.objects.get().size != len(FILM)
    assert Upload.objects.exists()


@pytest.mark.parametrize("token", ["x", "x" * 10_000, "\U0001f600", "a\x00b", "' OR 1=1 --"])
def test_a_token_that_is_none_of_ones_own_is_refused_in_words(
    client: Client, editor: User, token: str
) -> None:
    answer = client.post(reverse(ADD), with_uploads(token))
    assert answer.status_code == 200
    assert "This upload is no longer there" in answer.content.decode()


def test_an_upload_of_somebody_else_is_not_taken_and_not_named(
    client: Client, editor: User
) -> None:
    other = Client()
    other.force_login(make_user("chief", is_superuser=True, is_staff=True))
    token = upload(other, name="confidential.webm")
    page = client.post(reverse(ADD), with_uploads(token)).content.decode()
    assert "This upload is no longer there" in page
    assert "confidential" not in page
    assert token not in page


def test_an_upload_that_is_not_whole_is_not_taken(client: Client, editor: User) -> None:
    answer = client.post(reverse(ADD), with_uploads(begun(client)["token"]))
    assert "has not arrived whole" in answer.content.decode()


def test_one_upload_becomes_one_file(client: Client, editor: User) -> None:
    token = upload(client)
    answer = client.post(reverse(ADD), with_uploads(token, token))
    assert answer.status_code == 200
    assert "This is the same upload as above" in answer.content.decode()
    assert Upload.objects.exists()


def test_a_row_without_a_file_is_asked_for_one(client: Client, editor: User) -> None:
    answer = client.post(reverse(ADD), with_uploads(""))
    assert answer.status_code == 200
    assert not Recording.objects.exists()


@override_settings(MAX_UPLOAD_GB=0.00001)
def test_the_limit_holds_for_plain_files_too(client: Client, editor: User) -> None:
    answer = client.post(reverse(ADD), form(film(FILM)))
    assert "bigger than" in answer.content.decode()


def test_a_recording_that_could_not_be_saved_leaves_the_upload_for_another_try(
    client: Client, editor: User, db: None
) -> None:
    item = Upload.objects.get(token=upload(client))
    recording = Recording.objects.create(title="A talk")
    with transaction.atomic():
        Rendition(recording=recording, file=Arrived(item)).save()
        transaction.set_rollback(True)
    assert client.post(reverse(ADD), with_uploads(item.token)).status_code == 302
    with pytest.raises(problems.AlreadyTaken), transaction.atomic():
        Rendition(recording=recording, file=Arrived(item)).save()
    assert default_storage.exists(Rendition.objects.get().file.name or "")


def test_the_field_works_without_a_script_and_brings_its_own(client: Client, editor: User) -> None:
    page = client.get(reverse(ADD)).content.decode()
    assert '<script src="/static/js/upload.js" type="module"></script>' in page
    assert 'href="/static/css/upload.css"' in page
    assert 'type="file"' in page
    assert 'accept=".webm,.mp4' in page
    sent = SimpleUploadedFile("talk.webm", FILM)
    assert client.post(reverse(ADD), form(sent)).status_code == 302


# Plain files, as browsers without scripts send them ---------------------------------------------


def kept_token(page: str) -> str:
    found = re.search(FIELD + r' value="([^"]+)"', page)
    assert found is not None
    return found.group(1)


@pytest.mark.parametrize(
    "slip", [{"embed_url": "not an address"}, {"embed_url": "https://example.org/film"}]
)
def test_a_slip_in_the_second_source_loses_no_plain_file(
    client: Client, editor: User, slip: dict[str, str]
) -> None:
    answer = client.post(reverse(ADD), form(film(), title="With a slip", **slip))
    page = answer.content.decode()
    assert (answer.status_code, Recording.objects.count()) == (200, 0)
    assert 'value="With a slip"' in page
    assert slip["embed_url"] in page
    assert "talk.webm" in page
    assert "It is kept with the recording once you save." in page
    assert client.post(reverse(ADD), with_uploads(kept_token(page))).status_code == 302
    rendition = Rendition.objects.get()
    sent = film()
    sent.seek(0)
    with rendition.file.open("rb") as file:
        assert file.read() == sent.read()
    assert not Upload.objects.exists()


def test_a_wrong_file_beside_it_loses_no_plain_file(client: Client, editor: User) -> None:
    wrong = SimpleUploadedFile("notes.webm", b"These are words, no film.")
    answer = client.post(reverse(ADD), form(film(), wrong))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert Upload.objects.get().token == kept_token(page)


def test_what_was_kept_is_kept_once_however_often_the_form_comes_back(
    client: Client, editor: User
) -> None:
    slip = {"embed_url": "not an address"}
    token = kept_token(client.post(reverse(ADD), form(film(), **slip)).content.decode())
    again = client.post(reverse(ADD), with_uploads(token, **slip)).content.decode()
    assert kept_token(again) == token
    assert Upload.objects.count() == 1
    assert len(what_is_left()) == 1


def test_what_was_kept_and_never_saved_goes(client: Client, editor: User) -> None:
    client.post(reverse(ADD), form(film(), embed_url="not an address"))
    Upload.objects.update(touched_at=timezone.now() - services.ABANDONED_AFTER * 2)
    services.discard_abandoned()
    assert what_is_left() == []


def test_captions_beside_a_slip_wait_in_the_box_or_are_asked_for_again(
    client: Client, editor: User
) -> None:
    slip = {"embed_url": "not an address"}
    readable = SimpleUploadedFile("talk.vtt", WORDS.encode())
    page = client.post(reverse(ADD), form(film(), captions=readable, **slip)).content.decode()
    assert "I would like to argue the opposite." in page
    rubbish = SimpleUploadedFile("talk.pdf", b"%PDF-1.7 no words")
    page = client.post(reverse(ADD), form(film(), captions=rubbish, **slip)).content.decode()
    assert "“talk.pdf” was not read." in page


def test_an_account_that_may_not_add_leaves_nothing(client: Client, db: None) -> None:
    for user in (make_organiser(), make_user("nobody")):
        client.force_login(user)
        client.post(reverse(ADD), form(film(), embed_url="not an address"))
    assert (Upload.objects.count(), what_is_left()) == (0, [])
