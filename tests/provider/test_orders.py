"""A recording goes to AssemblyAI and comes back as words; whatever happens, nothing is lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail_transcription.models import Transcription

from media import services
from media.cues import SpokenCue
from media.models import GlossaryTerm, Job, Order, TranscriptRevision
from media.provider import client, orders, tasks
from media.services import jobs
from tests.media.factories import MP3, add_words, make_recording, make_user
from tests.provider.steps import ask, fresh, run, waiting, words_of, work
from tests.provider.stub import DELETED, Stub, words

PROVIDER = TranscriptRevision.Origin.PROVIDER
FETCH, SUBMIT, UPLOAD = "GET /v2/transcript", "POST /v2/transcript", "POST /v2/upload"
DELETE = "DELETE /v2/transcript"


def done(job: Job) -> Job:
    work()
    return fresh(job)


def test_the_sound_goes_up_and_comes_back_as_words_with_speakers(account: Stub) -> None:
    job = done(ask())
    assert job.state == Job.State.DONE
    assert "not checked yet" in job.note
    speaker, text = words_of(job.recording)[0]
    assert speaker == "Speaker A"
    assert " ".join(text.split()) == "People hear the word routine and picture a cold room."
    assert {speaker for speaker, _ in words_of(job.recording)} == {"Speaker A", "Speaker B"}


def test_what_they_were_not_sure_of_is_marked(account: Stub) -> None:
    job = done(ask())
    transcript = job.recording.transcript
    assert transcript is not None
    marked = [cue.text[first:last] for cue in transcript.cues.all() for first, last in cue.doubts]
    assert marked == ["cold", "pupil"]


def test_the_sound_alone_is_sent_where_there_is_one(account: Stub) -> None:
    ask()
    account.misbehave(FETCH, "500")
    work(ahead=timedelta())
    assert list(account.uploads.values()) == [MP3]


def test_the_order_asks_for_what_their_api_needs_today(account: Stub, settings: Any) -> None:
    GlossaryTerm.objects.create(term="Pupil Premium")
    GlossaryTerm.objects.create(term="far more than the six words they take")
    done(ask())
    (order,) = account.orders
    assert order["speech_models"] == ["universal-3-5-pro", "universal-2"]
    assert order["keyterms_prompt"] == ["Pupil Premium"]
    assert order["speaker_labels"] is True
    assert order["language_code"] == "en"
    assert "webhook_url" not in order
    assert "word_boost" not in order


def test_their_copy_is_deleted_when_the_words_are_here(account: Stub) -> None:
    job = done(ask())
    assert account.transcripts[job.reference]["text"] == DELETED
    assert account.uploads == {}
    assert Order.objects.get().deleted_there_at is not None


def test_their_copy_stays_if_the_operator_wants_it(account: Stub, settings: Any) -> None:
    settings.ASSEMBLYAI_DELETE = False
    job = done(ask())
    assert account.transcripts[job.reference]["text"] != DELETED
    assert account.calls[DELETE] == 0


def test_deleting_there_is_tried_until_it_works(account: Stub) -> None:
    account.misbehave(DELETE, "500", 3)
    job = done(ask())
    assert account.transcripts[job.reference]["text"] == DELETED
    assert account.calls[DELETE] == 4


def test_what_cannot_be_deleted_there_is_said(account: Stub) -> None:
    account.misbehave(DELETE, "500", tasks.DELETE_TRIES)
    job = done(ask())
    assert job.state == Job.State.DONE
    assert "could not be deleted there" in job.note


def test_a_recording_that_is_deleted_here_is_deleted_there(
    account: Stub, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    job = ask()
    account.looks_until_done = 99
    work(ahead=timedelta())
    with django_capture_on_commit_callbacks(execute=True):
        job.recording.delete()
    work(ahead=timedelta())
    assert account.calls[DELETE] == 1
    assert account.uploads == {}


def test_their_text_is_kept_as_a_document_of_the_package(account: Stub) -> None:
    job = done(ask())
    kept = Transcription.objects.get()
    kept.full_clean()
    assert kept.video_id == orders.handle_of(job.recording)
    assert (kept.completed, kept.verified) == (True, False)
    assert kept.file_size > 1000


def test_the_newest_document_takes_the_place_of_the_old(
    account: Stub, django_capture_on_commit_callbacks: Any
) -> None:
    recording = make_recording(words="")
    done(ask(recording))
    first = Transcription.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        done(ask(recording))
    second = Transcription.objects.get()
    assert second.file.name != first.file.name
    assert not second.file.storage.exists(first.file.name)


def test_the_document_goes_with_its_recording(
    account: Stub, django_capture_on_commit_callbacks: Any
) -> None:
    job = done(ask())
    file = Transcription.objects.get().file
    with django_capture_on_commit_callbacks(execute=True):
        job.recording.delete()
    assert not Transcription.objects.exists()
    assert not file.storage.exists(file.name)


def test_an_administrator_can_look_at_the_documents(account: Stub, client: Client) -> None:
    done(ask())
    client.force_login(make_user("chief", is_superuser=True, is_staff=True))
    name = "wagtailsnippets_wagtail_transcription_transcription"
    for url in (
        reverse(f"{name}:list"),
        reverse(f"{name}:edit", args=[Transcription.objects.get().pk]),
    ):
        assert client.get(url).status_code == 200


def test_peoples_corrections_survive(account: Stub) -> None:
    recording = make_recording()
    before = words_of(recording)
    job = done(ask(recording))
    assert words_of(recording) == before
    assert "does not replace" in job.note
    newest = TranscriptRevision.objects.first()
    assert newest is not None
    assert newest.origin == PROVIDER
    assert f"revision {newest.number}" in job.note


def test_words_of_a_machine_are_replaced_by_those_of_a_better_one(account: Stub) -> None:
    recording = make_recording(words="")
    cues = [SpokenCue(start_ms=0, end_ms=900, text="Pebbles here the world.")]
    services.propose_transcript(recording=recording, cues=cues, origin="heard")
    done(ask(recording))
    assert words_of(recording)[0][1].startswith("People hear the word")


# They misbehave.


@pytest.mark.parametrize("how", ["500", "503", "429", "garbage", "list", "disconnect", "cut"])
@pytest.mark.parametrize("call", [UPLOAD, SUBMIT, FETCH])
def test_trouble_that_passes_only_takes_longer(account: Stub, call: str, how: str) -> None:
    account.misbehave(call, how, 2)
    job = done(ask())
    assert job.state == Job.State.DONE
    assert words_of(job.recording)


def test_an_answer_that_does_not_come_is_not_waited_for_long(
    account: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(orders, "make_client", lambda: client.Client("key", account.url, 0.1))
    monkeypatch.setattr(client, "UPLOAD_S", 0.1)
    account.misbehave(UPLOAD, "slow")
    job = ask()
    work(steps=1)
    assert fresh(job).state == Job.State.RUNNING
    assert "cannot be reached. Tried again at" in fresh(job).note


def test_while_they_are_away_the_editor_reads_when_they_are_asked_again(account: Stub) -> None:
    account.misbehave(FETCH, "500", 50)
    job = ask()
    work(steps=3)
    job = fresh(job)
    assert job.state == Job.State.RUNNING
    assert "in trouble (it answered 500). It is asked again at" in job.note
    assert "nothing is lost" in job.note


def test_a_server_that_never_answers_ends_in_plain_words_and_nothing_was_ordered(
    account: Stub,
) -> None:
    account.misbehave(UPLOAD, "500", 50)
    recording = make_recording()
    before = words_of(recording)
    job = done(ask(recording))
    assert (job.state, job.note) == (Job.State.FAILED, tasks.NOT_SENT)
    assert account.calls[UPLOAD] == tasks.SEND_TRIES
    assert account.orders == []
    assert words_of(recording) == before
    account.behaviour.clear()
    assert done(jobs.retry_job(job=job)).state == Job.State.DONE


def test_words_that_never_come_end_in_plain_words_and_are_not_paid_twice(account: Stub) -> None:
    account.looks_until_done = 10_000
    job = ask()
    work(steps=3)
    Order.objects.update(sent_at=timezone.now() - timedelta(hours=13))
    job = done(job)
    assert (job.state, job.note) == (Job.State.FAILED, tasks.NEVER)
    account.looks_until_done = 0
    again = done(jobs.retry_job(job=job))
    assert again.state == Job.State.DONE
    assert len(account.orders) == 1
    assert account.calls[UPLOAD] == 1


def test_asking_takes_longer_each_time_up_to_ten_minutes() -> None:
    waits = [tasks.waiting(tries) for tries in range(30)]
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (timedelta(seconds=15), timedelta(minutes=10))


@pytest.mark.parametrize("call", [UPLOAD, SUBMIT, FETCH])
@pytest.mark.parametrize("status", ["401", "403"])
def test_a_key_that_is_not_accepted_is_a_matter_for_the_operator(
    account: Stub, call: str, status: str
) -> None:
    account.misbehave(call, status)
    job = done(ask())
    assert job.state == Job.State.FAILED
    assert "does not accept this site’s key" in job.note
    assert "ASSEMBLYAI_API_KEY" in job.note
    assert done(jobs.retry_job(job=job)).state == Job.State.DONE


def test_the_wrong_key_is_refused_by_the_stub_too(account: Stub, settings: Any) -> None:
    settings.ASSEMBLYAI_API_KEY = "another"
    assert "does not accept" in done(ask()).note


def test_a_retired_model_is_said_in_their_words(account: Stub, settings: Any) -> None:
    settings.ASSEMBLYAI_MODELS = ["universal-3-pro"]
    job = done(ask())
    assert job.state == Job.State.FAILED
    assert "have been deprecated" in job.note
    settings.ASSEMBLYAI_MODELS = ["universal-2"]
    assert done(jobs.retry_job(job=job)).state == Job.State.DONE


def test_their_own_failure_is_said_in_their_words_and_a_retry_orders_anew(account: Stub) -> None:
    account.error = "Transcoding failed.\x00\u202e File does not appear to contain audio."
    recording = make_recording()
    before = words_of(recording)
    job = done(ask(recording))
    assert job.state == Job.State.FAILED
    assert "It says: “Transcoding failed. File does not appear to contain audio.”" in job.note
    assert words_of(recording) == before
    account.error = ""
    assert done(jobs.retry_job(job=job)).state == Job.State.DONE
    assert len(account.orders) == 2


@pytest.mark.parametrize(
    "said",
    [
        "words",
        [{"text": "no times"}],
        [{"text": "x", "start": -5, "end": 1, "confidence": 1}],
        [{"text": "x", "start": "nan", "end": 1, "confidence": 1}],
        [{"text": "x", "start": 1e300, "end": 1e300, "confidence": 1}],
        [{"text": ["x"], "start": 1, "end": 2, "confidence": 1}],
        [7],
    ],
)
def test_words_of_a_strange_shape_change_nothing(account: Stub, said: Any) -> None:
    recording = make_recording()
    before = words_of(recording)
    job = ask(recording)
    work(steps=1)
    reference = Order.objects.get().reference
    account.transcripts[reference] |= {"status": "completed", "words": said}
    job = done(job)
    assert (job.state, job.note) == (Job.State.FAILED, orders.STRANGE)
    assert words_of(recording) == before
    account.said = words(("A", "Better now."))
    assert done(jobs.retry_job(job=job)).state == Job.State.DONE


def test_silence_is_said(account: Stub) -> None:
    account.said = []
    job = done(ask())
    assert (job.state, job.note) == (Job.State.FAILED, orders.SILENT)


def test_markup_and_control_letters_in_words_stay_words(account: Stub) -> None:
    account.said = words(("<b>", "<script>alert(1)</script> a\x00b"))
    job = done(ask())
    assert job.state == Job.State.DONE
    ((speaker, text),) = words_of(job.recording)
    assert speaker == "Speaker b"
    assert "\x00" not in text
    assert "<script>" in text


def test_an_order_that_is_gone_there_can_be_made_anew(account: Stub) -> None:
    job = ask()
    work(steps=1)
    account.transcripts.clear()
    job = done(job)
    assert job.state == Job.State.FAILED
    assert "no such transcript any more" in job.note
    assert done(jobs.retry_job(job=job)).state == Job.State.DONE


def test_a_recording_without_a_file_says_so(account: Stub) -> None:
    recording = make_recording(words="")
    recording.renditions.all().delete()
    job = done(ask(recording))
    assert job.state == Job.State.FAILED
    assert "no file to be heard" in job.note


def test_an_account_that_is_taken_away_meanwhile_says_so(account: Stub, settings: Any) -> None:
    job = ask()
    settings.ASSEMBLYAI_API_KEY = ""
    assert done(job).note == tasks.OFF


def test_the_key_follows_no_redirection(account: Stub) -> None:
    account.misbehave(FETCH, "moved", 1)
    assert done(ask()).state == Job.State.DONE


def test_a_killed_worker_is_not_noticed_by_anybody(account: Stub) -> None:
    """Every step is done twice, as the reaper does it after a kill at the worst moment."""
    job = ask()
    for _ in range(20):
        for each in waiting():
            run(each)
            run(each)
    job = fresh(job)
    assert job.state == Job.State.DONE
    assert len(account.orders) == 1
    assert TranscriptRevision.objects.count() == 1


def test_what_nobody_foresaw_is_told_in_plain_words(
    account: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = ask()
    work(steps=1)
    monkeypatch.setattr(orders, "read", lambda answer: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        work()
    assert fresh(job).note == jobs.UNEXPECTED


def test_while_a_job_is_open_the_queue_holds_a_task_of_it(account: Stub) -> None:
    account.looks_until_done = 10_000
    job = ask()
    for _ in range(6):
        work(steps=1)
        job = fresh(job)
        assert job.state == Job.State.RUNNING
        (task,) = waiting()
        assert str(task.pk) == job.task


def test_words_can_be_given_to_a_recording_by_hand_meanwhile(account: Stub) -> None:
    recording = make_recording(words="")
    job = ask(recording)
    work(steps=1)
    add_words(recording)
    before = words_of(recording)
    job = done(job)
    assert "does not replace" in job.note
    assert words_of(recording) == before
