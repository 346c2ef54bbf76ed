"""One talk recorded: voices, times, captions, and the files that carry them."""

from dataclasses import dataclass
from pathlib import Path

from demo.studio import sound, timeline, voices, vtt
from demo.studio.cues import Cue, cut
from demo.studio.script import Talk
from demo.studio.timeline import Span

NOTES = (
    "Sample. The words are made up and the voices are synthetic.",
    "Dixons OpenSource, CC BY 4.0",
)


@dataclass(frozen=True)
class Recording:
    """What was said and when; `master` is the sound before it is packed for the web."""

    talk: Talk
    master: Path
    duration: int
    spans: tuple[Span, ...]
    cues: tuple[Cue, ...]


def record(talk: Talk, workshop: Path) -> Recording:
    """Speak the talk and lay it out in time."""
    parts = timeline.pieces(talk)
    sounds = sound.even(
        [
            sound.trim(
                voices.say(
                    voices.VOICES[talk.speakers[piece.speaker].voice],
                    piece.text,
                    workshop / "pieces",
                )
            )
            for piece in parts
        ]
    )
    takes = [sound.take(piece, one) for piece, one in zip(parts, sounds, strict=True)]
    master = _master(talk, workshop, sound.mix(parts, sounds, takes))
    found = timeline.spans(parts, takes)
    length = timeline.duration(timeline.starts(parts, takes), takes)
    return Recording(talk, master, length, tuple(found), tuple(cut(found)))


def publish(recording: Recording, folder: Path, album: str) -> None:
    """The audio and its captions, where the site will find them."""
    talk = recording.talk
    tags = {
        "title": talk.title,
        "album": album,
        "artist": "Dixons OpenSource",
        "track": str(talk.number),
        "comment": "Sample. Synthetic voices. CC BY 4.0",
        "language": "eng",
    }
    sound.encode_mp3(recording.master, folder / "talk.mp3", tags)
    roles = {key: speaker.role for key, speaker in talk.speakers.items()}
    named = [Cue(roles[cue.speaker], cue.lines, cue.start, cue.end) for cue in recording.cues]
    (folder / "captions.vtt").write_text(vtt.render(named, NOTES), encoding="utf-8")


def _master(talk: Talk, workshop: Path, mixed: voices.Sound) -> Path:
    folder = workshop / talk.slug
    folder.mkdir(parents=True, exist_ok=True)
    raw, master = folder / "raw.wav", folder / "master.wav"
    sound.write(mixed, raw)
    sound.level(raw, master)
    return master
