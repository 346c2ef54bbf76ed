"""Local speech recognition on five minutes of the sample talks, with the model of the tests.

The words are compared as they sound (tests/speech.py says how). The speed counts the processor
seconds of the listening process, its start and the loading of the model included, as if one
processor had done it all: what else the machine does changes little, and two are only faster. The
memory is the most that the process ever held.
"""

import json
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from media.hearing import process
from media.hearing.captions import to_cues
from tests.bench.frame import at_least, at_most, benchmark
from tests.speech import TALKS, model_folder, plain_words, script, word_errors

FIVE_MINUTES = 300
TERMS_OF_A_SCHOOL = "Pupil Premium. Inset. Half-term. Oracy. Knowledge organiser."


@dataclass(kw_only=True)
class Figures:
    said: list[str]
    heard: list[str]
    sound: float
    seconds: float
    peak: int


@cache
def figures() -> Figures:
    """Talks in the order of their names until five minutes are full, as one recording."""
    talks = five_minutes()
    with tempfile.TemporaryDirectory() as folder:
        film, report = Path(folder) / "talks.mp3", Path(folder) / "used.json"
        film.write_bytes(b"".join((TALKS / name / "talk.mp3").read_bytes() for name in talks))
        request = process.Request(
            path=str(film), model=str(model_folder()), hotwords=TERMS_OF_A_SCHOOL
        )
        command = (sys.executable, "-m", "tests.bench.hearer", str(report))
        heard = process.hear(request, told=lambda percent: None, command=command)
        used = json.loads(report.read_text())
    return Figures(
        said=[word for name in talks for word in plain_words(script(name))],
        heard=plain_words(" ".join(cue.text for cue in to_cues(heard.words))),
        sound=heard.seconds,
        seconds=used["seconds"],
        peak=used["peak"],
    )


def five_minutes() -> list[str]:
    names: list[str] = []
    length = 0.0
    for path in sorted(TALKS.glob("*/talk.json")):
        if length < FIVE_MINUTES:
            names.append(path.parent.name)
            length += json.loads(path.read_text())["duration_ms"] / 1000
    return names


@benchmark(at_most(5, "% of words wrong in five minutes"))
def hearing_word_errors() -> float:
    return 100 * word_errors(figures().said, figures().heard) / len(figures().said)


@benchmark(at_least(12, "times real time, on one processor"))
def hearing_speed() -> float:
    return figures().sound / figures().seconds


@benchmark(at_most(1000, "MB held at once"))
def hearing_memory() -> float:
    return figures().peak / 1_000_000
