"""“Words by AssemblyAI” in the form of a recording: who may press it, and what it writes."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail_transcription.edit_handlers import VideoTranscriptionPanel
from wagtail_transcription.widgets import AutoVideoTranscriptionWidget

from media.models import Job, Recording
from media.provider import orders, state, tickets
from media.provider.panel import provider_panel
from media.services import jobs
from tests.media.factories import make_organiser, make_recording, make_user
from tests.provider.steps import make_sender, take_away_the_right, work
from tests.provider.stub import Stub

EDIT = "wagtailsnippets_media_recording:edit"
CHECK, ASK, OPEN, STATE = (
    f"wagtail_transcription:{name}"
    for name in (
        "validate_transcription_data",
        "request_transcription",
        "processing_transcriptions",
        "transcription_data",
    )
)


@pytest.fixture
def sender(account: Stub, client: Client) -> User:
    user = make_sender()
    client.force_login(user)
    return user


def post(client: Client, url: str, recording: Recording, **more: str) -> Any:
    data = {"video_id": orders.handle_of(recording), **more}
    return client.post(url, data, headers={"X-Requested-With": "XMLHttpRequest"})


def check(client: Client, recording: Recording) -> Any:
    return post(client, reverse(CHECK), recording)


def send(client: Client, recording: Recording, token: str, **more: str) -> Any:
    return post(client, reverse(ASK, args=[token]), recording, **more)


def page(client: Client, recording: Recording) -> str:
    return client.get(reverse(EDIT, args=[recording.pk])).content.decode()


def test_the_panel_and_the_widget_are_the_packages_own() -> None:
    panel = provider_panel()
    assert isinstance(panel, VideoTranscriptionPanel)
    assert isinstance(panel.widget, AutoVideoTranscriptionWidget)


def test_without_an_account_there_is_no_trace_of_it(
    db: None, client: Client, settings: Any
) -> None:
    settings.ASSEMBLYAI_API_KEY = ""
    client.force_login(make_sender())
    recording = make_recording()
    assert "AssemblyAI" not in page(client, recording)
    assert check(client, recording).status_code == 403


def test_with_an_account_the_editor_reads_that_the_recording_leaves_the_server(
    client: Client, sender: User
) -> None:
    shown = page(client, make_recording())
    assert "Words by AssemblyAI" in shown
    assert "the recording leaves this server" in shown
    assert "deleted there as soon as" in shown
    assert "wagtail_transcription/js" not in shown


def test_the_panel_brings_no_script_or_style_into_the_page(client: Client, sender: User) -> None:
    shown = page(client, make_recording())
    part = shown[shown.index("<provider-words") : shown.index("</provider-words>")]
    assert "<script" not in part
    assert "style=" not in part
    assert " on" not in part.replace(" only", "").replace(" one", "").replace(" on it", "")


def test_the_first_click_says_what_would_be_sent_and_writes_nothing(
    client: Client, sender: User
) -> None:
    recording = make_recording()
    told = check(client, recording).json()
    assert told["file"].endswith(".mp3")
    assert "KB" in told["size"] or "bytes" in told["size"]
    assert not Job.objects.exists()


def test_the_second_click_starts_a_job_and_its_state_can_be_seen(
    client: Client, sender: User, account: Stub
) -> None:
    recording = make_recording(words="")
    told = send(client, recording, check(client, recording).json()["token"])
    assert told.status_code == 202
    assert told.json()["is_open"] is True
    handle = orders.handle_of(recording)
    assert client.get(reverse(OPEN)).json() == {handle: True}
    work()
    told = client.get(reverse(STATE), {"video_id": handle}).json()
    assert (told["state"], told["button"]) == ("done", state.AGAIN)
    assert client.get(reverse(OPEN)).json() == {}
    document: Any = client.get(told["document"])
    assert b"".join(document.streaming_content)[:2] == b"PK"
    assert "as AssemblyAI" not in told["document_title"]
    assert told["document"] in page(client, recording)


def test_pressing_twice_starts_one_job(client: Client, sender: User) -> None:
    recording = make_recording()
    token = check(client, recording).json()["token"]
    assert [send(client, recording, token).status_code for _ in range(2)] == [202, 202]
    assert Job.objects.count() == 1


def test_a_failure_stands_on_the_panel_with_a_button_to_try_again(
    client: Client, sender: User, account: Stub
) -> None:
    account.error = "Transcoding failed."
    recording = make_recording()
    send(client, recording, check(client, recording).json()["token"])
    work()
    shown = page(client, recording)
    assert "It says: “Transcoding failed.”" in shown
    assert state.RETRY in shown
    account.error = ""
    send(client, recording, check(client, recording).json()["token"])
    work()
    assert [job.state for job in Job.objects.all()] == ["done", "failed"]


def test_a_recording_without_a_file_cannot_be_sent(client: Client, sender: User) -> None:
    recording = make_recording()
    recording.renditions.all().delete()
    answer = check(client, recording)
    assert answer.status_code == 409
    assert "no file" in answer.json()["problem"]


# Who may.


def stranger(kind: str) -> User | None:
    if kind == "anonymous":
        return None
    if kind == "editor without the right":
        user = make_sender()
        take_away_the_right(user)
        return User.objects.get(pk=user.pk)
    return make_organiser() if kind == "organiser" else make_user("nobody")


@pytest.mark.parametrize("kind", ["anonymous", "nobody", "organiser", "editor without the right"])
def test_nobody_else_can_send_a_recording(account: Stub, client: Client, kind: str) -> None:
    recording = make_recording()
    user = stranger(kind)
    if user is not None:
        client.force_login(user)
    token = tickets.tickets.make_token(user or make_sender(), orders.handle_of(recording))
    assert check(client, recording).status_code == 403
    assert send(client, recording, token).status_code == 403
    assert not Job.objects.exists()


@pytest.mark.parametrize("kind", ["anonymous", "nobody", "organiser"])
def test_nobody_else_can_see_how_it_stands(account: Stub, client: Client, kind: str) -> None:
    recording = make_recording()
    job = jobs.request_job(recording=recording, kind=Job.Kind.PROVIDER)
    user = stranger(kind)
    if user is not None:
        client.force_login(user)
    handle = {"video_id": orders.handle_of(recording)}
    as_script = {"X-Requested-With": "XMLHttpRequest"}
    assert client.get(reverse(STATE), handle, headers=as_script).status_code == 403
    opened = client.get(reverse(OPEN), headers=as_script)
    assert opened.status_code == 403 or opened.json() == {}
    work()
    document = reverse("media_provider_document", args=[job.recording_id])
    assert client.get(document).status_code in (302, 404)


def test_an_editor_without_the_right_sees_how_it_stands_but_no_button(
    account: Stub, client: Client
) -> None:
    user = stranger("editor without the right")
    assert user is not None
    client.force_login(user)
    shown = page(client, make_recording())
    assert "may not send recordings" in shown
    assert "data-check-button" not in shown


def test_the_right_can_be_given_to_a_group_in_the_admin(client: Client, db: None) -> None:
    client.force_login(make_user("chief", is_superuser=True, is_staff=True))
    page = client.get(reverse("wagtailusers_groups:add")).content.decode()
    assert "Can send recordings to AssemblyAI" in page


# What can be written: a job, and nothing else.


def test_a_get_changes_nothing(client: Client, sender: User) -> None:
    recording = make_recording()
    token = check(client, recording).json()["token"]
    for url in (reverse(CHECK), reverse(ASK, args=[token])):
        assert client.get(url, {"video_id": orders.handle_of(recording)}).status_code == 405
    client.get(reverse(OPEN))
    client.get(reverse(STATE), {"video_id": orders.handle_of(recording)})
    assert not Job.objects.exists()


def test_posts_need_a_csrf_token(sender: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(sender)
    assert check(strict, make_recording()).status_code == 403


def test_a_request_can_write_no_field_of_any_model(client: Client, sender: User) -> None:
    """What the package's own view would have written: a name of a model, a field and a value."""
    recording = make_recording("As it was")
    rows = [
        json.dumps(list(model.objects.order_by("pk").values()), default=str)
        for model in (Recording, User)
    ]
    told = send(
        client,
        recording,
        check(client, recording).json()["token"],
        parent_instance_str=f"auth:User:{sender.pk}",
        field_name="is_superuser",
        transcription_field="is_staff",
        audio_url="http://169.254.169.254/latest/meta-data/",
        title="Changed",
    )
    assert told.status_code == 202
    after = [
        json.dumps(list(model.objects.order_by("pk").values()), default=str)
        for model in (Recording, User)
    ]
    assert after == rows


