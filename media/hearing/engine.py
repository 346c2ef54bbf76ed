"""The one module that knows faster-whisper, numpy and PyAV. It runs in a process of its own.

The sound is read and heard in windows of some minutes, so that memory does not grow with the
length of a talk; a window ends where it is quietest, so that no word is cut. Speech is told from
silence first: a speech model that hears silence makes up words.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import av
import numpy as np
from faster_whisper import BatchedInferencePipeline, WhisperModel

from media.hearing.words import Heard, Word

RATE = 16_000
WINDOW_S, SEARCH_S, QUIET_S = 300, 20, 0.2
BATCH, BEAM = 4, 5
# A model that has lost its way says the same again and again, which packs well, or is unsure of
# all that it says. Nothing of such a stretch is certain.
LOOP, LOST = 2.4, -1.0
UNCERTAIN = 0.1
GAP_S = 3.0
LEFT_OUT_S = 0.2

Sound = np.ndarray[Any, np.dtype[np.float32]]
Progress = Callable[[float], None]


class NoModel(ValueError):
    """The folder holds no speech model, or one that does not load."""


class Unreadable(ValueError):
    """The file is no film and no sound, or it is broken."""


class NoSound(ValueError):
    """The file can be read, but no track with sound is in it."""


class Engine:
    def __init__(self, folder: Path, *, threads: int) -> None:
        if not all((folder / name).is_file() for name in ("model.bin", "tokenizer.json")):
            raise NoModel("model.bin or tokenizer.json is missing.")
        try:
            self.model = WhisperModel(
                str(folder), device="cpu", compute_type="int8", cpu_threads=threads
            )
        except (RuntimeError, ValueError, OSError) as error:
            raise NoModel(str(error)) from error
        self.pipeline = BatchedInferencePipeline(self.model)

    def hear(self, path: Path, *, language: str, hotwords: str, progress: Progress) -> Heard:
        """All words of a file; `progress` is told the seconds done of all, as a share of one."""
        words: list[Word] = []
        with opened(path) as container:
            said = (container.duration or 0) / av.time_base
            offset, chunks = sound_of(container)
            done = offset
            for window in windows(chunks):

                def tell(seconds: float, begun: float = done) -> None:
                    progress(min(1.0, (begun + seconds) / said) if said else 0.0)

                heard = list(self.words_of(window, language, hotwords, tell))
                words += [moved(each, done) for each in self.completed(window, heard, language)]
                done += len(window) / RATE
        if done == offset:
            raise NoSound("There is no sound in it.")
        return Heard(words=tuple(words), seconds=done, said=said)

    def words_of(
        self, sound: Sound, language: str, hotwords: str, tell: Progress
    ) -> Iterator[Word]:
        segments, _ = self.pipeline.transcribe(
            sound,
            language=language,
            hotwords=hotwords or None,
            batch_size=BATCH,
            beam_size=BEAM,
            word_timestamps=True,
            vad_filter=True,
        )
        for segment in segments:
            lost = segment.compression_ratio > LOOP or segment.avg_logprob < LOST
            for word in segment.words or ():
                sure = min(word.probability, UNCERTAIN) if lost else word.probability
                yield Word(float(word.start), float(word.end), word.word, float(sure))
            tell(float(segment.end))

    def completed(self, sound: Sound, words: Sequence[Word], language: str) -> Iterator[Word]:
        """Small models leave out a sentence now and then, above all when given hints: every place
        without words is heard once more, alone and without hints. Real silence stays silent."""
        end = 0.0
        for word in [*words, None]:
            start = word.start if word else len(sound) / RATE
            if start - end > GAP_S:
                part = sound[int(end * RATE) : int(start * RATE)]
                for missed in self.words_of(part, language, "", lambda _: None):
                    if missed.probability > UNCERTAIN:
                        yield moved(missed, end)
            if word:
                yield word
                end = max(end, word.end)


def moved(word: Word, seconds: float) -> Word:
    start, end = round(word.start + seconds, 3), round(word.end + seconds, 3)
    return Word(start, end, word.text, round(word.probability, 3))


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    try:
        with av.open(str(path), metadata_errors="ignore") as container:
            yield container
    except av.error.FFmpegError as error:
        raise Unreadable(error.strerror or str(error)) from error


def sound_of(container: Any) -> tuple[float, Iterator[Sound]]:
    """When the first track with sound begins, in seconds, and all of it, in pieces."""
    if not container.streams.audio:
        raise NoSound("There is no sound in it.")
    stream = container.streams.audio[0]
    begins = float(stream.start_time * stream.time_base) if stream.start_time else 0.0
    begins -= (container.start_time or 0) / av.time_base
    return max(0.0, begins), resampled(frames_of(container, stream))


def frames_of(container: Any, stream: Any) -> Iterator[Any]:
    """Without what cannot be decoded, as a player leaves it out. Packet by packet, for an error
    would end `container.decode`, and one bad moment the whole talk."""
    for packet in container.demux(stream):
        try:
            yield from packet.decode()
        except av.error.InvalidDataError:
            continue


def resampled(frames: Iterable[Any]) -> Iterator[Sound]:
    """In the form that the model wants. Where the file leaves time out, there is silence, so that
    what follows keeps its time."""
    resampler: Any = None
    form: tuple[str, str, int] | None = None
    begun, done = 0.0, 0
    for frame in frames:
        if form != (form := (frame.format.name, frame.layout.name, frame.sample_rate)):
            resampler = av.audio.resampler.AudioResampler(format="s16", layout="mono", rate=RATE)
        if not done:
            begun = frame.time or 0.0
        missing = (frame.time or 0.0) - begun - done / RATE
        if LEFT_OUT_S < missing < WINDOW_S:
            yield np.zeros(int(missing * RATE), np.float32)
            done += int(missing * RATE)
        for part in resampler.resample(frame):
            sound = part.to_ndarray().reshape(-1).astype(np.float32) / 32768
            done += len(sound)
            yield sound


def windows(chunks: Iterable[Sound]) -> Iterator[Sound]:
    """Some minutes at a time, each to a quiet place."""
    kept: list[Sound] = []
    length = 0
    for chunk in chunks:
        kept.append(chunk)
        length += len(chunk)
        if length >= WINDOW_S * RATE:
            whole = np.concatenate(kept)
            cut = quiet_place(whole)
            yield whole[:cut]
            kept, length = [whole[cut:].copy()], length - cut
    if length:
        yield np.concatenate(kept)


def quiet_place(sound: Sound) -> int:
    """The middle of the quietest moment near the end."""
    step = int(QUIET_S * RATE)
    tail = sound[-SEARCH_S * RATE :]
    moments = tail[: len(tail) // step * step].reshape(-1, step)
    quietest = int(np.argmin((moments**2).mean(axis=1)))
    return len(sound) - len(tail) + quietest * step + step // 2
