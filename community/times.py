"""Days and times as the site writes them: Tuesday 3 November 2026, 4.00 pm to 6.00 pm. Pure."""

from datetime import datetime


def clock_words(at: datetime) -> str:
    hour = at.hour % 12 or 12
    return f"{hour}.{at.minute:02} {'am' if at.hour < 12 else 'pm'}"


def day_words(starts: datetime, ends: datetime) -> str:
    first = f"{starts:%A %-d %B %Y}"
    return first if starts.date() == ends.date() else f"{first} to {ends:%A %-d %B %Y}"


def span_words(starts: datetime, ends: datetime) -> str:
    """Write a span; the day of its end only where that is another day."""
    day = "" if starts.date() == ends.date() else f"{ends:%a %-d %b} "
    return f"{clock_words(starts)} to {day}{clock_words(ends)}"
