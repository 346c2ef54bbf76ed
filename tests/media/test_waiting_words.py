"""Words with a slip in them wait in the box, and nothing that came with them is lost."""

from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from media import services
from media.models import Recording, TranscriptRevision, WordsDraft
from media.reading import read_transcript
from tests.media.factories import WORDS, make_editor, make_organiser, make_recording, make_user
from tests.media.test_recording_admin import ADD, EDIT, caption_file, change, film, form

BROKEN = WORDS.replace("00:10.000 --> 00:14.000", "00:10.000 --> 00:99.000")
Origin, State = TranscriptRevision.Origin, WordsDraft.State


@pytest.fixture
def editor(db: None, client: Client) -> User:
    user = make_editor()
    client.force_login(user)
    return user


def edit_url(recording: Recording) -> str:
    return reverse(EDIT, args=[recording.pk])


def told(response: Any) -> str:
    return unescape(" ".join(str(message) for message in get_messages(response.wsgi_request)))


def page_of(client: Client, recording: Recording) -> str:
    return " ".join(client.get(edit_url(recording)).content.decode().split())


def box(client: Client, recording: Recording) -> dict[str, str]:
    """What a browser would send back of the words, if nothing were typed."""
    shown = client.get(edit_url(recording)).context["form"]
    return {name: shown.initial[name] or "" for name in ("words", "words_mark")}


def words_of(recording: Recording) -> list[str]:
    transcript = recording.transcripts.get()
    return [cue.text for cue in transcript.cues.all()]


def test_a_slip_in_the_captions_of_a_new_recording_loses_no_film(
    client: Client, editor: User
) -> None:
    sent = form(film(), film(), captions=caption_file(BROKEN), checked="on")
    response = client.post(reverse(ADD), sent)
    recording = Recording.objects.get()
    assert response["Location"] == edit_url(recording)
    assert recording.renditions.count() == 2
    assert not recording.transcripts.exists()
    assert "wait in the box" in told(response)


def test_the_box_shows_the_words_that_wait_with_line_quote_and_what_to_do(
    client: Client, editor: User
) -> None:
    client.post(reverse(ADD), form(film(), captions=caption_file(BROKEN)))
    for _visit in range(2):
        page = page_of(client, Recording.objects.get())
        assert "1 place must be mended" in page
        assert 'data-words-line="9"' in page
        assert "Minutes and seconds go up to 59" in page
        assert "00:10.000 --&gt; 00:99.000</q>" in page
        assert "&lt;v Teacher of science&gt;And nor do I." in page
        assert "talk.vtt" in page
        assert page.count('id="id_words_mark"') == page.count('id="id_waiting_0"') == 1


def test_mended_words_are_taken_and_wait_no_longer(client: Client, editor: User) -> None:
    client.post(reverse(ADD), form(film(), captions=caption_file(BROKEN)))
    recording = Recording.objects.get()
    shown = box(client, recording)
    mended = shown["words"].replace("00:99.000", "00:14.000").replace("\n", "\r\n")
    response = client.post(edit_url(recording), change(recording, **shown | {"words": mended}))
    assert response["Location"] == reverse("wagtailsnippets_media_recording:list")
    assert len(words_of(recording)) == 3
    assert services.waiting_draft(recording) is None
    assert WordsDraft.objects.get().state == State.TAKEN


def test_a_slip_typed_into_the_box_waits_while_readers_keep_their_words(
    client: Client, editor: User
) -> None:
    recording = make_recording()
    before = words_of(recording)
    shown = box(client, recording)
    typed = shown["words"].replace("-->", "--", 1).replace("opposite", "contrary")
    response = client.post(
        edit_url(recording),
        change(recording, **shown | {"words": typed}, checked="") | {"title": "Renamed"},
    )
    recording.refresh_from_db()
    assert recording.title == "Renamed"
    assert response["Location"] == edit_url(recording)
    assert words_of(recording) == before
    assert "contrary" in box(client, recording)["words"]


