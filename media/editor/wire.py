"""How browser and server speak of lines: small lists in JSON, in and out."""

import json
from typing import Any

from media.cues import SpokenCue
from media.editor.limits import KEY
from media.editor.merge import Change
from media.editor.nearmisses import Glossary, glossary
from media.models import GlossaryTerm, Transcript

MOST_CHANGES = 5000


class NotUnderstood(ValueError):
    """What was sent is no list of changes."""


def terms() -> Glossary:
    rows = GlossaryTerm.objects.all()
    return glossary(tuple((row.term, tuple(row.mishearings)) for row in rows))


def row(cue: SpokenCue | None) -> list[Any] | None:
    if cue is None:
        return None
    doubts = [list(doubt) for doubt in cue.doubts]
    return [cue.start_ms, cue.end_ms, cue.speaker, cue.text, doubts]


def misses(known: Glossary, cue: SpokenCue) -> list[list[Any]]:
    return [[miss.first, miss.last, miss.term] for miss in known.misses(cue.text)]


def lines(known: Glossary, cues: tuple[SpokenCue, ...]) -> list[list[Any]]:
    """Every line: key, what it says, and where it misses the glossary."""
    return [[cue.key, row(cue), misses(known, cue)] for cue in cues]


def checked(transcript: Transcript) -> dict[str, Any]:
    by = transcript.checked_by
    return {
        "is": transcript.is_checked,
        "by": (by.get_full_name() or by.get_username()) if by else "",
        "on": f"{transcript.checked_on:%-d %B %Y}" if transcript.checked_on else "",
        "since": transcript.corrected_since,
    }


def read_changes(body: bytes) -> tuple[str, list[Change]]:
    """The version that the browser knows, and its changes; raises NotUnderstood."""
    try:
        said = json.loads(body)
        version, items = str(said["version"]), list(said["changes"])
        changes = [read_change(item) for item in items[: MOST_CHANGES + 1]]
    except NotUnderstood:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NotUnderstood("These are no changes of lines.") from error
    if len(changes) > MOST_CHANGES:
        raise NotUnderstood(f"Send at most {MOST_CHANGES} changes at once.")
    return version, changes


def read_change(item: dict[str, Any]) -> Change:
    key = item["key"]
    if not isinstance(key, str) or not KEY.fullmatch(key):
        raise NotUnderstood("A line has no key.")
    return Change(
        key=key,
        before=read_row(key, item.get("before")),
        after=read_row(key, item.get("after")),
        sent=read_row(key, item.get("sent")),
        sent_away="sent" in item and item["sent"] is None,
    )


def read_row(key: str, said: Any) -> SpokenCue | None:
    if said is None:
        return None
    start, end, speaker, text, doubts = said
    numbers = [start, end, *(number for doubt in doubts for number in doubt)]
    if not all(type(number) is int and abs(number) < 2**31 for number in numbers):
        raise NotUnderstood("Times are whole milliseconds.")
    if not (isinstance(speaker, str) and isinstance(text, str)):
        raise NotUnderstood("Words are letters.")
    places = tuple((first, last) for first, last in doubts)
    return SpokenCue(start_ms=start, end_ms=end, speaker=speaker, text=text, doubts=places, key=key)
