"""Times of a talk, in and out of words. Pure; milliseconds inside, seconds in addresses."""

import re

PATTERN = re.compile(r"(?:(\d{1,3})h)?(?:(\d{1,4})m)?(?:(\d{1,6})s?)?", re.ASCII)


def parse_seconds(text: str) -> int | None:
    """Read the second in `754`, `754s`, `12m34s` or `1h2m3s`; None for anything else.

    >>> parse_seconds("12m34s")
    754
    """
    match = PATTERN.fullmatch(text.strip())
    if not match or not any(match.groups()):
        return None
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return hours * 3600 + minutes * 60 + seconds


def clock(milliseconds: int) -> str:
    """Write a time as a player does: 0:05, 12:34, 1:02:03."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def length(milliseconds: int) -> str:
    """Write a length in words: 2 min 41 s, 45 s, 1 h 5 min."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    parts = [(hours, "h"), (minutes, "min"), (seconds if not hours else 0, "s")]
    return " ".join(f"{value} {unit}" for value, unit in parts if value) or "0 s"


def iso_duration(milliseconds: int) -> str:
    """Write a length as ISO 8601, such as PT2M41S."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    return f"PT{minutes}M{seconds}S"


CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):(\d{2})(?:\.(\d{1,3}))?", re.ASCII)


def parse_clock(text: str) -> int | None:
    """Read a time as a player shows it, in milliseconds: 0:38, 12:34, 1:02:03, 0:27.26.

    >>> parse_clock("1:21")
    81000
    """
    match = CLOCK.fullmatch(text.strip())
    if match is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in match.groups()[:3])
    if seconds > 59 or (match[1] and minutes > 59):
        return None
    thousandths = int((match[4] or "").ljust(3, "0"))
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths


def exact_clock(milliseconds: int) -> str:
    """Write a time so that `parse_clock` gives the same back: 0:38, 0:27.26."""
    thousandths = milliseconds % 1000
    return clock(milliseconds) + (f".{thousandths:03}".rstrip("0") if thousandths else "")
