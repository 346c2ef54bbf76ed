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
    words: int = 0
    errors: int = 0
    sound: float = 0.0
    seconds: float = 0.0
    peak: int = 0


@cache
def figures() -> Figures:
    """Talks in the order of their names until five minutes are full, each as the site hears it."""
    total = Figures()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "used.json"
        command = (sys.executable, "-m", "tests.bench.hearer", str(report))
        for path in sorted(TALKS.glob("*/talk.mp3")):
            if total.sound < FIVE_MINUTES:
                add(total, path, command)
                used = json.loads(report.read_text())
                total.seconds += used["seconds"]
                total.peak = max(total.peak, used["peak"])
    return total


def add(total: Figures, path: Path, command: tuple[str, ...]) -> None:
    request = process.Request(path=str(path), model=str(model_folder()), hotwords=TERMS_OF_A_SCHOOL)
    heard = process.hear(request, told=lambda percent: None, command=command)
    said = plain_words(script(path.parent.name))
    text = " ".join(cue.text for cue in to_cues(heard.words))
    total.words += len(said)
    total.errors += word_errors(said, plain_words(text))
    total.sound += heard.seconds


@benchmark(at_most(5, "% of words wrong in five minutes"))
def hearing_word_errors() -> float:
    return 100 * figures().errors / figures().words


@benchmark(at_least(12, "times real time, on one processor"))
def hearing_speed() -> float:
    return figures().sound / figures().seconds


@benchmark(at_most(1000, "MB held at once"))
def hearing_memory() -> float:
    return figures().peak / 1_000_000
