"""The real thing: a speech model listens to the sample talks, in a process of its own."""

import json
import os
import subprocess
import sys
import time
import wave
from collections.abc import Callable
from pathlib import Path

import pytest

from media.hearing import process
from media.hearing.words import Heard
from tests.speech import clip, model_folder, plain_words, script, word_errors

SAID = plain_words(
    "they do not spend the first five minutes working out whether today is safe and nor do i i used"
    " to begin every lesson by winning the room back that is tiring and it is"
)


def ask(path: Path, *, hotwords: str = "", model: Path | None = None) -> process.Request:
    return process.Request(
        path=str(path), model=str(model or model_folder()), hotwords=hotwords, threads=1
    )


def hear(request: process.Request) -> Heard:
    return process.hear(request, told=lambda percent: None)


def broken(request: process.Request) -> str:
    with pytest.raises(process.Broken) as problem:
        hear(request)
    return problem.value.kind


def write_silence(path: Path, seconds: int) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes(b"\0\0" * 16_000 * seconds)
    return path


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    path = tmp_path / "talk.mp3"
    path.write_bytes(clip())
    return path


def test_the_words_of_a_talk_come_back_with_their_times(talk: Path) -> None:
    heard = hear(ask(talk, hotwords="Pupil Premium. Oracy."))
    words = plain_words(" ".join(word.text for word in heard.words))
    assert word_errors(SAID, words) < len(words) - len(SAID) + 6
    assert 14 < heard.seconds < 16
    assert all(word.start <= word.end <= heard.seconds + 0.5 for word in heard.words)
    assert not heard.is_cut_short


def scrambled(content: bytes) -> bytes:
    return bytes(each ^ 255 if at % 50 == 0 else each for at, each in enumerate(content))


@pytest.mark.parametrize("damage", [scrambled, lambda content: bytes(len(content))])
def test_a_bad_moment_in_a_file_does_not_end_the_talk(
    talk: Path, damage: Callable[[bytes], bytes]
) -> None:
    content = clip()
    talk.write_bytes(content[:30_000] + damage(content[30_000:34_000]) + content[34_000:])
    heard = hear(ask(talk))
    assert "winning the room back" in "".join(word.text for word in heard.words)
    assert heard.seconds > 13


def test_silence_gives_no_words(tmp_path: Path) -> None:
    heard = hear(ask(write_silence(tmp_path / "silence.wav", 12)))
    assert heard.words == ()
    assert heard.seconds == 12


def test_a_broken_file_is_said_to_be_broken(tmp_path: Path) -> None:
    path = tmp_path / "talk.mp4"
    path.write_bytes(b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00" + bytes(range(256)) * 40)
    assert broken(ask(path)) == "unreadable"


def test_a_file_with_no_sound_in_it_is_said_to_have_none(tmp_path: Path) -> None:
    assert broken(ask(write_silence(tmp_path / "empty.wav", 0))) == "no-sound"


def test_a_folder_without_a_model_is_named(talk: Path, tmp_path: Path) -> None:
    assert broken(ask(talk, model=tmp_path)) == "no-model"
    for name in ("model.bin", "tokenizer.json", "config.json"):
        (tmp_path / name).write_text("{}")
    assert broken(ask(talk, model=tmp_path)) == "no-model"


def said_by(code: str, **limits: float) -> Heard:
    """What becomes of a process that does something else."""
    command = (sys.executable, "-c", code)
    request = process.Request(path="talk.mp3", model="model")
    return process.hear(request, told=lambda percent: None, command=command, **limits)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("import os; os.kill(os.getpid(), 9)", "memory"),
        ("import os; os.kill(os.getpid(), 11)", "crashed"),
        ("raise SystemExit(3)", "crashed"),
        ("import sys; sys.stdin.close()", "crashed"),
        ("import time; time.sleep(60)", "stuck"),
    ],
)
def test_a_process_that_dies_or_hangs_is_noticed(code: str, kind: str) -> None:
    with pytest.raises(process.Broken) as problem:
        said_by(code, patience=1.0 if kind == "stuck" else 60.0, beat=0.2)
    assert problem.value.kind == kind


def test_short_of_memory_it_says_so_and_nobody_else_suffers(talk: Path) -> None:
    code = (
        "import resource; resource.setrlimit(resource.RLIMIT_AS, (400 << 20, 400 << 20));"
        "from media.hearing import child; child.run(child.speaker())"
    )
    with pytest.raises(process.Broken) as problem:
        process.hear(ask(talk), told=lambda percent: None, command=(sys.executable, "-c", code))
    assert problem.value.kind in ("memory", "crashed", "no-package")


def test_how_far_it_is_is_told_again_and_again() -> None:
    code = (
        "import json, sys, time\n"
        "for share in (0.25, 0.5, 1.0):\n"
        "    print(json.dumps({'share': share}), flush=True); time.sleep(0.5)\n"
        "print(json.dumps({'words': [[0, 1, ' Hello', 0.9]], 'seconds': 1.0, 'said': 1.0}))\n"
    )
    told: list[int] = []
    request = process.Request(path="talk.mp3", model="model")
    command = (sys.executable, "-c", code)
    heard = process.hear(request, told=told.append, command=command, beat=0.1)
    assert told == sorted(told)
    assert told[-1] > 0
    assert set(told) <= {0, 25, 50, 99}
    assert len(told) > 3
    assert heard.words[0].text == " Hello"


def test_no_secret_reaches_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "do not tell")
    code = (
        "import json, os\n"
        "names = [[0, 1, name, 1] for name in os.environ]\n"
        "print(json.dumps({'words': names, 'seconds': 1, 'said': 1}))\n"
    )
    names = {word.text for word in said_by(code).words}
    assert "HF_HUB_OFFLINE" in names
    assert not names & {"SECRET_KEY", "DATABASE_URL", "AWS_SECRET_ACCESS_KEY"}


def test_it_steps_back_and_ends_with_its_parent(talk: Path) -> None:
    code = "from media.hearing import child; child.step_back(); child.end_with_parent()"
    listening = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE)
    for _ in range(200):
        if os.getpriority(os.PRIO_PROCESS, listening.pid) >= 10:
            break
        time.sleep(0.05)
    assert os.getpriority(os.PRIO_PROCESS, listening.pid) >= 10
    assert listening.stdin is not None
    listening.stdin.close()
    assert listening.wait(timeout=30) == 1


def test_numbers_and_stops_are_no_mistakes() -> None:
    assert plain_words("Forty-two “daft” ideas, 20%.") == plain_words(
        "42 daft ideas twenty per cent"
    )
    assert plain_words("10,000") == ["10000"]
    assert word_errors(["a", "b", "c"], ["a", "x", "c", "d"]) == 2
    assert word_errors([], []) == 0
    assert len(script("classroom-routines-and-joy").split()) > 200
    assert json.dumps(plain_words("ours")) != json.dumps(plain_words("hours"))
