"""Names that stand on a line of their own above what is said, as older Teams documents have them.

Only a file that does so from beginning to end is touched. Pure.
"""

from collections.abc import Sequence
from dataclasses import replace

from media.cues import SpokenCue
from media.reading.layouts import is_name

LEAST = 4


def names_taken(cues: Sequence[SpokenCue]) -> list[SpokenCue]:
    """The cues with their first lines as speakers; none if these are no names."""
    parts = [cue.text.partition("\n") for cue in cues]
    names = [first for first, _, _ in parts]
    are_names = (
        len(cues) >= LEAST
        and all(is_name(first) and rest for first, _, rest in parts)
        and 2 * len(set(names)) <= len(names)
        and not any(cue.speaker for cue in cues)
    )
    if not are_names:
        return []
    pairs = zip(cues, parts, strict=True)
    return [replace(cue, speaker=first, text=rest) for cue, (first, _, rest) in pairs]
