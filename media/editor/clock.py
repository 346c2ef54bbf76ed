"""Times as editors type them, to the thousandth of a second. Pure."""

import re

from media.reading.times import milliseconds

TYPED = re.compile(r"\s*(?:(?:([0-9]{1,3}):)?([0-9]{1,3}):)?([0-9]{1,2})(?:[.,]([0-9]{1,3}))?\s*")


def written(moment: int) -> str:
    """Such as 1:02.500 or 1:00:02.500."""
    seconds, thousandths = divmod(moment, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    front = f"{hours}:{minutes:02}" if hours else str(minutes)
    return f"{front}:{seconds:02}.{thousandths:03}"


def typed(text: str) -> int | None:
    """Milliseconds; None for what is no time."""
    found = TYPED.fullmatch(text)
    if not found:
        return None
    hours, minutes, seconds, fraction = found.groups()
    return milliseconds(hours, minutes or "0", seconds, fraction, most_minutes=59 if hours else 999)
