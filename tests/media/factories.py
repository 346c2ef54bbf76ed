"""Recordings for tests: small real files, words in cues."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from django.contrib.auth.models import Group, User
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from PIL import Image

from core.groups import EDITORS, ORGANISERS
from media import access, services
from media.models import CustomImage, Recording, Rendition, Transcript
from media.reading import read_transcript

MP3 = b"ID3\x04\x00\x00\x00\x00\x00\x00" + bytes(range(256)) * 8
WEBM = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm" + bytes(range(256)) * 8
MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00" + bytes(range(256)) * 8
WORDS = """WEBVTT

00:00.000 --> 00:04.000
<v Vice principal>People hear the word routine and picture a cold room.

00:04.000 --> 00:09.500
<v Vice principal>I would like to argue the opposite.

00:10.000 --> 00:14.000
<v Teacher of science>And nor do I.
"""


def make_recording(title: str = "A talk", *, words: str = WORDS, **fields: Any) -> Recording:
    """A recording with a film, its sound and, unless `words` is empty, a transcript."""
    fields = {"duration_ms": 14_000, **fields}
    recording = Recording.objects.create(title=title, **fields)
    add_file(recording, "talk.webm", WEBM)
    add_file(recording, "talk.mp3", MP3)
    if words:
        add_words(recording, words)
    return recording


def add_file(recording: Recording, name: str, content: bytes) -> Rendition:
    rendition = Rendition(recording=recording, sort_order=recording.renditions.count())
    rendition.file.save(name, ContentFile(content), save=True)
    return rendition


def add_words(recording: Recording, words: str = WORDS) -> Transcript:
    return services.import_transcript(recording=recording, reading=read_transcript(words))


def make_picture(title: str = "A still", **fields: Any) -> CustomImage:
    out = BytesIO()
    Image.new("RGB", (1280, 720), "#e39a00").save(out, "PNG")
    file = ImageFile(BytesIO(out.getvalue()), name="still.png")
    return CustomImage.objects.create(title=title, description=title, file=file, **fields)


def make_user(name: str, *groups: str, **fields: Any) -> User:
    user = User.objects.create_user(name, f"{name}@example.org", "secret", **fields)
    user.groups.set(Group.objects.filter(name__in=groups))
    return user


def make_editor() -> User:
    return make_user("editor", EDITORS)


def make_organiser() -> User:
    return make_user("organiser", ORGANISERS)


@contextmanager
def shown_on_a_public_page(recording: Recording) -> Iterator[None]:
    """Stand in for an app that puts recordings on pages."""

    def find(recording_id: int) -> access.Use | None:
        return access.Use(title="The page", url="/page/") if recording_id == recording.pk else None

    access.register_use(find)
    try:
        yield
    finally:
        access.unregister_use(find)
