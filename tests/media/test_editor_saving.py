"""What the editor's page shows and saves, to whom, and what it leaves in the history."""

import datetime as dt
import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from media import services
from media.models import Recording, Transcript, TranscriptRevision
from tests.media.factories import make_editor, make_organiser, make_recording, make_user

Row = list[Any]


@pytest.fixture
def editor(db: None, client: Client) -> User:
    user = make_editor()
    client.force_login(user)
    return user


@pytest.fixture
def transcript(db: None) -> Transcript:
    made = make_recording().transcript
    assert made is not None
    return made


def url(name: str, transcript: Transcript) -> str:
    return reverse(f"editor:{name}", args=[transcript.pk])


def state(client: Client, transcript: Transcript) -> dict[str, Any]:
    answer: dict[str, Any] = client.get(url("state", transcript)).json()
    return answer


def change(line: list[Any], **parts: Any) -> dict[str, Any]:
    """A change of a line as `state` told it: start, end, speaker, text."""
    key, before, _ = line
    after = list(before)
    for name, value in parts.items():
        after[["start", "end", "speaker", "text", "doubts"].index(name)] = value
    return {"key": key, "before": before, "after": after}


def post(
    client: Client, transcript: Transcript, *changes: dict[str, Any], version: str = ""
) -> Any:
    body = {"version": version, "changes": changes}
    return client.post(url("save", transcript), body, content_type="application/json")


def texts(transcript: Transcript) -> list[str]:
    return [cue.text for cue in transcript.cues.all()]


def test_a_corrected_line_is_saved_and_a_state_of_the_history(
    client: Client, editor: User, transcript: Transcript
) -> None:
    before = state(client, transcript)
    answer = post(
        client, transcript, change(before["lines"][2], text="Nor I."), version=before["version"]
    ).json()
    assert answer["alone"]
    assert [line[1][3] for line in answer["lines"]] == ["Nor I."]
    assert texts(transcript)[2] == "Nor I."
    revision = transcript.revisions.first()
    assert revision is not None
    assert (revision.origin, revision.made_by) == (TranscriptRevision.Origin.EDITED, editor)
    assert [cue.text for cue in revision.cues] == texts(transcript)
    transcript.refresh_from_db()
    assert transcript.revision == revision.number == 2


def test_split_and_merge_arrive_as_lines_that_come_and_go(
    client: Client, editor: User, transcript: Transcript
) -> None:
    first, second, _ = state(client, transcript)["lines"]
    new = "ab" * 6
    row = [2000, 4000, "Vice principal", "picture a cold room.", []]
    post(
        client,
        transcript,
        change(first, end=2000, text="People hear the word routine and"),
        {"key": new, "before": None, "after": row},
        {"key": second[0], "before": second[1], "after": None},
    )
    assert texts(transcript) == [
        "People hear the word routine and",
        "picture a cold room.",
        "And nor do I.",
    ]
    assert transcript.cues.get(key=new).start_ms == 2000


def test_lines_that_were_not_touched_stay_the_same_rows(
    client: Client, editor: User, transcript: Transcript
) -> None:
    before = list(transcript.cues.values_list("pk", "key"))
    post(client, transcript, change(state(client, transcript)["lines"][0], text="Other"))
    assert list(transcript.cues.values_list("pk", "key")) == before


def test_two_editors_at_once_lose_nothing(
    client: Client, editor: User, transcript: Transcript
) -> None:
    mine = state(client, transcript)
    colleague = Client()
    colleague.force_login(make_user("colleague", "Library editors"))
    theirs = state(colleague, transcript)
    post(colleague, transcript, change(theirs["lines"][0], text="Theirs"))
    answer = post(
        client, transcript, change(mine["lines"][2], text="Mine"), version=mine["version"]
    ).json()
    assert not answer["alone"]
    assert [line[1][3] for line in answer["lines"]] == texts(transcript)
    assert (texts(transcript)[0], texts(transcript)[2]) == ("Theirs", "Mine")
    people = [each.made_by for each in transcript.revisions.all()[:2]]
    assert [person.username for person in people if person] == ["editor", "colleague"]


def test_a_line_that_both_changed_is_a_conflict_and_all_others_are_saved(
    client: Client, editor: User, transcript: Transcript
) -> None:
    lines = state(client, transcript)["lines"]
    post(client, transcript, change(lines[0], text="Theirs"))
    answer = post(
        client, transcript, change(lines[0], text="Mine"), change(lines[1], text="Free")
    ).json()
    assert [(each["key"], each["theirs"][3]) for each in answer["conflicts"]] == [
        (lines[0][0], "Theirs")
    ]
    assert texts(transcript)[:2] == ["Theirs", "Free"]


def test_a_line_that_cannot_be_kept_is_refused_by_name_and_others_are_saved(
    client: Client, editor: User, transcript: Transcript
) -> None:
    lines = state(client, transcript)["lines"]
    answer = post(client, transcript, change(lines[0], end=0), change(lines[1], text="Free")).json()
    assert [each["key"] for each in answer["refusals"]] == [lines[0][0]]
    assert texts(transcript)[1] == "Free"