def test_words_that_wait_go_on_waiting_when_something_else_is_saved(
    client: Client, editor: User
) -> None:
    recording = make_recording()
    services.keep_draft(recording=recording, text=BROKEN)
    response = client.post(edit_url(recording), change(recording, **box(client, recording)))
    assert response.status_code == 302
    assert "still wait" in told(response)
    assert [draft.text for draft in WordsDraft.objects.all()] == [BROKEN]


@pytest.mark.parametrize("by", ["choice", "empty box"])
def test_words_that_wait_can_be_set_aside_and_fetched_again(
    client: Client, editor: User, by: str
) -> None:
    recording = make_recording()
    draft = services.keep_draft(recording=recording, text=BROKEN, source="talk.vtt", user=editor)
    shown = box(client, recording) | ({"waiting": "aside"} if by == "choice" else {"words": " "})
    client.post(edit_url(recording), change(recording, **shown))
    assert services.waiting_draft(recording) is None
    assert len(words_of(recording)) == 3
    fetch = reverse("media_words", args=[draft.pk])
    assert fetch in client.get(edit_url(recording)).content.decode()
    assert client.get(fetch).content.decode() == BROKEN


def test_words_of_others_that_were_set_aside_are_for_editors_only(client: Client, db: None) -> None:
    draft = services.keep_draft(recording=make_recording(), text=BROKEN)
    url = reverse("media_words", args=[draft.pk])
    assert client.get(url).status_code == 302
    for user in (make_organiser(), make_user("nobody")):
        client.force_login(user)
        assert client.get(url).status_code in (302, 404)
    client.force_login(make_editor())
    assert client.get(url)["Cache-Control"].startswith("private, no-store")


def test_a_second_faulty_file_replaces_the_first_in_the_box_and_both_are_kept(
    client: Client, editor: User
) -> None:
    recording = make_recording(words="")
    for text in (BROKEN, BROKEN.replace("argue", "claim")):
        sent = change(recording, **box(client, recording), captions=caption_file(text))
        client.post(edit_url(recording), sent)
    states = {draft.state: draft.text for draft in WordsDraft.objects.all()}
    assert states[State.REPLACED] == BROKEN
    assert "claim" in states[State.WAITING]


def test_words_typed_while_a_file_is_sent_are_kept_in_the_history(
    client: Client, editor: User
) -> None:
    recording = make_recording()
    shown = box(client, recording)
    typed = shown["words"].replace("opposite", "contrary")
    sent = change(recording, **shown | {"words": typed}, captions=caption_file(WORDS))
    client.post(edit_url(recording), sent)
    origins = [r.origin for r in TranscriptRevision.objects.order_by("number")]
    assert origins == [Origin.FILE, Origin.EDITED, Origin.FILE]
    assert "contrary" in str(TranscriptRevision.objects.get(origin=Origin.EDITED).rows)
    assert "opposite" in " ".join(words_of(recording))


def test_a_form_left_open_does_not_take_back_what_others_corrected_since(
    client: Client, editor: User
) -> None:
    recording = make_recording()
    shown = box(client, recording)
    newer = read_transcript(WORDS.replace("opposite", "contrary"))
    services.import_transcript(recording=recording, reading=newer)
    client.post(edit_url(recording), change(recording, **shown) | {"title": "Renamed"})
    assert "contrary" in " ".join(words_of(recording))


