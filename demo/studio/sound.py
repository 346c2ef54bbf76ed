"""Sentences made into one recording: trimmed, evened out, laid end to end, brought to level."""

import re
import wave
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from demo.studio.command import ffmpeg
from demo.studio.phrases import phrases
from demo.studio.timeline import Piece, Take, duration, starts
from demo.studio.voices import RATE, Sound

LOUDNESS = -16.0  # LUFS before the limiter, which takes half a unit: as loud as podcasts are
CEILING = 0.7  # of full scale: MP3 at a low rate overshoots by up to two decibels
ACTIVE = 0.07  # of a sentence's own speech level
SILENCE = 0.006
EDGE = RATE // 50
FRAME = RATE // 100
SEARCH = 0.45  # seconds either side of where a phrase should part
_INTEGRATED = re.compile(r"I:\s+(-?\d+\.\d) LUFS")


def trim(sound: Sound) -> Sound:
    """Without the silence that a voice puts before and after; 20 ms stay, so no sound is cut."""
    loud = np.flatnonzero(np.abs(sound) > SILENCE)
    if not loud.size:
        return sound
    cut = sound[max(0, loud[0] - EDGE) : loud[-1] + 2 * EDGE].copy()
    fade = np.linspace(0, 1, EDGE // 2, dtype=np.float32)
    cut[: fade.size] *= fade
    cut[-fade.size :] *= fade[::-1]
    return cut


def even(sounds: Sequence[Sound]) -> list[Sound]:
    """Every sentence at the same level of speech, so that neither voice is the quiet one."""
    return [sound * (ACTIVE / max(_speech_level(sound), 1e-4)) for sound in sounds]


def take(piece: Piece, sound: Sound) -> Take:
    """How long a sentence is, and the quiet moments where its phrases part."""
    parts = phrases(piece.text)
    total = sum(len(part) for part in parts)
    joints = []
    done = 0
    for part in parts[:-1]:
        done += len(part)
        joints.append(_quietest(sound, done / total))
    return Take(_millis(sound.size), tuple(joints))


def mix(parts: Sequence[Piece], sounds: Sequence[Sound], takes: Sequence[Take]) -> Sound:
    """The whole talk."""
    begins = starts(parts, takes)
    whole: Sound = np.zeros(duration(begins, takes) * RATE // 1000, np.float32)
    for begin, sound in zip(begins, sounds, strict=True):
        at = begin * RATE // 1000
        whole[at : at + sound.size] += sound
    return whole


def write(sound: Sound, path: Path) -> None:
    """A mono WAV of 16 bits."""
    pcm = (np.clip(sound, -1, 1) * 32767).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(pcm.tobytes())


def loudness(path: Path) -> float:
    """Integrated loudness by EBU R 128."""
    said = ffmpeg("-i", str(path), "-af", "ebur128", "-f", "null", "-")
    return float(_INTEGRATED.findall(said)[-1])


def level(raw: Path, master: Path) -> None:
    """The talk at the house's loudness; a limiter takes only the few peaks over the ceiling."""
    gain = LOUDNESS - loudness(raw)
    chain = f"highpass=f=60,volume={gain:.2f}dB,alimiter=limit={CEILING}:level=disabled"
    ffmpeg("-i", str(raw), "-af", chain, "-ar", str(RATE), "-c:a", "pcm_s16le", str(master))


def encode_mp3(master: Path, target: Path, tags: dict[str, str]) -> None:
    """48 kbit/s mono: plays in every browser and podcast reader, about 360 kB a minute."""
    named = [part for key, value in tags.items() for part in ("-metadata", f"{key}={value}")]
    ffmpeg("-i", str(master), "-c:a", "libmp3lame", "-b:a", "48k", "-ac", "1", *named, str(target))


def _quietest(sound: Sound, share: float) -> int:
    """The middle of the quietest 60 ms near a share of the sentence, in milliseconds."""
    frames = sound[: sound.size // FRAME * FRAME].reshape(-1, FRAME)
    energy = np.convolve((frames**2).mean(axis=1), np.ones(6) / 6, mode="same")
    middle = int(share * energy.size)
    reach = int(SEARCH * RATE / FRAME)
    low, high = max(1, middle - reach), min(energy.size - 1, middle + reach)
    return int(low + np.argmin(energy[low:high])) * FRAME * 1000 // RATE


def _speech_level(sound: Sound) -> float:
    """The level of what is spoken, without the pauses inside."""
    frames = sound[: sound.size // FRAME * FRAME].reshape(-1, FRAME)
    levels = np.sqrt((frames**2).mean(axis=1))
    spoken = levels[levels > SILENCE]
    return float(np.sqrt((spoken**2).mean())) if spoken.size else 0.0


def _millis(samples: int) -> int:
    return samples * 1000 // RATE
