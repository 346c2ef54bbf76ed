"""The lines as a plain form, fifty a page: it reads and saves without JavaScript."""

import json
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict

from media.cues import SpokenCue
from media.editor.clock import typed, written
from media.editor.limits import KEY, moved
from media.editor.merge import Change, Merged
from media.editor.wire import NotUnderstood, read_row, row

A_PAGE = 50


@dataclass(kw_only=True)
class Field:
    """A line as the form shows it: what is typed, what was there, and what is wrong with it."""

    key: str
    start: str
    end: str
    speaker: str
    text: str
    was: str
    number: int = 0
    delete: bool = False
    message: str = ""
    theirs: str = ""


def shown(cue: SpokenCue, number: int) -> Field:
    return Field(
        key=cue.key,
        start=written(cue.start_ms),
        end=written(cue.end_ms),
        speaker=cue.speaker,
        text=cue.text,
        was=json.dumps(row(cue)),
        number=number,
    )


def page_of(cues: tuple[SpokenCue, ...], number: Any) -> Any:
    """A page of Django's paginator; a number that does not exist is the nearest that does."""
    fields = [shown(cue, at) for at, cue in enumerate(cues, start=1)]
    return Paginator(fields, A_PAGE).get_page(number)


def read(data: QueryDict) -> tuple[list[Field], list[Change]]:
    """The form as it was sent: every line, and those that were changed."""
    fields = [sent(data, key) for key in data.getlist("key") if KEY.fullmatch(key)]
    return fields, [change for field in fields if (change := changed(field))]


def sent(data: QueryDict, key: str) -> Field:
    names = ("start", "end", "speaker", "text")
    said: dict[str, Any] = {name: data.get(f"{name}-{key}", "") for name in names}
    delete = f"delete-{key}" in data
    return Field(key=key, was=data.get(f"was-{key}", ""), delete=delete, **said)


def changed(field: Field) -> Change | None:
    """None for a line that stands as it was, or that cannot be read: then it says why."""
    try:
        before = read_row(field.key, json.loads(field.was))
    except (ValueError, TypeError, RecursionError, NotUnderstood):
        before = None
    start, end = typed(field.start), typed(field.end)
    if before is None:
        field.message = "This line came back broken. Copy your words and load the page anew."
        return None
    if field.delete:
        return Change(key=field.key, before=before, after=None)
    if start is None or end is None:
        field.message = "A time looks like this: 1:02.500"
        return None
    text = field.text.replace("\r\n", "\n")
    after = SpokenCue(
        start_ms=start,
        end_ms=end,
        speaker=field.speaker,
        text=text,
        doubts=moved(before.doubts, before.text, text),
        key=field.key,
    )
    return None if after == before else Change(key=field.key, before=before, after=after)


def told(fields: list[Field], merged: Merged) -> list[Field]:
    """The lines that need the editor once more, each with what is wrong."""
    by_key = {field.key: field for field in fields}
    for refusal in merged.refusals:
        by_key[refusal.key].message = refusal.message
    for conflict in merged.conflicts:
        field, theirs = by_key[conflict.key], conflict.theirs
        field.message = "Somebody else changed this line meanwhile. Save again to keep yours."
        field.theirs = theirs.text if theirs else "(deleted)"
        if theirs:
            field.was = json.dumps(row(theirs))
    return [field for field in fields if field.message]