def test_two_who_change_the_words_at_once_are_told_and_neither_loses_any(
    client: Client, editor: User
) -> None:
    recording = make_recording()
    shown = box(client, recording)
    newer = read_transcript(WORDS.replace("opposite", "contrary"))
    services.import_transcript(recording=recording, reading=newer)
    typed = shown | {"words": shown["words"].replace("opposite", "reverse")}
    response = client.post(edit_url(recording), change(recording, **typed))
    assert "Somebody else changed the words" in told(response)
    assert "contrary" in " ".join(words_of(recording))
    waiting = box(client, recording)
    assert "reverse" in waiting["words"]
    client.post(edit_url(recording), change(recording, **waiting))
    assert "contrary" in " ".join(words_of(recording))
    client.post(edit_url(recording), change(recording, **waiting, waiting="take"))
    assert "reverse" in " ".join(words_of(recording))
    assert services.waiting_draft(recording) is None


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"%PDF-1.7 ...", "plan.pdf", "This is a PDF"),
        (b"", "talk.vtt", "The file is empty"),
        (b"x" * 10_000_001, "talk.vtt", "too big to be a transcript"),
        (b"<!DOCTYPE html><p>Sign in", "talk.vtt", "This is a web page"),
    ],
)
def test_a_file_of_another_kind_is_named_and_the_films_are_saved(
    client: Client, editor: User, content: bytes, name: str, words: str
) -> None:
    sent = form(film(), captions=SimpleUploadedFile(name, content))
    response = client.post(reverse(ADD), sent)
    recording = Recording.objects.get()
    assert response["Location"] == edit_url(recording)
    assert f"“{name}” was not read. " in told(response)
    assert words in told(response)
    assert not WordsDraft.objects.exists()


def test_another_slip_in_the_form_keeps_the_words_of_the_file_in_the_box(
    client: Client, editor: User
) -> None:
    sent = form(film(), captions=caption_file(WORDS), embed_url="https://example.org/")
    response = client.post(reverse(ADD), sent)
    assert response.status_code == 200
    assert "People hear the word routine" in response.content.decode()


def test_words_cannot_be_wiped_by_accident(client: Client, editor: User) -> None:
    recording = make_recording()
    sent = change(recording, **box(client, recording) | {"words": " "})
    response = client.post(edit_url(recording), sent)
    assert "cannot be taken away" in told(response)
    assert len(words_of(recording)) == 3


def test_nobody_can_have_checked_words_that_are_not_there(client: Client, editor: User) -> None:
    response = client.post(reverse(ADD), form(film(), checked="on"))
    assert "no words yet" in told(response)


def test_words_that_wait_do_not_make_the_old_ones_checked(client: Client, editor: User) -> None:
    recording = make_recording()
    sent = change(recording, **box(client, recording), captions=caption_file(BROKEN), checked="on")
    client.post(edit_url(recording), sent)
    assert not recording.transcripts.get().is_checked


def test_what_was_mended_in_a_file_is_told(client: Client, editor: User) -> None:
    typed = WORDS.replace("-->", "->", 1)
    response = client.post(reverse(ADD), form(film(), captions=caption_file(typed)))
    assert "Line 3, “00:00.000 -> 00:04.000”: “->” is read as the arrow" in told(response)
    assert len(words_of(Recording.objects.get())) == 3


def test_a_form_without_the_mark_of_its_words_still_knows_what_was_changed(
    client: Client, editor: User
) -> None:
    recording = make_recording()
    words = box(client, recording)["words"]
    client.post(edit_url(recording), change(recording, words=words))
    assert TranscriptRevision.objects.count() == 1
    client.post(edit_url(recording), change(recording, words=words.replace("cold", "warm")))
    assert TranscriptRevision.objects.count() == 2


def test_a_film_without_a_title_is_kept_by_the_name_of_its_file(
    client: Client, editor: User
) -> None:
    response = client.post(reverse(ADD), form(film(), title=" "))
    assert Recording.objects.get().title == "talk"
    assert "no title" in told(response)


@pytest.mark.parametrize("is_new", [True, False])
def test_without_a_film_a_title_must_be_given(client: Client, editor: User, is_new: bool) -> None:
    if is_new:
        response = client.post(reverse(ADD), form(title=""))
    else:
        recording = make_recording()
        response = client.post(edit_url(recording), change(recording) | {"title": ""})
    assert response.status_code == 200
    assert "title" in response.context["form"].errors


def test_many_slips_are_counted_and_the_first_shown(client: Client, editor: User) -> None:
    text = "\n\n".join(["x --> y"] * 30)
    client.post(reverse(ADD), form(film(), captions=caption_file(text)))
    page = page_of(client, Recording.objects.get())
    assert "30 places must be mended" in page
    assert "and 10 more" in page
