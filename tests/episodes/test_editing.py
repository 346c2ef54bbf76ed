"""The editor's form of an episode, and who may open it."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from core.timecodes import exact_clock, parse_clock
from episodes.blocks import ChapterBlock, TimeBlock
from episodes.models import EpisodePage, SeriesPage
from home.models import HomePage
from media.models import Recording
from tests.episodes.factories import chapters, make_episode, make_library, make_series
from tests.media.factories import make_editor, make_organiser, make_recording, make_user

__all__ = ["rich_text"]


@pytest.fixture
def series(home: HomePage, client: Client) -> SeriesPage:
    client.force_login(make_editor())
    return make_series()


def form(*starts: tuple[str, str], **fields: Any) -> dict[str, Any]:
    rows = [("chapter", {"start": start, "title": title}) for start, title in starts]
    data: dict[str, Any] = nested_form_data(
        {
            "title": "A talk",
            "slug": "a-talk",
            "summary": "",
            "lead": "",
            "number": "1",
            "licence": "CC BY 4.0",
            "published_on": "2026-11-22",
            "recorded_on": "",
            "last_reviewed": "",
            "seo_title": "",
            "search_description": "",
            "chapters": streamfield(rows),
            "takeaways": streamfield([]),
            "prompts": streamfield([]),
            "page_topics": inline_formset([]),
            "page_people": inline_formset([]),
            "links_out": inline_formset([]),
            "consents": inline_formset([]),
            "comments": inline_formset([]),
            "publish_reason": "It is a test.",
            "action-publish": "1",
            **fields,
        }
    )
    return data


def add(client: Client, series: SeriesPage, *starts: tuple[str, str], **fields: Any) -> Any:
    url = reverse("wagtailadmin_pages:add", args=["episodes", "episodepage", series.pk])
    return client.post(url, form(*starts, **fields))


def test_an_editor_makes_an_episode_with_chapters_typed_as_times(
    client: Client, series: SeriesPage
) -> None:
    recording = make_recording()
    response = add(client, series, ("0:00", "Why"), ("0:09.5", "How"), recording=recording.pk)
    assert response.status_code == 302
    episode = EpisodePage.objects.get()
    assert episode.chapter_starts == [(0, "Why"), (9500, "How")]
    assert (episode.live, episode.code) == (True, "OS 1.01")


@pytest.mark.parametrize(
    ("starts", "message"),
    [
        ([("abc", "Why")], "Write the time as the player shows it"),
        ([("0:75", "Why")], "Write the time as the player shows it"),
        ([("", "Why")], "This field is required"),
        ([("0:05", "Why"), ("0:05", "How")], "in the order in which they begin"),
        ([("0:05", "Why"), ("0:14", "How")], "after the end of the recording"),
        ([("\U0001f600", "Why")], "Write the time as the player shows it"),
    ],
)
def test_chapters_that_cannot_be_right_are_said_so(
    client: Client, series: SeriesPage, starts: list[tuple[str, str]], message: str
) -> None:
    response = add(client, series, *starts, recording=make_recording().pk)
    assert response.status_code == 200
    assert message in response.content.decode()
    assert not EpisodePage.objects.exists()


def test_a_place_in_the_series_is_asked_for_and_taken_once(
    client: Client, series: SeriesPage
) -> None:
    assert "needs its place in it" in add(client, series, number="").content.decode()
    make_episode("First", series=series)
    taken = add(client, series, number="1").content.decode()
    assert "“First” is track 1 already." in taken.replace("&#x27;", "’")
    assert add(client, series, number="2").status_code == 302


def test_the_next_track_is_offered(client: Client, series: SeriesPage) -> None:
    def offered(parent: Any) -> Any:
        url = reverse("wagtailadmin_pages:add", args=["episodes", "episodepage", parent.pk])
        return client.get(url).context["form"]["number"].value()

    assert offered(series) == 1
    make_episode("The fourth", series=series, number=4)
    assert offered(series) == 5
    assert offered(series.get_parent()) is None


def test_a_draft_may_still_lack_its_place(client: Client, series: SeriesPage) -> None:
    data = form(number="")
    del data["action-publish"]
    url = reverse("wagtailadmin_pages:add", args=["episodes", "episodepage", series.pk])
    assert client.post(url, data).status_code == 302
    assert not EpisodePage.objects.get().live


def test_a_talk_that_stands_alone_needs_no_number(client: Client, series: SeriesPage) -> None:
    url = reverse("wagtailadmin_pages:add", args=["episodes", "episodepage", make_library().pk])
    assert client.post(url, form(number="")).status_code == 302


def test_a_saved_episode_opens_for_editing_and_as_preview(
    client: Client, series: SeriesPage
) -> None:
    episode = make_episode(
        series=series, recording=make_recording(), chapters=chapters((9500, "How"))
    )
    page = client.get(reverse("wagtailadmin_pages:edit", args=[episode.pk]))
    assert "0:09.5" in page.content.decode()
    draft = reverse("wagtailadmin_pages:view_draft", args=[episode.pk])
    assert "And nor do I." in client.get(draft).content.decode()


def test_a_recording_in_use_cannot_be_deleted(client: Client, series: SeriesPage) -> None:
    recording = make_recording()
    make_episode(series=series, recording=recording)
    client.post(reverse("wagtailsnippets_media_recording:delete", args=[recording.pk]))
    assert Recording.objects.filter(pk=recording.pk).exists()


def test_only_editors_may_add_episodes(client: Client, home: HomePage) -> None:
    library = make_library()
    url = reverse("wagtailadmin_pages:add", args=["episodes", "episodepage", library.pk])
    users: list[User] = [make_organiser(), make_user("nobody")]
    for user in users:
        client.force_login(user)
        assert client.post(url, form()).status_code == 302
        assert not EpisodePage.objects.exists()


@pytest.mark.parametrize(
    ("text", "milliseconds"),
    [
        ("0:00", 0),
        ("1:21", 81_000),
        ("12:34.5", 754_500),
        ("1:02:03", 3_723_000),
        (" 0:38 ", 38_000),
    ],
)
def test_times_are_read_as_the_player_shows_them(text: str, milliseconds: int) -> None:
    assert parse_clock(text) == milliseconds
    assert parse_clock(exact_clock(milliseconds)) == milliseconds


@pytest.mark.parametrize("text", ["", "81", "1:2", "0:60", "1:60:00", "a:bc", "-0:05", "0:05:"])
def test_what_is_no_time_is_refused(text: str) -> None:
    assert parse_clock(text) is None
    with pytest.raises(ValidationError):
        TimeBlock().clean(text)


def test_a_chapter_keeps_milliseconds_and_shows_a_clock() -> None:
    block = ChapterBlock()
    value = block.to_python({"start": 27_260, "title": "Forty seconds"})
    assert block.child_blocks["start"].value_for_form(value["start"]) == "0:27.26"
    assert block.get_prep_value(block.clean(value))["start"] == 27_260
