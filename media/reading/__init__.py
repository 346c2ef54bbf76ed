"""Read the words of a talk from files: WebVTT, SubRip, Word documents and plain text.

Any bytes become text (`text_of`, which refuses what holds no words), and any text becomes cues and
named problems (`read_text`); nothing is lost silently.
"""

from media.cues import Problem, Reading, SpokenCue
from media.reading import captions, paragraphs
from media.reading.lines import one_kind_of_line_end
from media.reading.sources import Refused, text_of

__all__ = ["Refused", "read_text", "read_transcript", "same_words", "text_of"]


MAX_LINES = 100_000  # sixty hours of captions
TOO_MANY = "There are more lines than in any talk. Send those of one talk."


def read_text(text: str) -> Reading:
    """Cues of captions, or of paragraphs with times. Every problem names its line."""
    text = one_kind_of_line_end(text.removeprefix("\ufeff"))
    if text.count("\n") > MAX_LINES:
        return Reading(cues=(), problems=(Problem(line=0, message=TOO_MANY),))
    return paragraphs.read(text) if paragraphs.are_timed(text) else captions.read(text)


def read_transcript(data: bytes | str) -> Reading:
    """Read a file at once; one that is no transcript is a reading without cues that says so."""
    try:
        text = text_of(data) if isinstance(data, bytes) else data
    except Refused as refused:
        return Reading(cues=(), problems=(Problem(line=0, message=str(refused)),))
    return read_text(text)


def same_words(one: SpokenCue, other: SpokenCue) -> bool:
    """Whether two cues say the same at the same time, wherever they stand in their files."""
    return facts(one) == facts(other)


def facts(cue: SpokenCue) -> tuple[int, int, str, str]:
    return cue.start_ms, cue.end_ms, cue.speaker, cue.text
