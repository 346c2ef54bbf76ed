"""However it ends, the editor reads a sentence that says what to do."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from media.models import Job, Order
from media.provider import orders, tasks
from media.services import jobs
from tests.media.factories import make_recording
from tests.provider.steps import ask, fresh, work
from tests.provider.stub import LIST, Stub

UPLOAD, SUBMIT, FETCH = "POST /v2/upload", "POST /v2/transcript", "GET /v2/transcript"
WHAT_TO_DO = re.compile(
    r"(?:[.”:;] |, or )(?:[Tt]ry again|[Tt]ell the person who runs the server|Play the file"
    r"|Listen whether|Add a film or a sound|add a file of words)"
)
Trouble = Callable[[Stub, Job, Any], None]


def misbehaving(call: str, how: str, times: int = 60) -> Trouble:
    return lambda stub, job, settings: stub.misbehave(call, how, times)


def no_file(stub: Stub, job: Job, settings: Any) -> None:
    job.recording.renditions.all().delete()


def no_account(stub: Stub, job: Job, settings: Any) -> None:
    settings.ASSEMBLYAI_API_KEY = ""


def retired_model(stub: Stub, job: Job, settings: Any) -> None:
    settings.ASSEMBLYAI_MODELS = ["universal-3-pro"]


def their_error(stub: Stub, job: Job, settings: Any) -> None:
    stub.error = "Transcoding failed. File does not appear to contain audio."


def no_words(stub: Stub, job: Job, settings: Any) -> None:
    stub.said = []


def strange_words(stub: Stub, job: Job, settings: Any) -> None:
    stub.said = "words"
    work(steps=1)
    stub.transcripts[Order.objects.get().reference] |= {"status": "completed", "words": [7]}


def gone_there(stub: Stub, job: Job, settings: Any) -> None:
    work(steps=1)
    stub.transcripts.clear()


def never_done(stub: Stub, job: Job, settings: Any) -> None:
    stub.looks_until_done = 10_000
    work(steps=1)
    Order.objects.update(sent_at=timezone.now() - timedelta(hours=13))


def lost_for_good(stub: Stub, job: Job, settings: Any) -> None:
    stub.misbehave(SUBMIT, "taken")
    stub.misbehave(LIST, "500", 60)


def abandoned(stub: Stub, job: Job, settings: Any) -> None:
    Job.objects.update(
        state=Job.State.RUNNING, task=str(uuid4()), beat_at=timezone.now() - jobs.SILENT
    )
    jobs.close_abandoned()


TROUBLES: dict[str, Trouble] = {
    **{
        f"{call} {how}": misbehaving(call, how)
        for call in (UPLOAD, SUBMIT)
        for how in ("400", "403", "500", "garbage", "disconnect")
    },
    "FETCH 400": misbehaving(FETCH, "400"),
    "FETCH 403": misbehaving(FETCH, "403"),
    "no file": no_file,
    "no account": no_account,
    "retired model": retired_model,
    "their error": their_error,
    "no words": no_words,
    "strange words": strange_words,
    "gone there": gone_there,
    "never done": never_done,
    "lost for good": lost_for_good,
    "abandoned": abandoned,
}


@pytest.mark.parametrize("trouble", TROUBLES)
def test_every_failure_ends_as_a_sentence_that_tells_what_to_do(
    account: Stub, settings: Any, trouble: str
) -> None:
    job = ask(make_recording())
    TROUBLES[trouble](account, job, settings)
    work()
    job = fresh(job)
    assert job.state == Job.State.FAILED
    assert job.note[0].isupper()
    assert job.note.endswith((".", "”"))
    assert WHAT_TO_DO.search(job.note), job.note


def test_what_nobody_foresaw_tells_what_to_do_too(
    account: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = ask()
    work(steps=1)
    monkeypatch.setattr(orders, "read", lambda answer: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        work()
    assert WHAT_TO_DO.search(fresh(job).note)


def test_a_copy_that_stays_there_tells_what_to_do(account: Stub) -> None:
    account.misbehave("DELETE /v2/transcript", "500", tasks.DELETE_TRIES)
    job = ask()
    work()
    assert WHAT_TO_DO.search(fresh(job).note)
