"""The times of cues and of paragraphs, however they were typed. Pure."""

import re
from dataclasses import dataclass

ARROW = "-->"
# What people and programs write for the arrow: Word makes “à” of Wingdings from it.
TYPED_ARROW = r"(?:[-–—\u2212=]\s?)+>|[→⟶➔➜⇒\uf0e0\uf0e8à]"
DASH = r"[-–—,]"
TIME = r"(?:([0-9]{1,4})\s?:\s?)?([0-9]{1,2})\s?:\s?([0-9]{1,2})(?:\s?[.,]\s?([0-9]{1,9}))?"
EXACT = r"(?:([0-9]{1,4}):)?([0-9]{1,2}):([0-9]{1,2})[.,]([0-9]{1,9})"
TIMES = re.compile(rf"\s*{TIME}\s*({ARROW}|{TYPED_ARROW})\s*{TIME}(?![0-9:.,;])(.*)")
DASHED = re.compile(rf"\s*{EXACT}\s*({DASH})\s*{EXACT}\s*()")
SETTINGS = re.compile(r"(?:\s+[A-Za-z][A-Za-z0-9]*:\S+)*\s*")
# Digits on both sides of an arrow, which cannot be read as times.
LIKE_TIMES = re.compile(r"\s*[0-9]\S*\s*-->\s*\S*[0-9]")
LIKE_TYPED = re.compile(rf"\s*[0-9]+:[0-9:.,; ]*\s*(?:{TYPED_ARROW})\s*[0-9]")
LONGEST_TIMES = 100
MAX_MS = 100 * 3_600_000


@dataclass(frozen=True, slots=True)
class Times:
    """A line of times; None for a time that no clock shows. `rest` is what follows on the line."""

    start: int | None
    end: int | None
    arrow: str
    whole_seconds: bool
    cut: bool
    rest: str

    @property
    def has_arrow(self) -> bool:
        return self.arrow == ARROW


def times_in(text: str) -> Times | None:
    found = TIMES.fullmatch(text) or DASHED.fullmatch(text)
    if found is None:
        return None
    parts = found.groups()
    fractions = (parts[3], parts[8])
    return Times(
        start=milliseconds(*parts[0:4]),
        end=milliseconds(*parts[5:9]),
        arrow=parts[4],
        whole_seconds=None in fractions,
        cut=any(len(fraction or "") > 3 for fraction in fractions),
        rest="" if SETTINGS.fullmatch(parts[9]) else parts[9].strip(),
    )


def milliseconds(
    hours: str | None, minutes: str, seconds: str, fraction: str | None, *, most_minutes: int = 59
) -> int | None:
    """None for a time that no clock shows."""
    thousandths = int((fraction or "").ljust(3, "0")[:3])
    total = (int(hours or 0) * 60 + int(minutes)) * 60_000 + int(seconds) * 1000 + thousandths
    fits = int(minutes) <= most_minutes and int(seconds) < 60 and total < MAX_MS
    return total if fits else None


def meant_as_times(text: str) -> bool:
    return ARROW in text and LIKE_TIMES.match(text[:LONGEST_TIMES]) is not None


def typed_as_times(text: str) -> bool:
    return ARROW not in text and LIKE_TYPED.match(text[:LONGEST_TIMES]) is not None


def clock(moment: int) -> str:
    """A time as a person says it, such as 1:02:03."""
    minutes, seconds = divmod(moment // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
