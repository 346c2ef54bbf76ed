"""Uploads in parts to the disk: what arrives is what was sent, and nothing else stays."""

import hashlib
import os
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from core import clock
from media.models import Upload
from media.uploads import problems, services
from media.uploads.disk import BLOCK, Disk
from media.uploads.names import clean_name
from tests.media.factories import MP3, WEBM, make_editor, make_organiser, make_user
from tests.media.upload_steps import (
    FILM,
    add,
    begin,
    begun,
    finish,
    head,
    part_of,
    upload,
    what_is_left,
)

DAY = timedelta(hours=24)


@pytest.fixture(autouse=True)
def places(settings: Any, tmp_path: Path) -> None:
    settings.UPLOADS_IN_PARTS = tmp_path / "parts"
    settings.MEDIA_ROOT = tmp_path / "uploads"
    settings.UPLOADS_IN_PARTS.mkdir()


@pytest.fixture
def editor(db: None, client: Client) -> User:
    user = make_editor()
    client.force_login(user)
    return user


def test_a_film_in_parts_arrives_as_it_was_sent(client: Client, editor: User) -> None:
    told = begun(client, head=head())
    assert (told["received"], told["arrived"], told["place"]) == (0, False, "disk")
    for begins in range(0, len(FILM), 30_000):
        answer = add(client, told["url"], begins, FILM[begins : begins + 30_000])
        assert answer.json() == {"received": min(begins + 30_000, len(FILM))}
    assert finish(client, told["url"]).json()["arrived"]
    stored = Upload.objects.get().stored_as
    assert stored.startswith("recordings/talk_")
    with default_storage.open(stored) as file:
        assert hashlib.sha256(file.read()).digest() == hashlib.sha256(FILM).digest()
    assert what_is_left() == [stored.removeprefix("recordings/")]


def test_a_broken_upload_tells_where_to_go_on(client: Client, editor: User) -> None:
    told = begun(client)
    add(client, told["url"], 0, FILM[:50_000])
    assert client.get(told["url"]).json()["received"] == 50_000
    again = begun(client)  # the page was loaded anew, and the same file chosen again
    assert (again["token"], again["received"]) == (told["token"], 50_000)
    add(client, told["url"], 50_000, FILM[50_000:])
    finish(client, told["url"])
    with default_storage.open(Upload.objects.get().stored_as) as file:
        assert file.read() == FILM


@pytest.mark.parametrize("change", [{"name": "other.webm"}, {"modified": 2}, {"anew": True}])
def test_another_file_begins_an_upload_of_its_own(
    client: Client, editor: User, change: dict[str, Any]
) -> None:
    assert begun(client)["token"] != begun(client, **change)["token"]
    assert Upload.objects.count() == 2


