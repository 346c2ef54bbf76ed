"""What is made of a film, what an editor reads when it is broken, and how it is looked at again."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from media import inspection, probe
from media.models import Job, Recording, Rendition
from media.services import jobs
from tests.media.factories import add_file, make_editor, make_organiser, make_recording, make_user

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed"),
]
PICTURE = ["-f", "lavfi", "-i", "testsrc=s=320x180:d=3"]
SOUND = ["-f", "lavfi", "-i", "sine=frequency=440:duration=3"]
EDIT = "wagtailsnippets_media_recording:edit"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("films")

    def make(name: str, *arguments: str) -> bytes:
        path = folder / name
        if not path.exists():
            probe.run([probe.tool("ffmpeg"), "-v", "error", *arguments, str(path)])
        return path.read_bytes()

    return make


@pytest.fixture
def talk(made: Any) -> bytes:
    return bytes(made("talk.mp4", *PICTURE, *SOUND))


def look(recording: Recording) -> Job:
    job = jobs.request_job(recording=recording, kind=Job.Kind.INSPECT)
    recording.refresh_from_db()
    return Job.objects.get(pk=job.pk)


def make_film(content: bytes, name: str = "talk.mp4") -> Recording:
    recording = Recording.objects.create(title="A talk")
    add_file(recording, name, content)
    return recording


def film_of(recording: Recording) -> Rendition:
    return Rendition.objects.get(recording=recording, mime_type="video/mp4")


def sounds(recording: Recording) -> list[Rendition]:
    return [item for item in recording.renditions.all() if item.kind == "audio"]


def test_the_sound_alone_is_taken_from_a_film(talk: bytes) -> None:
    recording = make_film(talk)
    job = look(recording)
    (sound,) = sounds(recording)
    assert job.state == Job.State.DONE
    assert re.match(r"talk\w*\.mp3", str(sound))
    assert sound.made_from == film_of(recording).file.name
    assert probe.facts(Path(sound.file.path)).duration_ms == pytest.approx(3000, abs=100)
    assert recording.audio == sound


def test_looking_again_makes_no_second_sound(talk: bytes) -> None:
    recording = make_film(talk)
    look(recording)
    look(recording)
    assert len(sounds(recording)) == 1


def test_the_sound_that_people_give_is_left_alone(talk: bytes, made: Any) -> None:
    recording = make_film(talk)
    add_file(recording, "mine.mp3", made("mine.mp3", *SOUND))
    look(recording)
    assert [sound.made_from for sound in sounds(recording)] == [""]


def test_the_sound_that_people_give_later_takes_the_place_of_ours(
    talk: bytes, made: Any, django_capture_on_commit_callbacks: Any
) -> None:
    recording = make_film(talk)
    look(recording)
    ours: Any = sounds(recording)[0].file
    add_file(recording, "mine.mp3", made("mine.mp3", *SOUND))
    with django_capture_on_commit_callbacks(execute=True):
        look(recording)
    assert [sound.made_from for sound in sounds(recording)] == [""]
    assert not ours.storage.exists(ours.name)


def test_a_new_film_gets_a_new_sound(talk: bytes) -> None:
    recording = make_film(talk)
    look(recording)
    before = sounds(recording)[0]
    film_of(recording).delete()
    add_file(recording, "second.mp4", talk)
    look(recording)
    (sound,) = sounds(recording)
    assert sound != before
    assert "second" in sound.made_from


def test_the_sound_stays_when_only_it_is_left(talk: bytes) -> None:
    recording = make_film(talk)
    look(recording)
    Rendition.objects.filter(made_from="").delete()
    look(recording)
    assert [sound.made_from for sound in sounds(recording)] == [""]


def test_a_film_without_sound_needs_none(made: Any) -> None:
    recording = make_film(made("silent.mp4", *PICTURE))
    assert look(recording).state == Job.State.DONE
    assert sounds(recording) == []


def test_a_sound_without_a_picture_is_a_recording_too(made: Any) -> None:
    recording = make_film(made("only.mp3", *SOUND), "only.mp3")
    assert look(recording).state == Job.State.DONE
    assert (recording.state, recording.state_note) == (Recording.State.READY, "")
    assert recording.poster is None
    assert recording.duration_ms == pytest.approx(3000, abs=100)


def test_an_mp4_that_holds_only_sound_is_no_broken_film(made: Any) -> None:
    recording = make_film(made("only.mp4", *SOUND), "only.mp4")
    assert look(recording).state == Job.State.DONE
    assert recording.state == Recording.State.READY
    assert recording.poster is None


def test_the_cover_of_an_album_is_no_film(made: Any, tmp_path: Path) -> None:
    cover = tmp_path / "cover.png"
    probe.run([probe.tool("ffmpeg"), "-v", "error", *PICTURE, "-frames:v", "1", str(cover)])
    with_cover = ["-i", str(cover), "-map", "0:a", "-map", "1:v", "-disposition:v", "attached_pic"]
    recording = make_film(made("cover.mp3", *SOUND, *with_cover), "cover.mp3")
    assert look(recording).state == Job.State.DONE
    assert recording.renditions.get().width == 0


@pytest.mark.parametrize(
    ("name", "cut", "why"),
    [
        ("talk.mp4", lambda film: film[: len(film) // 2], "its end is missing"),
        ("talk.mp4", lambda film: b"", "it is empty"),
        ("talk.webm", lambda film: b"not a film" * 100, "it holds no film and no sound"),
    ],
)
def test_a_broken_film_is_told_with_what_to_do(talk: bytes, name: str, cut: Any, why: str) -> None:
    recording = make_film(cut(talk), name)
    job = look(recording)
    assert job.state == Job.State.FAILED
    assert job.note == recording.state_note
    assert re.match(rf"“talk\w*\.\w+” could not be read: {why}\.", job.note)
    assert "upload it again" in job.note
    assert "/" not in job.note


def test_a_film_that_is_whole_is_read_though_another_is_broken(talk: bytes) -> None:
    recording = make_film(talk)
    add_file(recording, "broken.webm", talk[:100])
    assert look(recording).state == Job.State.FAILED
    assert recording.duration_ms > 2900
    assert len(sounds(recording)) == 1
    assert "“broken" in recording.state_note


def test_a_file_that_is_gone_from_the_storage_is_told(talk: bytes) -> None:
    recording = make_film(talk)
    Path(recording.renditions.get().file.path).unlink()
    assert look(recording).state == Job.State.FAILED
    assert "no longer there" in recording.state_note


def test_a_sound_that_cannot_be_taken_does_not_spoil_the_film(
    talk: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probe, "SOUND_TIMEOUT", 0.0001)
    recording = make_film(talk)
    assert look(recording).state == Job.State.DONE
    assert recording.state == Recording.State.READY
    assert "it took too long to read. The film is fine." in recording.state_note


def test_a_mended_film_is_ready_at_the_next_look(talk: bytes) -> None:
    recording = make_film(talk[:500])
    assert look(recording).state == Job.State.FAILED
    Path(recording.renditions.get().file.path).write_bytes(talk)
    assert look(recording).state == Job.State.DONE
    assert (recording.state, recording.state_note) == (Recording.State.READY, "")


def test_a_file_that_comes_while_others_are_looked_at_is_seen_too(
    talk: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    recording, inspect_file = make_film(talk), inspection.inspect_file

    def and_another_comes(*args: Any) -> None:
        if recording.renditions.count() == 1:
            add_file(recording, "late.mp4", talk)
        inspect_file(*args)

    monkeypatch.setattr(inspection, "inspect_file", and_another_comes)
    look(recording)
    assert {item.width for item in recording.renditions.all() if item.kind == "video"} == {320}


def test_without_tools_the_editor_reads_so_and_can_look_again(
    client: Client, talk: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    recording = make_film(talk)
    with monkeypatch.context() as without:
        without.setenv("PATH", "")
        assert look(recording).state == Job.State.DONE
    assert recording.state == Recording.State.NO_TOOLS
    client.force_login(make_editor())
    shown = client.get(reverse(EDIT, args=[recording.pk])).content.decode()
    assert "ffmpeg is not installed on the server" in shown
    assert reverse("media_look_again", args=[recording.pk]) in shown


def test_an_editor_has_the_files_looked_at_again(
    client: Client, talk: bytes, django_capture_on_commit_callbacks: Any
) -> None:
    recording = make_film(talk[:500])
    look(recording)
    Path(recording.renditions.get().file.path).write_bytes(talk)
    editor = make_editor()
    client.force_login(editor)
    url = reverse("media_look_again", args=[recording.pk])
    assert "Nothing that you entered is changed" in client.get(url).content.decode()
    assert Job.objects.count() == 1
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(url).status_code == 302
    recording.refresh_from_db()
    assert recording.state == Recording.State.READY
    newest = Job.objects.first()
    assert newest is not None
    assert newest.requested_by == editor
    shown = client.get(reverse(EDIT, args=[recording.pk])).content.decode()
    assert "taken from the film by this server" in shown
    assert url not in shown


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_else_can_have_files_looked_at(client: Client, method: str) -> None:
    recording = make_recording()
    url = reverse("media_look_again", args=[recording.pk])
    assert getattr(client, method)(url).status_code == 302
    for user in (make_organiser(), make_user("nobody")):
        client.force_login(user)
        assert getattr(client, method)(url).status_code in (302, 403)
    assert not Job.objects.exists()
