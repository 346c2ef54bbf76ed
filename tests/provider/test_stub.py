"""The stub behaves as AssemblyAI does: their own SDK cannot tell the difference."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import assemblyai
import pytest
from assemblyai.prerecorded.v2 import api as v2

from tests.provider.stub import DELETED, KEY, Stub

# Their SDK still uses what its own libraries call out of date.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture
def sdk(stub: Stub) -> Iterator[Any]:
    client = make_client(stub, KEY)
    yield client
    client.http_client.close()


def make_client(stub: Stub, key: str) -> Any:
    settings = assemblyai.Settings(api_key=key, base_url=stub.url, polling_interval=0.1)
    return assemblyai.Client(settings=settings)


@pytest.fixture
def sound(tmp_path: Path) -> str:
    path = tmp_path / "talk.mp3"
    path.write_bytes(b"ID3" + bytes(5000))
    return str(path)


def config(**fields: Any) -> Any:
    given = {"speech_models": ["universal-3-5-pro"], "speaker_labels": True, **fields}
    return assemblyai.TranscriptionConfig(**given)


def transcribe(sdk: Any, sound: str, **fields: Any) -> Any:
    return assemblyai.Transcriber(client=sdk, config=config(**fields)).transcribe(sound)


def test_their_sdk_sends_a_file_waits_and_reads_words_and_speakers(
    sdk: Any, stub: Stub, sound: str
) -> None:
    transcript = transcribe(sdk, sound, keyterms_prompt=["Pupil Premium"])
    assert transcript.status == assemblyai.TranscriptStatus.completed
    assert transcript.text.startswith("People hear the word routine")
    assert [each.speaker for each in transcript.utterances] == ["A", "B"]
    assert (transcript.words[0].text, transcript.words[0].start) == ("People", 240)
    assert len(next(iter(stub.uploads.values()))) == 5003


def test_their_sdk_reads_an_error_that_came_of_it(sdk: Any, stub: Stub, sound: str) -> None:
    stub.error = "Transcoding failed. File does not appear to contain audio."
    transcript = transcribe(sdk, sound)
    assert transcript.status == assemblyai.TranscriptStatus.error
    assert transcript.error == stub.error


def test_their_sdk_is_refused_without_the_right_key(stub: Stub, sound: str) -> None:
    client = make_client(stub, "wrong")
    with pytest.raises(assemblyai.TranscriptError, match="Authentication error"):
        transcribe(client, sound)
    client.http_client.close()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"speech_models": None}, "must be a non-empty list"),
        ({"speech_models": ["universal-3-pro"]}, "have been deprecated"),
        ({"word_boost": ["Dixons"]}, "keyterms_prompt"),
        ({"keyterms_prompt": ["one two three four five six seven"]}, "up to 6 words"),
    ],
)
def test_their_sdk_reads_what_is_wrong_with_an_order(
    sdk: Any, sound: str, fields: dict[str, Any], words: str
) -> None:
    with pytest.raises(assemblyai.TranscriptError, match=words):
        transcribe(sdk, sound, **fields)


def test_their_sdk_deletes_a_transcript(sdk: Any, stub: Stub, sound: str) -> None:
    transcript = transcribe(sdk, sound)
    gone = v2.delete_transcript(sdk.http_client, transcript.id)
    assert gone.text == DELETED
    assert stub.uploads == {}
    with pytest.raises(assemblyai.TranscriptError, match="not found"):
        v2.delete_transcript(sdk.http_client, transcript.id)