def test_what_comes_with_the_form_is_not_saved(client: Client, sender: User) -> None:
    recording = make_recording()
    form = client.get(reverse(EDIT, args=[recording.pk])).context["form"]
    assert form.fields["transcription"].disabled
    assert "transcription" not in {field.name for field in Recording._meta.get_fields()}


@pytest.mark.parametrize(
    "handle", ["", "r0000000000", "r1", "1", "r" + "9" * 10, "auth:User:1", "\u0661" * 11]
)
def test_a_name_of_nothing_is_not_found(client: Client, sender: User, handle: str) -> None:
    post = client.post(reverse(CHECK), {"video_id": handle})
    assert post.status_code == 404
    assert client.get(reverse(STATE), {"video_id": handle}).status_code == 404


# Tickets.


def test_a_ticket_is_for_one_recording_and_one_person(client: Client, sender: User) -> None:
    one, other = make_recording("One"), make_recording("Other")
    token = check(client, one).json()["token"]
    assert send(client, other, token).status_code == 409
    client.force_login(make_user("chief", is_superuser=True, is_staff=True))
    answer = send(client, one, token)
    assert (answer.status_code, Job.objects.count()) == (409, 0)
    assert "Press the button again" in answer.json()["problem"]


@pytest.mark.parametrize("token", ["x", "-", "zzzzzzzzzzzz-00", "1-" + "a" * 32, "٣-a"])
def test_a_made_up_ticket_is_not_taken(client: Client, sender: User, token: str) -> None:
    assert send(client, make_recording(), token).status_code == 409


def test_a_ticket_expires(sender: User, monkeypatch: pytest.MonkeyPatch) -> None:
    token = tickets.tickets.make_token(sender, "r0000000001")
    assert tickets.tickets.check_token(sender, "r0000000001", token)
    later = timezone.now().replace(tzinfo=None) + timedelta(hours=2)
    monkeypatch.setattr(tickets.Tickets, "_now", lambda self: later)
    assert not tickets.tickets.check_token(sender, "r0000000001", token)
