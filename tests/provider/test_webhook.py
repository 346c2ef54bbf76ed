"""The door that AssemblyAI knocks at: whoever knocks can only make us look sooner."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from wagtail_transcription.models import Transcription

from media.models import Cue, Job, Order, Recording, TranscriptRevision
from media.provider import orders
from tests.media.factories import make_recording
from tests.provider.steps import ask, fresh, waiting, work
from tests.provider.stub import Stub

BODY = {"transcript_id": "5552493-16d8-42d8-8feb-c2a16b56f6e8", "status": "completed"}


@pytest.fixture
def handed_over(account: Stub, settings: Any) -> Job:
    """A job that AssemblyAI has, on a site that they may call."""
    settings.ASSEMBLYAI_WEBHOOK = True
    job = ask()
    account.looks_until_done = 0
    work(steps=1)
    return fresh(job)


def knock(stub: Stub, client: Client, body: Any = None, **headers: str) -> int:
    """As they do: to the address, and with the header, that the order named."""
    order = stub.orders[-1]
    path = order["webhook_url"].removeprefix("http://localhost:8000")
    sent = headers or {order["webhook_auth_header_name"]: order["webhook_auth_header_value"]}
    content: Any = {"data": body or BODY, "content_type": "application/json"}
    return int(client.post(path, headers=sent, **content).status_code)


def everything() -> list[int]:
    models = (Transcription, TranscriptRevision, Cue, Recording, Job, Order)
    return [model.objects.count() for model in models]


def test_a_knock_has_the_words_fetched_from_their_server(
    account: Stub, handed_over: Job, client: Client
) -> None:
    assert knock(account, client) == 204
    look = min(waiting(), key=lambda task: task.enqueued_at == handed_over.created_at)
    assert account.calls["GET /v2/transcript"] == 0
    assert look.task_path == "media.provider.tasks.look"
    work()
    assert fresh(handed_over).state == Job.State.DONE
    assert "People hear" in Cue.objects.values_list("text", flat=True)[0]


def test_a_knock_is_acknowledged_before_anything_is_asked(
    account: Stub, handed_over: Job, client: Client
) -> None:
    account.misbehave("GET /v2/transcript", "slow", 5)
    assert knock(account, client) == 204
    assert account.calls["GET /v2/transcript"] == 0


def test_what_comes_twice_is_done_once(account: Stub, handed_over: Job, client: Client) -> None:
    assert [knock(account, client) for _ in range(3)] == [204, 204, 204]
    work()
    before = everything()
    assert knock(account, client) == 204
    assert waiting() == []
    assert everything() == before
    assert TranscriptRevision.objects.count() == 1


def test_a_knock_that_never_comes_is_not_needed(account: Stub, handed_over: Job) -> None:
    work()
    assert fresh(handed_over).state == Job.State.DONE


def test_a_knock_that_comes_too_early_adds_no_second_chain_of_questions(
    account: Stub, handed_over: Job, client: Client
) -> None:
    account.looks_until_done = 5
    for _ in range(3):
        knock(account, client)
    work(steps=3)
    assert len(waiting()) == 1


def test_what_the_body_says_is_not_believed(
    account: Stub, handed_over: Job, client: Client
) -> None:
    lie = {"transcript_id": "../../v2/account", "status": "error", "error": "Gone!", "words": []}
    assert knock(account, client, lie) == 204
    assert fresh(handed_over).state == Job.State.RUNNING
    work()
    assert fresh(handed_over).state == Job.State.DONE


@pytest.mark.parametrize("body", ["", "{", "\x00", "[" * 5000, {"status": None}])
def test_a_body_of_any_shape_is_only_a_knock(
    account: Stub, handed_over: Job, client: Client, body: Any
) -> None:
    assert knock(account, client, body or " ") == 204


def test_a_body_that_is_far_too_big_is_not_taken(
    account: Stub, handed_over: Job, client: Client
) -> None:
    assert knock(account, client, "x" * 70_000) == 413


@pytest.mark.parametrize("given", ["", "wrong", "ä" * 40, "a" * 64])
def test_without_the_secret_nobody_is_there(
    account: Stub, handed_over: Job, client: Client, given: str
) -> None:
    waited = len(waiting())
    assert knock(account, client, **{orders.HEADER: given.encode().decode("latin-1")}) == 404
    assert len(waiting()) == waited


def test_the_secret_of_one_order_does_not_open_another(
    account: Stub, handed_over: Job, client: Client
) -> None:
    other = ask(make_recording("Another", words=""))
    work(steps=2)
    assert fresh(other).state == Job.State.RUNNING
    first, second = account.orders[-2:]
    path = second["webhook_url"].removeprefix("http://localhost:8000")
    answer = client.post(path, headers={orders.HEADER: first["webhook_auth_header_value"]})
    assert answer.status_code == 404


def test_an_unknown_door_says_no_more_than_a_wrong_secret(
    account: Stub, handed_over: Job, client: Client
) -> None:
    path = reverse("wagtail_transcription:receive_transcription", args=["x" * 43])
    unknown = client.post(path, headers={orders.HEADER: orders.secret_of("x" * 43)})
    order = account.orders[0]
    wrong = client.post(order["webhook_url"].removeprefix("http://localhost:8000"))
    assert (unknown.status_code, wrong.status_code) == (404, 404)
    assert unknown.content == wrong.content == b""


@pytest.mark.parametrize("method", ["get", "head", "put", "delete", "patch"])
def test_only_a_post_is_a_knock(
    account: Stub, handed_over: Job, client: Client, method: str
) -> None:
    before, waited = everything(), len(waiting())
    path = account.orders[0]["webhook_url"].removeprefix("http://localhost:8000")
    assert getattr(client, method)(path).status_code == 405
    assert (everything(), len(waiting())) == (before, waited)


def test_a_knock_needs_no_cookie_and_no_csrf_token(account: Stub, handed_over: Job) -> None:
    assert knock(account, Client(enforce_csrf_checks=True)) == 204


def test_nothing_that_opens_the_door_is_kept_in_clear(account: Stub, handed_over: Job) -> None:
    sent = account.orders[0]
    token = sent["webhook_url"].rstrip("/").rpartition("/")[2]
    order = Order.objects.get()
    kept = [str(value) for value in vars(order).values()]
    kept += [str(task.args_kwargs) for task in DBTaskResult.objects.all()]
    assert len(token) == 43
    assert not any(token in each or sent["webhook_auth_header_value"] in each for each in kept)


def test_an_anonymous_post_deletes_nothing(account: Stub, handed_over: Job, client: Client) -> None:
    work()
    before = everything()
    handle = orders.handle_of(handed_over.recording)
    for path in (
        f"/transcriptions/receive_transcription/{handle}/1/",
        f"/wagtail_transcription/receive_transcription/{handle}/1/",
        reverse("wagtail_transcription:receive_transcription", args=[handle]),
    ):
        answer = client.post(path, BODY, content_type="application/json")
        assert answer.status_code in (404, 405)
    assert everything() == before
