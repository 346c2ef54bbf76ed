"""The words of a talk are laid out once and kept, until they change."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from episodes.models import EpisodePage
from home.models import HomePage
from media import services
from media.cues import Reading, SpokenCue
from media.models import Cue, Transcript
from tests.episodes.factories import chapters, make_episode
from tests.media.factories import make_recording


@pytest.fixture
def talk(home: HomePage) -> EpisodePage:
    return make_episode("A talk", recording=make_recording(), chapters=chapters((0, "Begin")))


def say(talk: EpisodePage, *words: str) -> Transcript:
    """Write the words anew, as an import does."""
    cues = tuple(
        SpokenCue(start_ms=at * 5_000, end_ms=at * 5_000 + 4_000, text=text, speaker=f"Voice {at}")
        for at, text in enumerate(words)
    )
    assert talk.recording is not None
    return services.import_transcript(recording=talk.recording, reading=Reading(cues=cues))


def shown(client: Client, talk: EpisodePage) -> str:
    return client.get(talk.url).content.decode()


def reads_cues(client: Client, talk: EpisodePage) -> bool:
    with CaptureQueriesContext(connection) as queries:
        shown(client, talk)
    return any(f'FROM "{Cue._meta.db_table}"' in each["sql"] for each in queries)


def test_new_words_are_shown_at_once(client: Client, talk: EpisodePage) -> None:
    say(talk, "Good morning.")
    assert "Good morning." in shown(client, talk)
    say(talk, "Good evening.")
    page = shown(client, talk)
    assert "Good evening." in page
    assert "Good morning." not in page


def test_words_are_laid_out_once_for_every_state(client: Client, talk: EpisodePage) -> None:
    say(talk, "Good morning.")
    assert [reads_cues(client, talk) for _ in range(3)] == [True, False, False]
    say(talk, "Good evening.")
    assert [reads_cues(client, talk) for _ in range(2)] == [True, False]


def test_two_talks_with_one_recording_have_their_own_chapters(
    client: Client, talk: EpisodePage
) -> None:
    say(talk, "Good morning.", "Goodbye.")
    other = make_episode(
        "Another", recording=talk.recording, chapters=chapters((0, "Hello"), (5_000, "The end"))
    )
    assert 'class="transcript__chapter">Begin<' in shown(client, talk)
    assert 'class="transcript__chapter">The end<' in shown(client, other)
    assert "The end" not in shown(client, talk)


def test_chapters_of_a_draft_stay_in_its_preview(client: Client, talk: EpisodePage) -> None:
    say(talk, "Good morning.", "Goodbye.")
    shown(client, talk)
    draft = EpisodePage.objects.get(pk=talk.pk)
    draft.chapters = chapters((0, "Begin"), (5_000, "Not yet public"))
    draft.save_revision()
    preview = draft.get_latest_revision_as_object().make_preview_request()
    assert "Not yet public" in preview.content.decode()
    assert "Not yet public" not in shown(client, talk)
    assert "Not yet public" in draft.make_preview_request().content.decode()
    draft.save_revision().publish()
    assert "Not yet public" in shown(client, talk)