def test_saves_of_one_sitting_are_one_state(
    client: Client, editor: User, transcript: Transcript
) -> None:
    for text in ("One", "Two", "Three"):
        post(client, transcript, change(state(client, transcript)["lines"][0], text=text))
    assert transcript.revisions.count() == 2
    newest = transcript.revisions.first()
    assert newest is not None
    assert newest.cues[0].text == "Three"
    TranscriptRevision.objects.update(made_at=timezone.now() - dt.timedelta(hours=1))
    post(client, transcript, change(state(client, transcript)["lines"][0], text="Four"))
    assert transcript.revisions.count() == 3


def test_a_save_never_folds_into_what_was_checked_or_somebody_elses(
    client: Client, editor: User, transcript: Transcript
) -> None:
    post(client, transcript, change(state(client, transcript)["lines"][0], text="One"))
    transcript.refresh_from_db()
    services.mark_checked(transcript=transcript, user=editor)
    post(client, transcript, change(state(client, transcript)["lines"][0], text="Two"))
    assert transcript.revisions.count() == 3
    client.force_login(make_user("colleague", "Library editors"))
    post(client, transcript, change(state(client, transcript)["lines"][0], text="Three"))
    assert transcript.revisions.count() == 4


def test_a_correction_keeps_the_words_checked_and_says_corrected_since(
    client: Client, editor: User, transcript: Transcript
) -> None:
    services.mark_checked(transcript=transcript, user=editor)
    assert not state(client, transcript)["checked"]["since"]
    answer = post(client, transcript, change(state(client, transcript)["lines"][0], text="One"))
    told = answer.json()["checked"]
    assert (told["is"], told["by"], told["since"]) == (True, "editor", True)
    transcript.refresh_from_db()
    assert (transcript.is_checked, transcript.corrected_since) == (True, True)


def test_new_words_from_a_file_are_not_checked(transcript: Transcript, editor: User) -> None:
    services.mark_checked(transcript=transcript, user=editor)
    revision = transcript.revisions.get()
    services.propose_transcript(recording=transcript.recording, cues=revision.cues, origin="heard")
    proposal = transcript.revisions.get(proposed=True)
    services.take_revision(revision=proposal)
    transcript.refresh_from_db()
    assert not transcript.is_checked
    assert not transcript.revisions.filter(proposed=True).exists()


def test_nothing_changed_writes_nothing(
    client: Client, editor: User, transcript: Transcript
) -> None:
    before = state(client, transcript)
    line = before["lines"][0]
    answer = post(client, transcript, change(line), version=before["version"]).json()
    assert answer["version"] == before["version"]
    assert transcript.revisions.count() == 1


def test_saying_checked_needs_the_words_that_one_has_read(
    client: Client, editor: User, transcript: Transcript
) -> None:
    seen = state(client, transcript)["version"]
    post(client, transcript, change(state(client, transcript)["lines"][0], text="Other"))
    stale = client.post(url("check", transcript), {"checked": "yes", "version": seen}, follow=True)
    assert "Somebody changed words meanwhile" in stale.content.decode()
    transcript.refresh_from_db()
    assert not transcript.is_checked
    client.post(url("check", transcript), {"checked": "yes", "version": transcript.version})
    transcript.refresh_from_db()
    assert (transcript.is_checked, transcript.checked_by) == (True, editor)
    client.post(url("check", transcript), {"checked": "no"})
    transcript.refresh_from_db()
    assert not transcript.is_checked


BAD = [
    b"",
    b"[]",
    b"{}",
    b'{"version": 1, "changes": 5}',
    b'{"version": "", "changes": [[]]}',
    b'{"version": "", "changes": [{"key": "short"}]}',
    b'{"version": "", "changes": [{"key": 5}]}',
    b'{"version": "", "changes": [{"key": "abababababab", "after": [1]}]}',
    b'{"version": "", "changes": [{"key": "abababababab", "after": [1.5, 2, "", "a", []]}]}',
    b'{"version": "", "changes": [{"key": "abababababab", "after": [true, 2, "", "a", []]}]}',
    b'{"version": "", "changes": [{"key": "abababababab", "after": [1, 2, 3, "a", []]}]}',
    b'{"version": "", "changes": [{"key": "abababababab", "after": [1, 2, "", "a", [[1]]]}]}',
    b'{"version": "", "changes": [{"key": "abababababab", "after": [1, 1e99, "", "a", []]}]}',
    b"[" * 5000,
    b"\xff\xfe",
]


