"""From the editor's button to captions: what an editor sees, and what becomes of trouble."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from media.hearing import process, ready, tasks
from media.models import GlossaryTerm, Job, Recording
from media.services import jobs
from media.signals import recording_changed
from tests.media.factories import (
    MP4,
    add_file,
    make_editor,
    make_organiser,
    make_recording,
    make_user,
)
from tests.speech import TALKS, clip, model_folder

STATE, ASK = "speech:state", "speech:hear"


@pytest.fixture
def editor(client: Client, db: None) -> User:
    user = make_editor()
    client.force_login(user)
    return user


@pytest.fixture
def model(settings: Any) -> None:
    settings.SPEECH_MODEL_DIR = model_folder()
    settings.SPEECH_THREADS = 1


def make_talk(name: str = "talk.mp3", content: bytes | None = None) -> Recording:
    recording = Recording.objects.create(title="Routines")
    add_file(recording, name, clip() if content is None else content)
    return recording


def ask(client: Client, recording: Recording) -> Job:
    response = client.post(reverse(ASK, args=[recording.pk]))
    assert response.status_code == 302
    assert response["Location"].endswith(f"/edit/{recording.pk}/#speech")
    return recording.jobs.get()


def panel(client: Client, recording: Recording) -> str:
    return client.get(reverse(STATE, args=[recording.pk])).content.decode()


def test_an_editor_asks_and_the_talk_is_written_down(
    client: Client, editor: User, model: None
) -> None:
    GlossaryTerm.objects.create(term="Winning back", heard_as="winning the room")
    recording = make_talk()
    assert "Write down what is said" in panel(client, recording)
    job = ask(client, recording)
    transcript = recording.transcript
    assert transcript is not None
    said = " ".join(cue.text for cue in transcript.cues.all()).replace("\n", " ")
    assert "working out whether today is safe" in said
    assert "winning the room back" in said
    assert any(
        cue.text[slice(*place)].replace("\n", " ").startswith("winning")
        for cue in transcript.cues.all()
        for place in cue.doubts
    )
    assert not transcript.is_checked
    assert transcript.revisions.get().origin == "heard"
    assert (job.state, job.percent, job.requested_by) == ("done", 100, editor)
    assert "words heard" in panel(client, recording)


def test_words_of_people_stay_and_the_new_ones_are_kept_beside_them(
    client: Client, editor: User, model: None
) -> None:
    recording = make_talk()
    brought = make_recording().transcript
    assert brought is not None
    brought.recording = recording
    brought.save()
    before = list(brought.cues.values_list("pk", "text"))
    asked = client.get(reverse(ASK, args=[recording.pk])).content.decode()
    assert "stay as they are" in asked
    job = ask(client, recording)
    brought.refresh_from_db()
    assert list(brought.cues.values_list("pk", "text")) == before
    assert [each.origin for each in brought.revisions.all()] == ["heard", "file"]
    assert "kept beside them" in job.note


@pytest.mark.parametrize(
    ("name", "content"),
    [("talk.mp4", MP4), ("talk.mp3", b"ID3\x04\x00\x00\x00\x00\x00\x00")],
)
def test_a_broken_file_fails_with_what_to_do_and_can_be_tried_again(
    client: Client, editor: User, model: None, name: str, content: bytes
) -> None:
    recording = make_talk(name, content)
    job = ask(client, recording)
    shown = panel(client, recording)
    assert job.state == "failed"
    assert "” could not be read" in job.note
    assert "upload it again" in shown
    assert "Try again" in shown
    recording.renditions.all().delete()
    add_file(recording, "mended.mp3", clip())
    client.post(reverse(ASK, args=[recording.pk]))
    assert [each.state for each in recording.jobs.all()] == ["done", "failed"]


def test_silence_is_told_apart_from_failure_of_the_machine(
    client: Client, editor: User, model: None
) -> None:
    silence = make_talk(
        "silence.wav",
        b"RIFF\x24\x7d\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x80\x3e\0\0"
        b"\0\x7d\0\0\2\0\x10\0data\0\x7d\0\0" + bytes(32_000),
    )
    job = ask(client, silence)
    assert job.note.startswith("No speech was heard in “silence")
    assert silence.transcript is None


def test_every_way_to_break_has_words_for_an_editor() -> None:
    kinds = {"no-package", "no-model", "no-sound", "unreadable", "memory", "stuck", "crashed"}
    assert set(tasks.REASONS) == kinds
    assert all(kind in (process.Broken.__doc__ or "") for kind in kinds)


def test_what_the_server_lacks_is_named(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SPEECH_MODEL_DIR = tmp_path
    assert ready.missing() == ready.BAD_MODEL
    settings.SPEECH_MODEL_DIR = None
    assert ready.missing() == ready.NO_MODEL
    monkeypatch.setattr(ready, "PACKAGE", "no_such_package")
    assert ready.missing() == ready.NO_PACKAGE


def test_a_server_that_cannot_listen_says_so_and_offers_no_button(
    client: Client, editor: User, settings: Any
) -> None:
    settings.SPEECH_MODEL_DIR = None
    recording = make_talk()
    shown = panel(client, recording)
    assert "has no speech model" in shown
    assert reverse(ASK, args=[recording.pk]) not in shown
    assert "has no speech model" in client.get(reverse(ASK, args=[recording.pk])).content.decode()
    client.post(reverse(ASK, args=[recording.pk]))
    assert not Job.objects.exists()


def test_a_model_that_goes_away_after_it_was_asked_for_fails_the_job(
    db: None, settings: Any
) -> None:
    settings.SPEECH_MODEL_DIR = None
    recording = make_talk()
    job = jobs.request_job(recording=recording, kind=Job.Kind.HEAR)
    job.refresh_from_db()
    assert (job.state, job.note) == ("failed", ready.NO_MODEL)


def test_a_recording_without_a_file_is_not_listened_to(
    client: Client, editor: User, model: None
) -> None:
    recording = Recording.objects.create(title="Nothing yet")
    assert "no file yet" in client.get(reverse(ASK, args=[recording.pk])).content.decode()
    client.post(reverse(ASK, args=[recording.pk]))
    assert not Job.objects.exists()
    job = jobs.request_job(recording=recording, kind=Job.Kind.HEAR)
    job.refresh_from_db()
    assert job.note == tasks.NO_FILE


@pytest.mark.parametrize("name", [ASK, STATE])
def test_only_those_who_may_change_the_recording_may_ask(
    client: Client, model: None, db: None, name: str
) -> None:
    url = reverse(name, args=[make_talk().pk])
    assert client.get(url).status_code == 302
    for user in (make_organiser(), make_user("nobody")):
        client.force_login(user)
        assert client.get(url).status_code in (302, 403)
        assert client.post(url).status_code in (302, 403, 405)
    assert not Job.objects.exists()
    client.force_login(make_editor())
    assert client.get(url).status_code == 200
    assert client.get(reverse(name, args=[99_999])).status_code == 404


def test_the_form_shows_how_far_it_is(client: Client, editor: User, model: None) -> None:
    recording = make_talk()
    Job.objects.create(
        recording=recording, kind="hear", state="running", percent=42, beat_at=timezone.now()
    )
    url = reverse("wagtailsnippets_media_recording:edit", args=[recording.pk])
    page = client.get(url).content.decode()
    assert 'value="42"' in page
    assert "js/speech.js" in page
    answer = client.get(reverse(STATE, args=[recording.pk]))
    assert "no-store" in answer["Cache-Control"]
    assert "data-speech-open" in answer.content.decode()
    asked = client.get(reverse(ASK, args=[recording.pk])).content.decode()
    assert "written down already" in asked
    client.post(reverse(ASK, args=[recording.pk]))
    assert recording.jobs.count() == 1


def test_only_one_recording_is_heard_at_a_time_and_the_next_one_waits(
    db: None, model: None, settings: Any
) -> None:
    queues = {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "long"]}
    settings.TASKS = {"default": queues}
    one, other = make_talk(), make_talk()
    busy = jobs.request_job(recording=one, kind=Job.Kind.HEAR)
    waiting = jobs.request_job(recording=other, kind=Job.Kind.HEAR)
    assert jobs.begin(busy.pk) is not None
    tasks.hear_recording.call(waiting.pk)
    before = waiting.task
    waiting.refresh_from_db()
    assert (waiting.state, waiting.note) == ("waiting", tasks.WAITS)
    assert waiting.attempts == 0
    assert waiting.task != before
    again = DBTaskResult.objects.get(pk=waiting.task)
    assert again.queue_name == "long"
    assert again.run_after > timezone.now()
    jobs.close(busy, Job.State.DONE, "")
    tasks.hear_recording.call(waiting.pk)
    waiting.refresh_from_db()
    assert waiting.state == "done"


def test_what_a_killed_worker_left_is_heard_anew(db: None, model: None) -> None:
    recording = make_talk()
    job = Job.objects.create(recording=recording, kind="hear", state="running", attempts=1)
    tasks.hear_recording.call(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("done", 2)
    tasks.hear_recording.call(job.pk)
    assert recording.jobs.get().attempts == 2


def announce(recording: Recording) -> None:
    recording_changed.send(sender=Recording, recording_id=recording.pk)


def test_where_the_server_is_set_so_new_recordings_are_heard_by_themselves(
    db: None, model: None, settings: Any
) -> None:
    recording = make_talk()
    announce(recording)  # its files were not looked at yet
    Recording.objects.update(state=Recording.State.READY)
    settings.SPEECH_AT_UPLOAD = False
    announce(recording)
    assert not Job.objects.exists()
    settings.SPEECH_AT_UPLOAD = True
    announce(recording)
    announce(recording)
    assert recording.jobs.get().state == "done"
    assert recording.transcript is not None


def test_nothing_is_heard_by_itself_where_there_are_words_or_it_failed_before(
    db: None, model: None, settings: Any
) -> None:
    settings.SPEECH_AT_UPLOAD = True
    with_words = make_recording(state=Recording.State.READY)
    failed = make_talk()
    Recording.objects.update(state=Recording.State.READY)
    Job.objects.create(recording=failed, kind="hear", state="failed")
    announce(with_words)
    announce(failed)
    recording_changed.send(sender=Recording, recording_id=99_999)
    assert Job.objects.count() == 1


def test_hints_are_sentences_and_few() -> None:
    assert tasks.hints(["Pupil Premium", "Oracy"]) == "Pupil Premium. Oracy."
    assert tasks.hints([]) == ""
    assert len(tasks.hints([f"A term of the trust {n}" for n in range(100)])) <= tasks.HINT_LETTERS


def test_a_file_that_breaks_off_is_said_to(client: Client, editor: User, model: None) -> None:
    whole = (TALKS / "classroom-routines-and-joy/talk.mp3").read_bytes()
    recording = make_talk("cut.mp3", whole[:90_000])
    job = ask(client, recording)
    assert "could be read: the file may be broken" in job.note


def test_the_number_of_running_hearings_is_a_rule_of_the_database(db: None) -> None:
    Job.objects.create(recording=make_talk(), kind="hear", state="running")
    second = Job(recording=make_talk(), kind="hear", state="running")
    with pytest.raises(ValidationError, match="one_hearing_at_a_time"):
        second.validate_constraints()


def test_the_list_says_that_words_are_being_written_down(client: Client, editor: User) -> None:
    recording = make_talk()
    Job.objects.create(recording=recording, kind="hear", state="running")
    listed = client.get("/admin/snippets/media/recording/").content.decode()
    assert "Being written down" in listed
    Job.objects.update(state="failed")
    listed = client.get("/admin/snippets/media/recording/").content.decode()
    assert "Being written down" not in listed


def test_the_panel_leads_to_the_words_that_were_heard(client: Client, editor: User) -> None:
    recording = make_recording()
    transcript = recording.transcript
    assert transcript is not None
    assert reverse("editor:lines", args=[transcript.pk]) in panel(client, recording)
