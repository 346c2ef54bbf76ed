"""What the worker finds out about files, with ffmpeg and without."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.core.files import File
from django.core.files.storage import FileSystemStorage
from django.urls import reverse

from media import inspection, probe, services
from media.embeds import hosted_video
from media.models import Cue, Job, Recording
from media.reading import read_transcript
from media.services import jobs
from media.signals import recording_changed
from media.tasks import inspect_later, inspect_recording
from tests.media.factories import WORDS, add_file, make_recording

needs_ffmpeg = pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("film") / "film.mp4"
    made = ["-f", "lavfi", "-i", "color=c=orange:s=320x180:d=3", "-pix_fmt", "yuv420p"]
    probe.run([probe.tool("ffmpeg"), "-v", "error", *made, str(path)])
    return path.read_bytes()


def look(recording: Recording) -> Job:
    job = jobs.request_job(recording=recording, kind=Job.Kind.INSPECT)
    return Job.objects.get(pk=job.pk)


def make_film(content: bytes, **fields: Any) -> Recording:
    recording = Recording.objects.create(title="A film", **fields)
    add_file(recording, "film.mp4", content)
    return recording


@needs_ffmpeg
def test_length_size_and_a_still_are_read_from_a_film(db: None, film: bytes) -> None:
    recording = make_film(film)
    look(recording)
    recording.refresh_from_db()
    rendition = recording.renditions.get()
    assert recording.duration_ms == 3000
    assert (rendition.width, rendition.height) == (320, 180)
    assert recording.poster is not None
    assert recording.poster.description == "A still from the recording “A film”"
    assert recording.state == Recording.State.READY


@needs_ffmpeg
def test_where_the_copies_of_a_still_lie_cannot_be_guessed(db: None, film: bytes) -> None:
    """Copies of pictures are open to whoever knows their names, and the talk may be a draft yet."""
    names = set()
    for _ in range(2):
        recording = make_film(film)
        look(recording)
        recording.refresh_from_db()
        assert recording.poster is not None
        names.add(re.fullmatch(r".*/still-([0-9a-f]{32})\.jpg", str(recording.poster.file.name)))
    assert None not in names
    assert len({found[1] for found in names if found}) == 2


def test_looking_twice_makes_one_still(db: None, film: bytes) -> None:
    recording = make_film(film)
    look(recording)
    recording.refresh_from_db()
    poster = recording.poster_id
    look(recording)
    recording.refresh_from_db()
    assert recording.poster_id == poster


@needs_ffmpeg
def test_a_broken_file_is_said_to_be_broken(db: None, film: bytes) -> None:
    recording = make_film(film[:200])
    look(recording)
    recording.refresh_from_db()
    assert recording.state == Recording.State.FAILED
    assert "could not be read" in recording.state_note
    assert "upload it again" in recording.state_note


@needs_ffmpeg
def test_a_file_in_a_bucket_is_copied_to_be_read(
    db: None, film: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    recording = make_film(film)
    place = Path(recording.renditions.get().file.path)

    def no_path(self: FileSystemStorage, name: str) -> str:
        raise NotImplementedError

    def opened(self: FileSystemStorage, name: str, mode: str = "rb") -> File:
        return File(place.open("rb"))

    monkeypatch.setattr(FileSystemStorage, "path", no_path)
    monkeypatch.setattr(FileSystemStorage, "_open", opened)
    monkeypatch.setattr(inspection, "take_still", lambda *args: None)
    look(recording)
    recording.refresh_from_db()
    assert recording.duration_ms == 3000


def test_without_ffmpeg_the_words_give_the_length_and_the_editor_is_told(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    recording = make_recording(duration_ms=0)
    monkeypatch.setenv("PATH", "")
    look(recording)
    recording.refresh_from_db()
    assert recording.duration_ms == 14_000
    assert recording.state == Recording.State.NO_TOOLS
    assert "ffmpeg is not installed" in recording.state_note


def test_a_recording_that_is_gone_is_left_alone(db: None) -> None:
    inspect_recording.enqueue(99_999)
    assert not Recording.objects.exists()


def test_files_are_looked_at_after_the_recording_is_saved(
    db: None, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    recording = make_recording(state=Recording.State.FAILED)
    with django_capture_on_commit_callbacks(execute=True):
        inspect_later(recording)
        recording.refresh_from_db()
        assert recording.state == Recording.State.WAITING
    recording.refresh_from_db()
    assert recording.state == Recording.State.NO_TOOLS


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("#!/bin/sh\nexit 1", "could not make anything of it"),
        ("#!/bin/sh\necho /srv/x.mp4: moov atom not found >&2; exit 1", "its end is missing"),
        ("#!/bin/sh\necho '{}'", "nothing about its length"),
        ("#!/bin/sh\nsleep 5", "too long"),
    ],
)
def test_a_tool_that_misbehaves_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, message: str
) -> None:
    tool = tmp_path / "ffprobe"
    tool.write_text(script)
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    monkeypatch.setattr(probe, "TIMEOUT", 0.5)
    with pytest.raises(probe.Unreadable, match=message):
        probe.facts(tmp_path / "film.mp4")


def test_a_still_that_is_not_there_is_no_still(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tool = tmp_path / "ffmpeg"
    tool.write_text("#!/bin/sh\nexit 0")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    with pytest.raises(probe.Unreadable, match="no picture"):
        probe.still(tmp_path / "film.mp4", 0, tmp_path / "still.jpg")


def test_an_import_is_all_or_nothing(db: None) -> None:
    recording = make_recording()
    with pytest.raises(services.NothingToImport):
        services.import_transcript(recording=recording, reading=read_transcript("WEBVTT"))
    assert Cue.objects.count() == 3


def test_new_words_are_not_checked_whoever_checked_the_old(db: None) -> None:
    recording = make_recording()
    assert recording.transcript is not None
    services.mark_checked(transcript=recording.transcript)
    transcript = services.import_transcript(recording=recording, reading=read_transcript(WORDS))
    assert not transcript.is_checked
    assert transcript.checked_on is None


def test_a_change_is_announced_after_it_is_saved(
    db: None, django_capture_on_commit_callbacks: Any
) -> None:
    heard: list[int] = []

    def hear(sender: Any, recording_id: int, **kwargs: Any) -> None:
        heard.append(recording_id)

    recording = make_recording()
    assert recording.transcript is not None
    recording_changed.connect(hear)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            services.mark_checked(transcript=recording.transcript)
            services.mark_unchecked(transcript=recording.transcript)
            assert heard == []
        assert heard == [recording.pk, recording.pk]
    finally:
        recording_changed.disconnect(hear)


def test_a_deleted_recording_leaves_no_file(
    db: None, django_capture_on_commit_callbacks: Any
) -> None:
    recording = make_recording()
    files = [(item.file.storage, item.file.name) for item in recording.renditions.all()]
    with django_capture_on_commit_callbacks(execute=True):
        recording.delete()
    assert not any(storage.exists(name) for storage, name in files)


@pytest.mark.parametrize(
    ("url", "frame"),
    [
        (
            "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3",
            "youtube-nocookie.com/embed/dQw4w9WgXcQ",
        ),
        ("https://youtu.be/dQw4w9WgXcQ", "youtube-nocookie.com/embed/dQw4w9WgXcQ"),
        ("https://m.youtube.com/shorts/dQw4w9WgXcQ", "youtube-nocookie.com/embed/dQw4w9WgXcQ"),
        ("https://vimeo.com/123456789", "player.vimeo.com/video/123456789?dnt=1"),
        ("https://vimeo.com/channels/x/123456789", "player.vimeo.com/video/123456789?dnt=1"),
        ("https://player.vimeo.com/video/123456789", "player.vimeo.com/video/123456789?dnt=1"),
    ],
)
def test_addresses_of_hosted_videos_are_read_however_they_were_copied(url: str, frame: str) -> None:
    video = hosted_video(url)
    assert video is not None
    assert video.frame.endswith(frame)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://youtu.be/",
        "https://youtube.com/watch?v=<script>",
        "https://vimeo.com/abc",
        "https://vimeo.com.evil.example/123456789",
        "https://evil.example/youtube.com/watch?v=dQw4w9WgXcQ",
    ],
)
def test_other_addresses_are_no_hosted_videos(url: str) -> None:
    assert hosted_video(url) is None


def test_a_recording_says_what_it_is(db: None) -> None:
    recording = make_recording("Named")
    assert recording.transcript is not None
    assert str(recording) == "Named"
    assert str(recording.transcript) == "Named (en)"
    assert str(recording.transcript.cues.first()).startswith("People hear")
    assert reverse("media:recording", args=[recording.pk, 1, "x"]).startswith("/media/recordings/")
