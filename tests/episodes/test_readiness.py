"""What is open before an episode is published, and publishing it all the same."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from wagtail.models import PageLogEntry
from wagtail.test.utils.form_data import inline_formset

from core.models import PageLink
from episodes import readiness
from episodes.gate import PUBLISHED_OPEN
from episodes.models import EpisodePage, SeriesPage
from home.models import HomePage
from media import services
from media.models import Recording
from tests.episodes.factories import (
    chapters,
    make_episode,
    make_library,
    make_person,
    make_series,
)
from tests.episodes.test_editing import form
from tests.factories import make_topic
from tests.media.factories import (
    make_editor,
    make_organiser,
    make_picture,
    make_recording,
    make_user,
)
from tests.resources.factories import make_resource

WHY = "The conference is tomorrow; the words follow on Monday."


@pytest.fixture
def editor(home: HomePage, client: Client) -> User:
    user = make_editor()
    client.force_login(user)
    return user


def checked(**fields: Any) -> Recording:
    recording = make_recording(**fields)
    assert recording.transcript is not None
    services.mark_checked(transcript=recording.transcript)
    return recording


def whole(**fields: Any) -> EpisodePage:
    speaker = make_person()
    fields = {
        "recording": checked(),
        "summary": "Why to open it.",
        "chapters": chapters((0, "Why")),
        "topics": [make_topic()],
        "people": [speaker],
        "consents": [speaker],
        "links": [make_resource()],
        **fields,
    }
    return make_episode("Whole", **fields)


def named(page: EpisodePage) -> tuple[list[str], list[str]]:
    """Titles of what is needed and of what would help."""
    points = readiness.points(readiness.facts_of(page))
    advised = [item.title for item in points if not item.met and not item.needed]
    return [item.title for item in readiness.open_points(points)], advised


def edit(page: EpisodePage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def publish(client: Client, page: EpisodePage, **fields: Any) -> Any:
    sent = {"number": "", "publish_reason": "", "slug": page.slug, **fields}
    if page.recording_id:
        sent.setdefault("recording", page.recording_id)
    return client.post(edit(page), form(**sent))


def overrides() -> list[PageLogEntry]:
    return list(PageLogEntry.objects.filter(action=PUBLISHED_OPEN))


# The rules --------------------------------------------------------------------------------------


def test_nothing_is_open_on_an_episode_that_has_all(home: HomePage) -> None:
    assert named(whole()) == ([], [])


def test_an_empty_episode_is_told_everything_it_lacks(home: HomePage) -> None:
    page = make_episode(recording=None)
    page.licence = " "
    assert named(page) == (
        ["Recording", "Captions checked", "Licence", "Resource"],
        ["Summary", "Chapters", "People", "Topics"],
    )


@pytest.mark.parametrize(
    ("words", "todo"),
    [({}, "Nobody has read the words"), ({"words": ""}, "There are no words yet")],
)
def test_captions_are_open_until_a_person_has_checked_them(
    home: HomePage, words: dict[str, str], todo: str
) -> None:
    recording = make_recording(**words)
    point = readiness.captions(readiness.facts_of(make_episode(recording=recording)))
    assert not point.met
    assert todo in point.todo
    transcript = recording.transcript
    assert point.url == (
        reverse("editor:lines", args=[transcript.pk])
        if transcript
        else reverse("wagtailsnippets_media_recording:edit", args=[recording.pk])
    )


def test_nothing_is_said_of_consent_where_nobody_is_named(home: HomePage) -> None:
    titles = [point.title for point in readiness.points(readiness.facts_of(make_episode()))]
    assert "Speakers’ consent" not in titles
    page = make_episode("With a speaker", people=[make_person()])
    told = readiness.points(readiness.facts_of(page))
    assert "Speakers’ consent" in [point.title for point in readiness.open_points(told)]


def test_a_recording_that_could_not_be_read_is_open(home: HomePage) -> None:
    assert named(whole(recording=checked(state=Recording.State.FAILED)))[0] == ["Recording"]


@pytest.mark.parametrize(
    ("description", "found"),
    [
        ("A hall with rows of chairs", ([], [])),
        ("A still from the recording “A talk”", ([], ["Alternative text"])),
        ("  ", (["Alternative text"], [])),
    ],
)
def test_a_picture_wants_words_of_a_person(
    home: HomePage, description: str, found: tuple[list[str], list[str]]
) -> None:
    picture = make_picture()
    picture.description = description
    picture.save()
    assert named(whole(recording=checked(poster=picture))) == found


def test_a_resource_that_links_to_the_episode_counts(home: HomePage) -> None:
    page = whole(links=[])
    assert named(page)[0] == ["Resource"]
    PageLink.objects.create(page=make_resource(slug="other"), target=page)
    assert named(page) == ([], [])


def test_a_link_to_a_draft_is_open_and_named(home: HomePage) -> None:
    draft = make_resource("Not out yet", slug="draft")
    page = whole(links=[make_resource(slug="one"), draft])
    draft.unpublish()
    point = readiness.links(readiness.facts_of(EpisodePage.objects.get(pk=page.pk)))
    assert not point.met
    assert "“Not out yet”" in point.todo


# The panel --------------------------------------------------------------------------------------


def test_the_panel_says_what_to_do_and_where(client: Client, editor: User) -> None:
    page = make_episode(recording=make_recording())
    shown = client.get(edit(page)).content.decode()
    assert shown.count('name="publish_reason"') == 1
    assert "2 points open before it is published" in shown
    assert "Nobody has read the words against the sound" in shown
    assert page.recording is not None
    assert page.recording.transcript is not None
    assert reverse("editor:lines", args=[page.recording.transcript.pk]) in shown
    assert 'href="#panel-child-content-belongs_with-section"' in shown
    assert 'id="panel-child-content-belongs_with-section"' in shown
    assert "would help" in shown


def test_every_point_leads_to_a_place_that_is_on_the_form(client: Client, editor: User) -> None:
    page = make_episode(recording=None, people=[make_person()])
    shown = BeautifulSoup(client.get(edit(page)).content, "html.parser")
    places = [str(each["href"]) for each in shown.select(".readiness__point a[href^='#']")]
    assert len(places) > 5
    for place in places:
        assert shown.find(id=place.removeprefix("#")) is not None, place


def test_where_nothing_is_open_no_reason_is_asked(client: Client, editor: User) -> None:
    shown = client.get(edit(whole())).content.decode()
    assert "Nothing stands in the way of publishing" in shown
    assert "publish_reason" not in shown


def test_a_page_just_begun_is_not_scolded(client: Client, editor: User) -> None:
    url = reverse("wagtailadmin_pages:add", args=["episodes", "episodepage", make_library().pk])
    shown = client.get(url).content.decode()
    assert "stands here as soon as the draft has saved itself" in shown
    assert "readiness__point" not in shown


def test_what_is_open_is_told_anew_of_the_newest_draft(client: Client, editor: User) -> None:
    page = make_episode(recording=make_recording(), summary="")
    address = reverse("readiness", args=[page.pk])
    assert "<strong>Summary</strong> would help" in client.get(address).content.decode()
    page.summary = "Why to open it."
    page.save_revision()
    told = client.get(address).content.decode()
    assert "<strong>Summary</strong>" not in told
    assert "2 points open before it is published" in told
    assert client.get(reverse("readiness", args=[page.get_parent().pk])).status_code == 404


def test_only_editors_are_told_what_is_open(client: Client, home: HomePage) -> None:
    page = make_episode()
    address = reverse("readiness", args=[page.pk])
    assert client.get(address)["Location"].startswith("/admin/login/")
    for user in (make_organiser(), make_user("nobody")):
        client.force_login(user)
        answer = client.get(address)
        assert answer.status_code == 302
        assert b"point" not in answer.content


def test_only_editors_see_the_panel(client: Client, home: HomePage) -> None:
    page = make_episode()
    for user in (make_organiser(), make_user("nobody")):
        client.force_login(user)
        answer = client.get(edit(page))
        assert answer.status_code == 302
        assert publish(client, page, publish_reason=WHY).status_code == 302
    assert overrides() == []


# The gate ---------------------------------------------------------------------------------------


def test_open_points_keep_it_from_being_published_and_nothing_typed_is_lost(
    client: Client, editor: User
) -> None:
    page = make_episode(recording=make_recording(), live=False)
    answer = publish(client, page, title="A better title")
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "Still open: captions checked, resource." in shown
    assert 'value="A better title"' in shown or "A better title</textarea>" in shown
    assert not EpisodePage.objects.get(pk=page.pk).live
    assert overrides() == []


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_white_space_is_no_reason(client: Client, editor: User, reason: str) -> None:
    page = make_episode(live=False)
    assert publish(client, page, publish_reason=reason).status_code == 200
    assert not EpisodePage.objects.get(pk=page.pk).live


def test_with_a_reason_it_goes_live_and_who_and_why_are_kept(client: Client, editor: User) -> None:
    page = make_episode(live=False)
    assert publish(client, page, publish_reason=f"  {WHY} ").status_code == 302
    assert EpisodePage.objects.get(pk=page.pk).live
    (entry,) = overrides()
    assert (entry.user, entry.page_id) == (editor, page.pk)
    assert entry.data == {"open": ["Captions checked", "Resource"], "reason": WHY}
    assert entry.revision_id == EpisodePage.objects.get(pk=page.pk).latest_revision_id
    history = client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
    assert f"Published with open points (Captions checked, Resource): {WHY}" in history
    assert WHY in client.get(edit(page)).content.decode()


def test_a_new_page_is_held_to_the_same(client: Client, editor: User) -> None:
    series: SeriesPage = make_series()
    url = reverse("wagtailadmin_pages:add", args=["episodes", "episodepage", series.pk])
    held = client.post(url, form(publish_reason=""))
    assert "Still open: recording, captions checked, resource." in held.content.decode()
    assert not EpisodePage.objects.exists()
    assert client.post(url, form(publish_reason=WHY)).status_code == 302
    assert [entry.data["reason"] for entry in overrides()] == [WHY]


def test_what_is_typed_counts_not_what_was_stored(client: Client, editor: User) -> None:
    """A resource chosen just now closes the point; no reason is needed, and none is kept."""
    page = make_episode(recording=checked(), live=False)
    rows = inline_formset([{"target": make_resource().pk}])
    assert publish(client, page, links_out=rows, publish_reason=WHY).status_code == 302
    assert EpisodePage.objects.get(pk=page.pk).live
    assert overrides() == []


def test_a_draft_is_saved_with_whatever_is_open(client: Client, editor: User) -> None:
    page = make_episode(recording=None, live=False)
    data = form(number="", publish_reason="", slug=page.slug, title="Half done")
    del data["action-publish"]
    assert client.post(edit(page), data).status_code == 302
    revision: Any = EpisodePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert revision.title == "Half done"
    assert overrides() == []


def test_submitting_for_review_is_held_to_the_same(client: Client, editor: User) -> None:
    page = make_episode(live=False)
    data = form(number="", publish_reason="", slug=page.slug) | {"action-submit": "1"}
    del data["action-publish"]
    assert "Still open" in client.post(edit(page), data).content.decode()


def test_a_preview_is_not_held_up(client: Client, editor: User) -> None:
    page = make_episode(live=False)
    data = form(number="", publish_reason="", slug=page.slug)
    del data["action-publish"]
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert client.post(url, data).json()["is_valid"]


def test_a_reason_that_no_database_holds_is_refused(client: Client, editor: User) -> None:
    page = make_episode(live=False)
    for reason in ("x" * 301, "NUL \x00"):
        assert publish(client, page, publish_reason=reason).status_code == 200
    assert publish(client, page, publish_reason="\U0001f600" * 300).status_code == 302


# Many at once -----------------------------------------------------------------------------------


def bulk(client: Client, *pages: Any, **data: str) -> Any:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    query = "&".join(f"id={page.pk}" for page in pages)
    return client.post(f"{url}?{query}&next=/admin/", data, follow=True)


def test_a_list_publishes_nothing_while_a_point_is_open(client: Client, editor: User) -> None:
    ready, open_page = whole(live=False), make_episode("Unread", live=False)
    answer = bulk(client, ready, open_page)
    assert "Points are open on “Unread”" in answer.content.decode()
    assert not EpisodePage.objects.filter(live=True).exists()
    bulk(client, ready)
    assert EpisodePage.objects.get(live=True).title == "Whole"


def test_a_series_does_not_take_open_episodes_with_it(client: Client, editor: User) -> None:
    series = make_series()
    make_episode("Unread", series=series, live=False)
    answer = bulk(client, series, include_descendants="on")
    assert "Points are open on “Unread”" in answer.content.decode()
    assert not EpisodePage.objects.filter(live=True).exists()


def test_other_pages_and_other_actions_are_left_alone(client: Client, editor: User) -> None:
    resource = make_resource()
    resource.unpublish()
    bulk(client, resource)
    resource.refresh_from_db()
    assert resource.live
