"""Who may change the recordings of one collection neither sees nor changes those of another."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, GroupCollectionPermission

from media.models import Recording
from tests.media.factories import make_editor, make_recording, make_user

VIEWS = "wagtailsnippets_media_recording"


@pytest.fixture
def collections(db: None) -> tuple[Collection, Collection]:
    root = Collection.get_first_root_node()
    return root.add_child(name="Ours"), root.add_child(name="Theirs")


@pytest.fixture
def colleague(client: Client, collections: tuple[Collection, Collection]) -> User:
    """With every right to recordings, in “Ours” alone."""
    group = Group.objects.create(name="Ours")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    kind = ContentType.objects.get_for_model(Recording)
    for action in ("add", "change", "delete"):
        right = Permission.objects.get(content_type=kind, codename=f"{action}_recording")
        GroupCollectionPermission.objects.create(
            group=group, collection=collections[0], permission=right
        )
    user = make_user("colleague")
    user.groups.set([group])
    client.force_login(user)
    return user


def sent(recording: Recording, **fields: Any) -> dict[str, Any]:
    """The form of a recording without files, as the browser sends it."""
    formset = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}
    return {
        "title": "Changed",
        "collection": recording.collection_id,
        "embed_url": "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        **{f"renditions-{name}": value for name, value in formset.items()},
        **fields,
    }


@pytest.mark.parametrize("view", ["edit", "delete", "usage", "history", "history_results", "copy"])
def test_another_collections_recording_is_closed(
    client: Client, collections: tuple[Collection, Collection], colleague: User, view: str
) -> None:
    theirs = make_recording("Secret talk", collection=collections[1])
    for answer in (
        client.get(reverse(f"{VIEWS}:{view}", args=[theirs.pk])),
        client.post(reverse(f"{VIEWS}:{view}", args=[theirs.pk]), sent(theirs)),
    ):
        assert answer.status_code in (302, 403, 405)
        assert b"Secret talk" not in answer.content
    theirs.refresh_from_db()
    assert theirs.title == "Secret talk"


@pytest.mark.parametrize("view", ["edit", "delete", "usage", "history"])
def test_ones_own_collection_is_open(
    client: Client, collections: tuple[Collection, Collection], colleague: User, view: str
) -> None:
    ours = make_recording("Our talk", collection=collections[0])
    assert client.get(reverse(f"{VIEWS}:{view}", args=[ours.pk])).status_code == 200


def test_the_list_holds_what_one_may_change(
    client: Client, collections: tuple[Collection, Collection], colleague: User
) -> None:
    make_recording("Secret talk", collection=collections[1])
    make_recording("Our talk", collection=collections[0])
    page = client.get(reverse(f"{VIEWS}:list")).content.decode()
    assert ("Our talk" in page, "Secret talk" in page) == (True, False)


def test_a_recording_moves_only_where_one_may_add(
    client: Client, collections: tuple[Collection, Collection], colleague: User
) -> None:
    ours, theirs = collections
    recording = make_recording("Our talk", words="", collection=ours)
    recording.renditions.all().delete()
    url = reverse(f"{VIEWS}:edit", args=[recording.pk])
    answer = client.post(url, sent(recording, collection=theirs.pk))
    assert "collection" in answer.context["form"].errors
    assert client.post(url, sent(recording)).status_code == 302
    recording.refresh_from_db()
    assert (recording.title, recording.collection) == ("Changed", ours)


def test_editors_of_all_collections_reach_all(
    client: Client, collections: tuple[Collection, Collection]
) -> None:
    client.force_login(make_editor())
    theirs = make_recording("Their talk", words="", collection=collections[1])
    theirs.renditions.all().delete()
    url = reverse(f"{VIEWS}:edit", args=[theirs.pk])
    assert client.post(url, sent(theirs, collection=collections[0].pk)).status_code == 302
    theirs.refresh_from_db()
    assert theirs.collection == collections[0]
