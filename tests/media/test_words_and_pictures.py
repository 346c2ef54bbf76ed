"""Captions, transcripts to keep, and pictures."""

import io
from pathlib import Path

import docx
import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from tests.media.factories import make_picture, make_recording, shown_on_a_public_page


def fetch(client: Client, form: str, **headers: str) -> tuple[bytes, dict[str, str]]:
    recording = make_recording("For editors")
    assert recording.transcript is not None
    with shown_on_a_public_page(recording):
        response = client.get(
            reverse("media:captions", args=[recording.transcript.pk, form]), headers=headers
        )
    return response.content, dict(response.headers)


def test_captions_are_webvtt_shown_by_the_browser(client: Client, db: None) -> None:
    content, headers = fetch(client, "vtt")
    assert content.startswith(b"WEBVTT\n\nNOTE http://testserver/page/\n\n00:00:00.000 --> ")
    assert b"<v Teacher of science>And nor do I." in content
    assert headers["Content-Type"] == "text/vtt; charset=utf-8"
    assert headers["Content-Disposition"] == 'inline; filename="the-page.vtt"'


@pytest.mark.parametrize(
    ("form", "start"), [("srt", b"1\n00:00:00,000 --> "), ("txt", b"The page\nhttp://testserver")]
)
def test_words_to_keep_are_named_for_the_page(
    client: Client, db: None, form: str, start: bytes
) -> None:
    content, headers = fetch(client, form)
    assert content.startswith(start)
    assert headers["Content-Disposition"] == f'attachment; filename="the-page.{form}"'


def test_the_word_document_holds_title_speakers_words_and_source(client: Client, db: None) -> None:
    content, _ = fetch(client, "docx")
    paragraphs = [item.text for item in docx.Document(io.BytesIO(content)).paragraphs]
    assert paragraphs[0] == "The page"
    assert paragraphs[2] == "Teacher of science: And nor do I."
    assert paragraphs[-1] == "http://testserver/page/"


def test_words_that_have_not_changed_are_not_sent_again(client: Client, db: None) -> None:
    recording = make_recording()
    assert recording.transcript is not None
    address = reverse("media:captions", args=[recording.transcript.pk, "vtt"])
    with shown_on_a_public_page(recording):
        etag = client.get(address)["ETag"]
        assert client.get(address, headers={"if-none-match": etag}).status_code == 304
        cue = recording.transcript.cues.get(text__contains="opposite")
        cue.text = "Something else."
        cue.save()
        assert client.get(address, headers={"if-none-match": etag}).status_code == 200


@pytest.mark.parametrize("form", ["exe", "VTT", "vtt.vtt", "💿"])
def test_a_form_that_there_is_not_is_not_found(client: Client, db: None, form: str) -> None:
    recording = make_recording()
    assert recording.transcript is not None
    with shown_on_a_public_page(recording):
        response = client.get(f"/media/captions/{recording.transcript.pk}.{form}")
    assert response.status_code == 404


def test_a_picture_as_made_for_pages_is_kept_for_a_year(client: Client, db: None) -> None:
    rendition = make_picture().get_rendition("width-200")
    response = client.get(rendition.url)
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"


def test_originals_and_documents_have_no_public_address(client: Client, db: None) -> None:
    picture = make_picture()
    saved = default_storage.save("documents/plan.pdf", ContentFile(b"%PDF-1.7"))
    for name in (picture.file.name, saved, f"images/../{picture.file.name}"):
        assert client.get(f"/media/{name}").status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "../secret.png",
        "..%2fsecret.png",
        "%2e%2e/secret.png",
        "a/../../secret.png",
        "/etc/secret.png",
        "..\\secret.png",
        "secret.png/",
        "sub/secret.png",
        "secret.html",
        "secret",
        "",
        ".",
        "..",
        "x" * 5000 + ".png",
        "\U0001f600.png",
        "a\nb.png",
        "missing.png",
    ],
)
def test_no_path_leads_out_of_the_pictures(client: Client, db: None, name: str) -> None:
    for folder in ("", "images/sub"):
        place = Path(settings.MEDIA_ROOT) / folder
        place.mkdir(parents=True, exist_ok=True)
        for file in ("secret.png", "secret.html", "secret"):
            (place / file).write_bytes(b"secret")
    assert client.get(f"/media/images/{name}").status_code == 404
