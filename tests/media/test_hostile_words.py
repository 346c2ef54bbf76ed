"""Words and titles as no friend would write them: every download is still what it says it is."""

import zipfile
from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from media.cues import SpokenCue
from media.downloads import FORMS, render
from media.models import Cue, Recording
from media.reading import read_text
from media.writers import subrip, webvtt
from tests.media.factories import make_editor, make_recording

# What databases and Python can hold, but XML, and so a Word document, cannot.
NO_XML = ("\ufffe", "\uffff", "\x01", "\x0b", "\x1f")


@pytest.fixture
def editor(db: None, client: Client) -> User:
    user = make_editor()
    client.force_login(user)
    return user


def fetch(client: Client, recording: Recording, form: str, **headers: str) -> Any:
    assert recording.transcript is not None
    return client.get(
        reverse("media:captions", args=[recording.transcript.pk, form]), headers=headers
    )


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("letter", NO_XML)
def test_letters_that_xml_cannot_hold_break_no_download(
    client: Client, editor: User, form: str, letter: str
) -> None:
    recording = make_recording(f"A{letter}talk")
    Cue.objects.update(text=f"Good{letter} morning", speaker=f"Te{letter}acher")
    answer = fetch(client, recording, form)
    assert answer.status_code == 200
    if form == "docx":
        with zipfile.ZipFile(BytesIO(answer.content)) as folder:
            words = folder.read("word/document.xml").decode()
        assert "Atalk" in words
        assert "Good morning" in words


@pytest.mark.parametrize("write", [subrip, webvtt])
@pytest.mark.parametrize(
    "text",
    [
        "a\n2\n00:00:05,000 --> 00:00:06,000\nb",
        "00:00:05,000 --> 00:00:06,000",
        "-->",
        "NOTE\nb",
        "STYLE\n::cue { color: red }",
        "\n\nWEBVTT\n\n00:01.000 --> 00:02.000\nb",
        "a\u20282\u202800:00:05,000 --> 00:00:06,000\u2028b",
    ],
)
def test_words_never_become_a_cue_of_their_own(write: Any, text: str) -> None:
    cues = [
        SpokenCue(start_ms=0, end_ms=1000, speaker="A --> B", text=text),
        SpokenCue(start_ms=1000, end_ms=2000, speaker="A --> B", text="The next."),
    ]
    found = read_text(write(cues)).cues
    assert [(cue.start_ms, cue.end_ms) for cue in found] == [(0, 1000), (1000, 2000)]


@pytest.mark.parametrize("title", ["معلم", "😀", '"; x="', "a\r\nSet-Cookie: a=b"])
def test_a_title_makes_no_header_of_its_own(client: Client, editor: User, title: str) -> None:
    answer = fetch(client, make_recording(title), "srt")
    named = answer["Content-Disposition"].removeprefix('attachment; filename="')
    assert named.removesuffix('.srt"').replace("-", "").isalnum()
    assert "Set-Cookie" not in answer


def test_whoever_has_the_words_already_makes_us_write_none(client: Client, editor: User) -> None:
    recording = make_recording()
    first = fetch(client, recording, "docx")
    again = fetch(client, recording, "docx", **{"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert again["Cache-Control"] == first["Cache-Control"]


def test_a_word_document_is_written_once_for_every_state(db: None) -> None:
    transcript = make_recording().transcript
    assert transcript is not None

    def document() -> bytes:
        return render(transcript, "docx", title="A talk", source="").content()

    first = document()
    assert document() == first
    transcript.cues.update(text="Other words.")
    with zipfile.ZipFile(BytesIO(document())) as folder:
        assert b"Other words." in folder.read("word/document.xml")


def test_all_forms_cost_the_same_queries(client: Client, editor: User) -> None:
    recording, counts = make_recording(), set()
    for form in FORMS:
        with CaptureQueriesContext(connection) as found:
            assert fetch(client, recording, form).status_code == 200
        counts.add(len(found))
    assert len(counts) == 1