@pytest.mark.parametrize("body", BAD)
def test_what_is_no_change_is_refused_in_words(
    client: Client, editor: User, transcript: Transcript, body: bytes
) -> None:
    answer = client.post(url("save", transcript), body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["problem"]
    assert transcript.revisions.count() == 1


def test_nul_and_other_unseen_letters_do_no_harm(
    client: Client, editor: User, transcript: Transcript
) -> None:
    line = state(client, transcript)["lines"][0]
    post(
        client, transcript, change(line, text="Nul \x00 and \ud800 \U0001f3a4 here", speaker="\x00")
    )
    assert texts(transcript)[0] == "Nul  and  \U0001f3a4 here"


@pytest.mark.parametrize("name", ["lines", "state", "save", "check"])
def test_only_those_who_may_change_the_recording_get_in(
    client: Client, transcript: Transcript, name: str
) -> None:
    address = url(name, transcript)
    ask = client.post if name in ("save", "check") else client.get
    assert ask(address)["Location"].startswith("/admin/login/")
    client.force_login(make_organiser())
    assert ask(address, headers={"X-Requested-With": "XMLHttpRequest"}).status_code == 403
    assert ask(address).status_code == 302
    assert not transcript.is_checked


@pytest.mark.parametrize("name", ["save", "check"])
def test_a_get_changes_nothing_and_a_post_needs_its_token(
    editor: User, client: Client, transcript: Transcript, name: str
) -> None:
    assert client.get(url(name, transcript)).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor)
    data = {"checked": "yes", "version": transcript.version}
    assert strict.post(url(name, transcript), data).status_code == 403
    transcript.refresh_from_db()
    assert not transcript.is_checked


def test_a_talk_that_does_not_exist_is_not_found(client: Client, editor: User) -> None:
    assert client.get("/admin/correct/987654/").status_code == 404
    assert client.get(f"/admin/correct/{2**70}/").status_code == 404


def form_of(client: Client, transcript: Transcript) -> dict[str, Any]:
    """The plain form as a browser without a script sends it."""
    context = client.get(url("lines", transcript)).context
    fields = context["fields"]
    data: dict[str, Any] = {"version": transcript.version, "p": "1", "key": []}
    for field in fields:
        data["key"].append(field.key)
        for name in ("start", "end", "speaker", "text", "was"):
            data[f"{name}-{field.key}"] = getattr(field, name)
    return data


def test_without_a_script_the_lines_are_a_form_that_saves(
    client: Client, editor: User, transcript: Transcript
) -> None:
    data = form_of(client, transcript)
    one, two, three = data["key"]
    data |= {f"text-{one}": "One\r\nmore", f"delete-{two}": "on", f"end-{three}": "0:15,5"}
    answer = client.post(url("lines", transcript), data)
    assert answer.status_code == 302
    assert texts(transcript) == ["One\nmore", "And nor do I."]
    assert transcript.cues.get(key=three).end_ms == 15_500


def test_without_a_script_nothing_typed_is_lost(
    client: Client, editor: User, transcript: Transcript
) -> None:
    data = form_of(client, transcript)
    one, two, three = data["key"]
    transcript.cues.filter(key=one).update(text="Theirs")
    data |= {f"text-{one}": "Mine", f"start-{two}": "soon", f"text-{three}": "Saved"}
    page = client.post(url("lines", transcript), data).content.decode()
    assert "Theirs" in page
    assert "Mine" in page
    assert "A time looks like this" in page
    assert 'value="soon"' in page
    assert texts(transcript) == ["Theirs", "I would like to argue the opposite.", "Saved"]
    again = form_of(client, transcript) | {"key": [one], f"text-{one}": "Mine"}
    client.post(url("lines", transcript), again)
    assert texts(transcript)[0] == "Mine"


def test_without_a_script_a_broken_form_is_told_and_changes_nothing(
    client: Client, editor: User, transcript: Transcript
) -> None:
    data = form_of(client, transcript)
    one = data["key"][0]
    for broken in ("", "null", "[1]", "{", '[0, 1, "", "a", [[1]]]'):
        data[f"was-{one}"] = broken
        page = client.post(url("lines", transcript), data).content.decode()
        assert "came back broken" in page
    assert transcript.revisions.count() == 1


def long_talk(count: int) -> Transcript:
    words = "WEBVTT\n\n" + "\n\n".join(
        f"{at // 3600:02}:{at // 60 % 60:02}:{at % 60:02}.000 --> "
        f"{at // 3600:02}:{at // 60 % 60:02}:{at % 60:02}.900\n<v Head>Words of line {at}, said"
        for at in range(count)
    )
    recording: Recording = make_recording(f"{count} lines", words=words)
    assert recording.transcript is not None
    return recording.transcript


@pytest.mark.parametrize("count", [15, 1500])
def test_page_state_and_save_ask_the_database_as_often_for_a_long_talk(
    client: Client, editor: User, django_assert_max_num_queries: Any, count: int
) -> None:
    transcript = long_talk(count)
    client.get(url("lines", transcript))
    with django_assert_max_num_queries(17):
        page = client.get(url("lines", transcript))
    assert len(page.content) < 150_000
    with django_assert_max_num_queries(10):
        told = client.get(url("state", transcript))
    assert len(told.content) < 150 * count + 1000
    with django_assert_max_num_queries(22):
        post(client, transcript, change(json.loads(told.content)["lines"][3], text="Other"))
    assert texts(transcript)[3] == "Other"


def test_the_list_of_recordings_leads_to_the_editor(
    client: Client, editor: User, transcript: Transcript
) -> None:
    page = client.get(reverse("wagtailsnippets_media_recording:list")).content.decode()
    assert url("lines", transcript) in page
