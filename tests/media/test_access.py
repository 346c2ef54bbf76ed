"""Who may see a recording, its words and its picture."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, GroupCollectionPermission

from media import access
from media.models import Recording
from tests.media.factories import (
    make_editor,
    make_organiser,
    make_picture,
    make_recording,
    make_user,
    shown_on_a_public_page,
)

FORMS = ("vtt", "srt", "txt", "docx")


@pytest.fixture
def recording(db: None) -> Recording:
    return make_recording(poster=make_picture())


def addresses(recording: Recording) -> list[str]:
    transcript = recording.transcript
    assert transcript is not None
    words = [reverse("media:captions", args=[transcript.pk, form]) for form in FORMS]
    return [recording.files()[0].url, recording.picture_url(), *words]


def test_without_a_public_page_a_visitor_is_told_nothing(
    client: Client, recording: Recording
) -> None:
    assert {client.get(url).status_code for url in addresses(recording)} == {404}


def test_with_a_public_page_everybody_sees_it(client: Client, recording: Recording) -> None:
    with shown_on_a_public_page(recording):
        assert {client.get(url).status_code for url in addresses(recording)} == {200}


def test_who_may_edit_it_sees_it_before_and_no_cache_keeps_it(
    client: Client, recording: Recording
) -> None:
    client.force_login(make_editor())
    for url in addresses(recording):
        response = client.get(url)
        assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")


def test_an_organiser_and_an_account_without_groups_are_refused(
    client: Client, recording: Recording
) -> None:
    for user in (make_organiser(), make_user("nobody")):
        client.force_login(user)
        assert {client.get(url).status_code for url in addresses(recording)} == {404}


def test_an_editor_of_another_collection_is_refused(client: Client, recording: Recording) -> None:
    root = Collection.get_first_root_node()
    recording.collection = root.add_child(name="Leeds only")
    recording.save()
    other = root.add_child(name="Bradford only")
    GroupCollectionPermission.objects.update(collection=other)
    client.force_login(make_editor())
    assert {client.get(url).status_code for url in addresses(recording)} == {404}


def test_a_use_is_registered_once(recording: Recording) -> None:
    def find(recording_id: int) -> access.Use | None:
        return None

    access.register_use(find)
    access.register_use(find)
    access.unregister_use(find)
    assert access.public_use(recording.pk) is None
