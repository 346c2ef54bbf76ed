"""Write a transcript as WebVTT, SubRip or plain text. Pure."""

import html
from collections.abc import Iterable

from media.cues import Spoken


def stamp(milliseconds: int, point: str = ".") -> str:
    """A full time, such as 00:01:02.500."""
    seconds, thousandths = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{point}{thousandths:03}"


def escaped(text: str) -> str:
    return html.escape(text, quote=False)


def tight(text: str) -> str:
    """Words without empty lines, which would end the cue."""
    return "\n".join(line for line in text.splitlines() if line.strip())


def webvtt(cues: Iterable[Spoken], note: str = "") -> str:
    parts = ["WEBVTT"]
    if note:
        parts.append(f"NOTE {escaped(tight(note))}")
    for cue in cues:
        voice = f"<v {escaped(cue.speaker)}>" if cue.speaker else ""
        times = f"{stamp(cue.start_ms)} --> {stamp(cue.end_ms)}"
        parts.append(f"{times}\n{voice}{escaped(tight(cue.text))}")
    return "\n\n".join(parts) + "\n"


def subrip(cues: Iterable[Spoken]) -> str:
    """SubRip has no voices: a name stands before the words wherever the speaker changes. Nor can
    it hold an arrow of its own among the words: another cue would begin there."""
    parts, before = [], ""
    for number, cue in enumerate(cues, start=1):
        name = f"{cue.speaker}: " if cue.speaker and cue.speaker != before else ""
        before = cue.speaker
        times = f"{stamp(cue.start_ms, ',')} --> {stamp(cue.end_ms, ',')}"
        words = f"{name}{tight(cue.text)}".replace("-->", "→")
        parts.append(f"{number}\n{times}\n{words}")
    return "\n\n".join(parts) + "\n"


def turns(cues: Iterable[Spoken]) -> list[tuple[str, str]]:
    """Speaker and all words until somebody else speaks."""
    found: list[tuple[str, list[str]]] = []
    for cue in cues:
        if not found or found[-1][0] != cue.speaker:
            found.append((cue.speaker, []))
        found[-1][1].append(" ".join(cue.text.split()))
    return [(speaker, " ".join(words)) for speaker, words in found]


def plain_text(cues: Iterable[Spoken], title: str = "") -> str:
    parts = [title] if title else []
    parts += [f"{speaker}:\n{words}" if speaker else words for speaker, words in turns(cues)]
    return "\n\n".join(parts) + "\n"
