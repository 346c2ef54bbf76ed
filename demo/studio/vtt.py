"""WebVTT written and read: only as much of the format as the studio makes."""

import html
import re
from collections.abc import Sequence

from demo.studio.cues import Cue

HEADER = "WEBVTT"
_TIMES = re.compile(r"(\d\d):(\d\d):(\d\d)\.(\d{3}) --> (\d\d):(\d\d):(\d\d)\.(\d{3})")
_VOICE = re.compile(r"<v ([^>]+)>")


class CaptionError(ValueError):
    """A caption file that the studio did not make."""


def clock(milliseconds: int) -> str:
    """00:01:02.003, always with hours: some players insist."""
    seconds, millis = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}.{millis:03d}"


def render(cues: Sequence[Cue], notes: Sequence[str] = ()) -> str:
    """A caption file; a cue's speaker is given as a voice, so that a page can show who talks."""
    blocks = [HEADER, *(f"NOTE {note}" for note in notes)]
    for number, cue in enumerate(cues, start=1):
        words = "\n".join(html.escape(line, quote=False) for line in cue.lines)
        times = f"{clock(cue.start)} --> {clock(cue.end)}"
        blocks.append(f"{number}\n{times}\n<v {cue.speaker}>{words}")
    return "\n\n".join(blocks) + "\n"


def parse(text: str) -> list[Cue]:
    """The cues of a file; a block that is neither note nor cue is an error, not a loss."""
    head, *blocks = text.strip().split("\n\n")
    if not head.startswith(HEADER):
        raise CaptionError("a caption file begins with WEBVTT")
    return [_parse_cue(block) for block in blocks if not block.startswith("NOTE")]


def _parse_cue(block: str) -> Cue:
    _number, times, *lines = block.split("\n")
    match = _TIMES.fullmatch(times)
    voice = _VOICE.match(lines[0]) if lines else None
    if match is None or voice is None:
        raise CaptionError(f"not a cue: {block}")
    lines[0] = lines[0][voice.end() :]
    parts = [int(part) for part in match.groups()]
    start, end = _millis(parts[:4]), _millis(parts[4:])
    return Cue(voice[1], tuple(html.unescape(line) for line in lines), start, end)


def _millis(parts: Sequence[int]) -> int:
    hours, minutes, seconds, millis = parts
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + millis