class Breaking:
    """A body that ends in the middle, as over a lost connection."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def read(self, size: int = -1) -> bytes:
        if not self.content:
            raise OSError("The line is dead.")
        block, self.content = self.content[:size], self.content[size:]
        return block


def test_what_arrived_before_a_line_broke_is_kept(client: Client, editor: User) -> None:
    told = begun(client)
    item = Upload.objects.get()
    with pytest.raises(OSError, match="dead"):
        services.append(upload=item, offset=0, stream=Breaking(FILM[:40_000]))
    assert client.get(told["url"]).json()["received"] == 40_000
    assert add(client, told["url"], 40_000, FILM[40_000:]).status_code == 200
    assert finish(client, told["url"]).status_code == 200


@pytest.mark.parametrize("offset", [1, -1, len(FILM), 10**30, "", "x", "1.5"])
def test_a_part_in_the_wrong_place_is_refused(client: Client, editor: User, offset: object) -> None:
    told = begun(client)
    assert add(client, told["url"], offset, FILM[:100]).status_code in (400, 409)
    assert client.get(told["url"]).json()["received"] == 0


def test_a_part_sent_twice_is_written_once(client: Client, editor: User) -> None:
    told = begun(client)
    add(client, told["url"], 0, FILM[:100])
    answer = add(client, told["url"], 0, FILM[:100])
    assert (answer.status_code, client.get(told["url"]).json()["received"]) == (409, 100)


class Slow:
    """A body that comes block by block, only when all senders are at the same place."""

    def __init__(self, content: bytes, together: threading.Barrier) -> None:
        self.content, self.together = content, together

    def read(self, size: int = -1) -> bytes:
        self.together.wait(timeout=10)
        block, self.content = self.content[:size], self.content[size:]
        return block


def test_of_two_that_send_the_same_part_at_once_one_wins_and_nothing_is_torn(
    client: Client, editor: User
) -> None:
    film = WEBM + os.urandom(3 * BLOCK)
    begun(client, film)
    item, together = Upload.objects.get(), threading.Barrier(2)
    lost: list[Exception] = []

    def send() -> None:
        try:
            Disk().append(item, 0, Slow(film, together))
        except problems.WrongPlace as error:
            lost.append(error)
            together.abort()
        except threading.BrokenBarrierError:
            pass  # the other one has lost; a browser would now ask and go on

    senders = [threading.Thread(target=send) for _ in range(2)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    received, _ = Disk().received(item)
    assert len(lost) == 1
    assert Disk().path(item).read_bytes() == film[:received]


def test_two_uploads_at_once_do_not_mix(client: Client, editor: User) -> None:
    other = MP3 * 40
    one, two = begun(client), begun(client, other, "talk.mp3")
    for begins in range(0, len(FILM), 30_000):
        add(client, one["url"], begins, FILM[begins : begins + 30_000])
        add(client, two["url"], begins, other[begins : begins + 30_000])
    for told, content in ((one, FILM), (two, other)):
        assert finish(client, told["url"]).status_code == 200
        stored = Upload.objects.get(token=told["token"]).stored_as
        assert Path(default_storage.path(stored)).read_bytes() == content


def test_more_than_was_said_is_refused_and_less_is_not_finished(
    client: Client, editor: User
) -> None:
    told = begun(client)
    answer = finish(client, told["url"])
    assert (answer.status_code, "still missing" in answer.json()["problem"]) == (409, True)
    answer = add(client, told["url"], 0, FILM + b"more")
    assert (answer.status_code, "longer" in answer.json()["problem"]) == (409, True)


def test_an_answer_that_was_lost_may_be_asked_for_again(client: Client, editor: User) -> None:
    token = upload(client)
    again = finish(client, reverse("uploads:upload", args=[token]))
    assert (again.status_code, again.json()["arrived"]) == (200, True)
    assert len(what_is_left()) == 1
    assert begun(client)["arrived"]


def test_finishing_goes_on_where_a_killed_process_stopped(client: Client, editor: User) -> None:
    upload(client)
    Upload.objects.update(state=Upload.State.OPEN)  # the file was moved, the row not yet written
    told = begun(client)
    assert (told["received"], told["arrived"]) == (len(FILM), False)
    assert finish(client, told["url"]).json()["arrived"]


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"<html>" * 1000, "talk.webm", "is not a film or a sound"),
        (FILM, "talk.exe", "no film or sound that browsers play"),
        (FILM, "talk", "no film or sound that browsers play"),
        (FILM, "talk.mp4", "holds video/webm, not video/mp4"),
    ],
)
def test_the_wrong_file_is_refused_before_it_is_sent(
    client: Client, editor: User, content: bytes, name: str, words: str
) -> None:
    answer = begin(client, content, name, head=head(content))
    assert answer.status_code == 422
    assert words in answer.json()["problem"]
    assert (Upload.objects.count(), what_is_left()) == (0, [])


@pytest.mark.parametrize("length", [len(FILM), 5000])
def test_bytes_that_are_no_film_are_refused_and_deleted_whatever_was_said_of_them(
    client: Client, editor: User, length: int
) -> None:
    told = begun(client, head=head())
    answer = add(client, told["url"], 0, (b"MZ" * len(FILM))[:length])
    assert answer.status_code == 422
    assert "is not a film or a sound" in answer.json()["problem"]
    assert client.get(told["url"]).status_code == 404
    assert (Upload.objects.count(), what_is_left()) == (0, [])


def test_a_type_that_was_not_seen_at_the_beginning_is_seen_at_the_end(
    client: Client, editor: User
) -> None:
    content = b"MZ" * 3000
    told = begun(client, content)
    item = Upload.objects.get()
    with pytest.raises(OSError, match="dead"):  # the line broke within the first bytes
        services.append(upload=item, offset=0, stream=Breaking(content[:100]))
    assert add(client, told["url"], 100, content[100:]).status_code == 422
    told = begun(client, content)
    with pytest.raises(OSError, match="dead"):
        services.append(upload=Upload.objects.get(), offset=0, stream=Breaking(content))
    assert finish(client, told["url"]).status_code == 422
    assert (Upload.objects.count(), what_is_left()) == (0, [])


@override_settings(MAX_UPLOAD_GB=0.05)
def test_a_file_over_the_limit_is_refused_with_the_limit(client: Client, editor: User) -> None:
    answer = begin(client, size=50_000_001)
    assert answer.status_code == 413
    assert "bigger than the 0.05 GB" in answer.json()["problem"]


@override_settings(MAX_UPLOAD_GB=10**9)
def test_a_file_that_does_not_fit_on_the_disk_is_not_begun(client: Client, editor: User) -> None:
    answer = begin(client, size=10**15)
    assert (answer.status_code, "no room left" in answer.json()["problem"]) == (507, True)
    assert (Upload.objects.count(), what_is_left()) == (0, [])


def test_a_disk_that_fills_up_is_told_and_freed(client: Client, editor: User) -> None:
    told = begun(client)
    part = part_of(Upload.objects.get().pk)
    part.unlink()
    part.symlink_to("/dev/full")
    answer = add(client, told["url"], 0, FILM)
    assert answer.status_code == 507
    assert "no room left" in answer.json()["problem"]
    assert (Upload.objects.count(), what_is_left()) == (0, [])


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "null",
        "{",
        '{"name": "talk.webm"}',
        '{"name": 5, "size": 5}',
        '{"name": "talk.webm", "size": "5"}',
        '{"name": "talk.webm", "size": true}',
        '{"name": "talk.webm", "size": 1e9}',
        '{"name": "talk.webm", "size": 99999999999999999999}',
        '{"name": "talk.webm", "size": 5, "modified": -99999999999999999999}',
        '{"name": "talk.webm", "size": 5, "head": "%%%"}',
        '{"name": "talk.webm", "size": 0}',
        '{"name": "talk.webm", "size": -5}',
        '{"name": "talk.webm", "size": 5, "head": "' + "A" * 50_000 + '"}',
    ],
)
def test_nonsense_gets_a_clear_answer(client: Client, editor: User, body: str) -> None:
    answer = client.post(reverse("uploads:begin"), body, "application/json")
    assert answer.status_code in (400, 413, 422)
    assert answer.json()["problem"]
    assert not Upload.objects.exists()


def test_a_part_that_is_too_long_is_not_even_read(client: Client, editor: User) -> None:
    told = begun(client)
    assert add(client, told["url"], 0, bytes(16 * 1024 * 1024 + 1)).status_code == 413


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.webm", "passwd.webm"),
        ("C:\\films\\Our talk – take 2.WEBM", "Our-talk-take-2.webm"),
        ("🎬.webm", "recording.webm"),
        ("a\x00b\ud800\n.webm", "a-b.webm"),
        (".webm", "recording.webm"),
        ("x" * 500 + ".webm", "x" * 80 + ".webm"),
        ("Çağla.mp3", "Çağla.mp3"),
        ("..", "recording"),
        ("", "recording"),
    ],
)
def test_names_are_cleaned(name: str, kept: str) -> None:
    assert clean_name(name) == kept


def test_no_path_of_the_browser_is_used(client: Client, editor: User, tmp_path: Path) -> None:
    upload(client, name="../../../../outside.webm")
    assert [path for path in tmp_path.rglob("*outside*") if path.parent.name != "recordings"] == []


def test_an_upload_that_is_cancelled_leaves_nothing(client: Client, editor: User) -> None:
    told = begun(client)
    add(client, told["url"], 0, FILM[:50_000])
    assert client.delete(told["url"]).status_code == 204
    upload(client)
    whole = reverse("uploads:upload", args=[Upload.objects.get().token])
    assert client.delete(whole).status_code == 204
    assert client.delete(whole).status_code == 404
    assert (Upload.objects.count(), what_is_left()) == (0, [])


def test_what_nobody_touched_for_a_day_goes_and_younger_stays(client: Client, editor: User) -> None:
    begun(client, name="half.webm")
    upload(client, name="whole.webm")
    Upload.objects.update(touched_at=timezone.now() - DAY - timedelta(minutes=1))
    young = begun(client, name="young.webm")
    services.discard_abandoned()
    assert [item.token for item in Upload.objects.all()] == [young["token"]]
    assert what_is_left() == [f"{Upload.objects.get().pk}.part"]


def test_a_part_keeps_an_old_upload_alive(client: Client, editor: User) -> None:
    told = begun(client)
    Upload.objects.update(touched_at=timezone.now() - DAY - timedelta(minutes=1))
    add(client, told["url"], 0, FILM[:100])
    services.discard_abandoned()
    assert Upload.objects.exists()


def test_an_upload_whose_deletion_was_broken_off_is_deleted_at_the_next_minute(
    client: Client, editor: User
) -> None:
    upload(client)
    Upload.objects.update(state=Upload.State.GOING)
    assert begun(client, name="other.webm")["received"] == 0
    services.discard_abandoned()
    assert [item.name for item in Upload.objects.all()] == ["other.webm"]


@pytest.fixture
def fresh_hour() -> Iterator[None]:
    from django.core.cache import cache

    cache.delete("uploads:orphans")
    yield
    cache.delete("uploads:orphans")


def test_parts_that_no_row_knows_go_when_they_are_old(
    settings: Any, db: None, fresh_hour: None
) -> None:
    old, young = settings.UPLOADS_IN_PARTS / "8.part", settings.UPLOADS_IN_PARTS / "9.part"
    for path in (old, young):
        path.write_bytes(FILM)
    long_ago = time.time() - DAY.total_seconds() - 60
    os.utime(old, (long_ago, long_ago))
    services.discard_abandoned()
    assert what_is_left() == ["9.part"]


def test_one_upload_that_cannot_be_deleted_does_not_keep_the_others(
    client: Client, editor: User
) -> None:
    for name in ("stuck.webm", "free.webm"):
        begun(client, name=name)
    stuck = Upload.objects.get(name="stuck.webm")
    Disk().path(stuck).unlink()
    (Disk().path(stuck) / "a-folder-in-its-place").mkdir(parents=True)
    Upload.objects.update(touched_at=timezone.now() - 2 * DAY)
    with pytest.raises(ExceptionGroup):
        services.discard_abandoned()
    assert [item.state for item in Upload.objects.all()] == [Upload.State.GOING]


def test_the_clock_deletes_what_is_abandoned(client: Client, editor: User) -> None:
    upload(client)
    Upload.objects.update(touched_at=timezone.now() - 2 * DAY)
    assert not [name for name in clock.tick() if "uploads" in name]
    assert (Upload.objects.count(), what_is_left()) == (0, [])


def test_what_a_recording_has_taken_is_not_deleted(client: Client, editor: User) -> None:
    upload(client)
    item = Upload.objects.get()
    stored = services.claim(item)
    services.discard(item)
    assert default_storage.exists(stored)
    with pytest.raises(problems.AlreadyTaken):
        services.claim(item)


def addresses(token: str) -> list[tuple[str, str]]:
    url = reverse("uploads:upload", args=[token])
    return [
        ("GET", url),
        ("PUT", url),
        ("DELETE", url),
        ("POST", f"{url}finish/"),
        ("POST", f"{url}parts/1/"),
    ]


def test_an_upload_of_somebody_else_does_not_exist(client: Client, editor: User) -> None:
    told = begun(client)
    other = Client()
    other.force_login(make_user("chief", is_superuser=True, is_staff=True))
    for method, url in addresses(told["token"]):
        assert other.generic(method, url).status_code == 404, (method, url)
    assert begun(other)["token"] != told["token"]
    assert client.get(told["url"]).status_code == 200


def test_only_people_who_may_add_recordings_may_upload(client: Client, editor: User) -> None:
    told = begun(client)
    everybody = [("POST", reverse("uploads:begin")), *addresses(told["token"])]
    for user in (None, make_organiser(), make_user("nobody")):
        other = Client(headers={"X-Requested-With": "XMLHttpRequest"})
        if user:
            other.force_login(user)
        for method, url in everybody:
            assert other.generic(method, url).status_code == 403, (user, method, url)
            assert Client().generic(method, url).status_code == 302
    assert Upload.objects.count() == 1


def test_another_site_cannot_upload_in_an_editors_name(client: Client, editor: User) -> None:
    told = begun(client)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor)
    for method, url in [("POST", reverse("uploads:begin")), *addresses(told["token"])[1:]]:
        assert strict.generic(method, url).status_code == 403, (method, url)
    assert client.get(told["url"]).status_code == 200


def test_a_part_is_not_signed_for_an_upload_to_the_disk(client: Client, editor: User) -> None:
    told = begun(client)
    assert client.post(f"{told['url']}parts/1/").status_code == 404


def test_parts_are_added_to_open_uploads_only(client: Client, editor: User) -> None:
    url = reverse("uploads:upload", args=[upload(client)])
    assert add(client, url, len(FILM), b"more").status_code == 404


def test_an_upload_whose_bytes_are_gone_begins_again(client: Client, editor: User) -> None:
    told = begun(client)
    part_of(Upload.objects.get().pk).unlink()
    assert client.get(told["url"]).status_code == 404
    assert add(client, told["url"], 0, FILM).status_code == 404
    again = begun(client)
    assert (again["received"], again["token"] == told["token"]) == (0, False)


def test_tokens_cannot_be_guessed(client: Client, editor: User) -> None:
    tokens = {begun(client, anew=True)["token"] for _ in range(20)}
    assert len(tokens) == 20
    assert {len(token) for token in tokens} == {43}
