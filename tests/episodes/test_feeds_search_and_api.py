"""What machines read: feeds, sitemap, API, search rows."""

from typing import Any
from xml.etree import ElementTree

from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from episodes.models import EpisodePage
from home.models import HomePage
from media import services
from tests.episodes.factories import chapters, make_episode, make_series, points
from tests.factories import make_topic
from tests.media.factories import make_recording


def items(client: Client, url: str = "/feed/") -> list[ElementTree.Element]:
    response = client.get(url)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    return ElementTree.fromstring(response.content).findall("channel/item")


def test_the_feed_gives_every_episode_with_its_sound(client: Client, home: HomePage) -> None:
    recording = make_recording()
    episode = make_episode("Routines", series=make_series(), summary="A line.", recording=recording)
    (item,) = items(client)
    assert item.findtext("title") == "OS 1.01 Routines"
    assert item.findtext("link") == f"http://localhost:8000{episode.url}"
    assert item.findtext("description") == "A line."
    enclosure = item.find("enclosure")
    sound = recording.audio
    assert enclosure is not None
    assert sound is not None
    assert enclosure.attrib == {
        "url": f"http://localhost:8000{sound.url}",
        "length": str(sound.size),
        "type": "audio/mpeg",
    }


def test_a_guid_stays_whatever_the_address(client: Client, home: HomePage) -> None:
    episode = make_episode()
    (before,) = (item.findtext("guid") for item in items(client))
    episode.slug = "another"
    episode.save_revision().publish()
    (after,) = (item.findtext("guid") for item in items(client))
    assert before == after == f"urn:uuid:{episode.translation_key}"


def test_a_talk_without_a_recording_is_told_without_a_file(client: Client, home: HomePage) -> None:
    make_episode(recording=None)
    (item,) = items(client)
    assert item.find("enclosure") is None


def test_a_series_has_its_own_feed(client: Client, home: HomePage) -> None:
    series = make_series("Joy, on purpose")
    make_episode("In it", series=series)
    make_episode("Outside")
    found = items(client, f"/feed/series/{series.slug}/")
    assert [item.findtext("title") for item in found] == ["OS 1.01 In it"]
    series.unpublish()
    assert client.get(f"/feed/series/{series.slug}/").status_code == 404
    assert client.get("/feed/series/none/").status_code == 404


def test_a_feed_costs_the_same_for_one_and_for_three(
    client: Client, home: HomePage, django_assert_max_num_queries: Any
) -> None:
    make_episode("One")
    client.get("/feed/")
    with django_assert_max_num_queries(10) as one:
        client.get("/feed/")
    make_episode("Two")
    make_episode("Three")
    with django_assert_max_num_queries(10) as three:
        client.get("/feed/")
    assert len(one) == len(three)


def test_the_sitemap_and_the_api_list_an_episode(client: Client, home: HomePage) -> None:
    make_episode("Routines")
    assert "/library/routines/" in client.get("/sitemap.xml").content.decode()
    found = client.get("/api/v2/pages/?type=episodes.EpisodePage&fields=summary,code,chapters")
    assert found.status_code == 200
    (item,) = found.json()["items"]
    assert item["title"] == "Routines"
    assert client.post("/api/v2/pages/").status_code == 405


def test_search_is_given_the_page_and_every_spoken_moment(home: HomePage) -> None:
    episode = make_episode(
        series=make_series(),
        summary="A line.",
        topics=[make_topic("Joy")],
        chapters=chapters((0, "Why")),
        takeaways=points("Fix it."),
    )
    page, moment = EpisodePage.objects.get(pk=episode.pk).search_rows()
    assert (page.kind, page.code, page.date) == ("episode", "OS 1.01", episode.published_on)
    assert all(word in page.body for word in ("A line.", "Why", "Fix it."))
    assert page.facets == {"topic": ("Joy",), "series": ("Joy, on purpose",)}
    assert (moment.kind, moment.start_ms, moment.end_ms) == ("moment", 0, 14_000)
    assert moment.url == f"{episode.url}?t=0"
    assert moment.speaker == "Vice principal, Teacher of science"
    assert "And nor do I." in moment.body
    assert moment.key == f"moment:{episode.pk}:0"


def test_changed_words_are_found_once_they_are_saved(
    home: HomePage, django_capture_on_commit_callbacks: Any
) -> None:
    from search.models import IndexedRow

    recording = make_recording()
    with django_capture_on_commit_callbacks(execute=True):
        episode = make_episode(recording=recording)
    assert recording.transcript is not None
    cue = recording.transcript.cues.get(text__contains="opposite")
    cue.text = "Marmalade."
    cue.save()
    with django_capture_on_commit_callbacks(execute=True):
        services.mark_checked(transcript=recording.transcript)
    rows = IndexedRow.objects.filter(page_id=episode.pk, body__contains="Marmalade")
    assert rows.count() == 1
    call_command("check")


def test_words_corrected_again_and_again_are_indexed_once_in_a_while(
    home: HomePage, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    recording = make_recording()
    episode = make_episode("Routines", recording=recording)
    transcript = recording.transcript
    assert transcript is not None
    DBTaskResult.objects.all().delete()
    for _ in range(5):
        with django_capture_on_commit_callbacks(execute=True):
            services.mark_checked(transcript=transcript)
    (task,) = DBTaskResult.objects.filter(task_path="search.tasks.index_pages")
    assert task.args_kwargs["args"] == [[episode.pk]]
    assert task.run_after > timezone.now()


def test_a_talk_without_chapters_has_an_empty_list_of_them(client: Client, home: HomePage) -> None:
    answer = client.get(f"/episodes/{make_episode().pk}/chapters.json")
    assert answer.json()["chapters"] == []
