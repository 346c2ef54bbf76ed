"""The editor's form of a recording, and who may open it."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from media.models import Recording, Transcript
from tests.media.factories import (
    MP3,
    MP4,
    WEBM,
    WORDS,
    make_editor,
    make_organiser,
    make_recording,
    make_user,
)

ADD, EDIT, LIST = (f"wagtailsnippets_media_recording:{name}" for name in ("add", "edit", "list"))


@pytest.fixture
def editor(db: None, client: Client) -> User:
    user = make_editor()
    client.force_login(user)
    return user


def form(*files: SimpleUploadedFile, **fields: Any) -> dict[str, Any]:
    data: dict[str, Any] = {
        "title": "A talk",
        "words": "",
        "embed_url": "",
        "poster": "",
        "collection": "1",
        "renditions-TOTAL_FORMS": len(files),
        "renditions-INITIAL_FORMS": 0,
        "renditions-MIN_NUM_FORMS": 0,
        "renditions-MAX_NUM_FORMS": 1000,
    }
    for at, file in enumerate(files):
        data |= {f"renditions-{at}-file": file, f"renditions-{at}-id": ""}
        data[f"renditions-{at}-ORDER"] = at + 1
    return data | fields


def film(content: bytes = WEBM, name: str = "talk.webm") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def caption_file(text: str = WORDS, name: str = "talk.vtt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def test_an_editor_makes_a_recording_with_film_sound_and_words(
    client: Client, editor: User, django_capture_on_commit_callbacks: Any
) -> None:
    sent = form(film(), film(MP3, "talk.mp3"), captions=caption_file(), checked="on")
    response = client.post(reverse(ADD), sent)
    assert response.status_code == 302
    recording = Recording.objects.get()
    assert [str(item).partition(".")[2] for item in recording.renditions.all()] == ["webm", "mp3"]
    transcript = recording.transcript
    assert transcript is not None
    assert (transcript.is_checked, transcript.checked_by) == (True, editor)
    assert transcript.cues.count() == 3
    assert recording.duration_ms == 14_000


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (film(b"<html>", "talk.webm"), "is not a film or a sound"),
        (film(b"", "talk.webm"), "empty"),
        (film(WEBM, "talk.exe"), "no film or sound that browsers play"),
        (film(WEBM, "talk"), "no film or sound that browsers play"),
        (film(WEBM, "talk.mp4"), "holds video/webm, not video/mp4"),
        (film(MP3, "talk.webm"), "holds audio/mpeg, not video/webm"),
    ],
)
def test_a_file_is_what_its_bytes_say(
    client: Client, editor: User, file: SimpleUploadedFile, message: str
) -> None:
    file.seek(0)
    response = client.post(reverse(ADD), form(file))
    assert response.status_code == 200
    assert message in response.content.decode()
    assert not Recording.objects.exists()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (MP4, "a.mp4"),
        (MP4, "a.m4a"),
        (MP4, "a.M4V"),
        (b"OggS" + bytes(60), "a.ogg"),
        (b"RIFF\x00\x00\x00\x00WAVE", "a.wav"),
        (b"\xff\xfb\x90\x00" + bytes(60), "a.mp3"),
    ],
)
def test_every_kind_that_browsers_play_is_taken(
    client: Client, editor: User, content: bytes, name: str
) -> None:
    assert client.post(reverse(ADD), form(film(content, name))).status_code == 302


def change(recording: Recording, **fields: Any) -> dict[str, Any]:
    rows = list(recording.renditions.all())
    data = form(title=recording.title, **fields)
    data |= {"renditions-TOTAL_FORMS": len(rows), "renditions-INITIAL_FORMS": len(rows)}
    for at, item in enumerate(rows):
        data |= {f"renditions-{at}-id": item.pk, f"renditions-{at}-ORDER": at + 1}
    return data


def test_words_are_corrected_in_place_and_then_no_longer_checked(
    client: Client, editor: User
) -> None:
    recording = make_recording()
    url = reverse(EDIT, args=[recording.pk])
    shown = client.get(url).context["form"].initial["words"]
    client.post(url, change(recording, words=shown, checked="on"))
    transcript = Transcript.objects.get()
    first = transcript.cues.get(text__contains="opposite")
    assert transcript.is_checked
    client.post(url, change(recording, words=shown.replace("opposite", "contrary"), checked=""))
    transcript.refresh_from_db()
    assert not transcript.is_checked
    corrected = transcript.cues.get(text__contains="contrary")
    assert corrected.key == first.key
    assert not transcript.cues.filter(text__contains="opposite").exists()


def test_saving_without_a_change_keeps_every_cue(client: Client, editor: User) -> None:
    recording = make_recording()
    assert recording.transcript is not None
    before = list(recording.transcript.cues.values_list("pk", flat=True))
    url = reverse(EDIT, args=[recording.pk])
    shown = client.get(url).context["form"].initial["words"]
    for words in (shown, shown.replace("\n", "\r\n"), shown + "\n\nNOTE hello\n"):
        assert client.post(url, change(recording, words=words)).status_code == 302
    assert list(recording.transcript.cues.values_list("pk", flat=True)) == before


@pytest.mark.parametrize(
    "url",
    ["https://example.org/watch?v=abcdefgh", "https://www.youtube.com/", "javascript:alert(1)"],
)
def test_a_second_source_is_a_video_on_youtube_or_vimeo(
    client: Client, editor: User, url: str
) -> None:
    response = client.post(reverse(ADD), form(film(), embed_url=url))
    assert response.status_code == 200
    assert not Recording.objects.exists()


def test_the_list_and_the_form_show_how_a_recording_stands(client: Client, editor: User) -> None:
    silent = make_recording("Silent", words="", state=Recording.State.FAILED, state_note="Broken.")
    make_recording("Spoken")
    listed = client.get(reverse(LIST)).content.decode()
    assert "Not yet checked" in listed
    assert "0:14" in listed
    page = client.get(reverse(EDIT, args=[silent.pk])).content.decode()
    assert f'href="{silent.files()[0].url}"' in page
    assert "Broken." in page
    assert "No words yet" in page


@pytest.mark.parametrize("name", [ADD, EDIT, LIST])
def test_only_editors_may(client: Client, db: None, name: str) -> None:
    recording = make_recording()
    url = reverse(name, args=[recording.pk] if name == EDIT else [])
    assert client.get(url).status_code == 302
    for user in (make_organiser(), make_user("nobody")):
        client.force_login(user)
        assert client.get(url).status_code == 302
    client.force_login(make_editor())
    assert client.get(url).status_code == 200


def test_an_organiser_cannot_change_words(client: Client, db: None) -> None:
    recording = make_recording()
    client.force_login(make_organiser())
    client.post(reverse(EDIT, args=[recording.pk]), change(recording, words="WEBVTT"))
    assert recording.transcript is not None
    assert recording.transcript.cues.count() == 3


def test_permissions_can_be_given_by_group(client: Client, db: None) -> None:
    client.force_login(make_user("chief", is_superuser=True, is_staff=True))
    page = client.get(reverse("wagtailusers_groups:add")).content.decode()
    assert "Add a recording permission" in page


def test_a_talk_that_only_a_host_has_needs_no_file(client: Client, editor: User) -> None:
    hosted = form(embed_url="https://youtu.be/dQw4w9WgXcQ", captions=caption_file())
    assert client.post(reverse(ADD), hosted).status_code == 302
    recording = Recording.objects.get()
    assert (recording.renditions.count(), recording.duration_ms) == (0, 14_000)


def test_a_talk_without_a_file_and_without_a_host_is_refused(client: Client, editor: User) -> None:
    answer = client.post(reverse(ADD), form())
    assert "Add a file above, or give the address" in answer.content.decode()
    assert not Recording.objects.exists()


def test_a_new_recording_begins_with_a_row_that_may_stay_empty(
    client: Client, editor: User
) -> None:
    assert 'name="renditions-0-file"' in client.get(reverse(ADD)).content.decode()
    empty = {"renditions-TOTAL_FORMS": "1", "renditions-0-ORDER": "1"}
    answer = client.post(reverse(ADD), form(embed_url="https://example.org/") | empty)
    assert "Give the address of one video" in answer.content.decode()
    hosted = form(embed_url="https://youtu.be/dQw4w9WgXcQ") | empty
    assert client.post(reverse(ADD), hosted).status_code == 302
    assert Recording.objects.get().renditions.count() == 0


def test_the_last_file_may_go_only_where_a_host_has_the_talk(client: Client, editor: User) -> None:
    recording = make_recording()
    rows = list(recording.renditions.all())
    data = form(words=WORDS) | {
        "renditions-TOTAL_FORMS": len(rows),
        "renditions-INITIAL_FORMS": len(rows),
    }
    for at, item in enumerate(rows):
        data |= {f"renditions-{at}-id": item.pk, f"renditions-{at}-DELETE": "1"}
    address = reverse(EDIT, args=[recording.pk])
    assert "Add a file above, or give the address" in client.post(address, data).content.decode()
    assert recording.renditions.count() == 2
    data["embed_url"] = "https://vimeo.com/76979871"
    assert client.post(address, data).status_code == 302
    assert recording.renditions.count() == 0


def test_a_new_recording_begins_with_a_row_that_may_stay_blank(
    client: Client, editor: User
) -> None:
    assert 'name="renditions-0-file"' in client.get(reverse(ADD)).content.decode()
    blank = {"renditions-TOTAL_FORMS": 1, "renditions-0-id": "", "renditions-0-ORDER": "1"}
    sent = form(embed_url="https://youtu.be/dQw4w9WgXcQ") | blank
    assert client.post(reverse(ADD), sent).status_code == 302
    assert Recording.objects.get().renditions.count() == 0
    again = client.get(reverse(EDIT, args=[Recording.objects.get().pk])).content.decode()
    assert 'name="renditions-0-file"' not in again
