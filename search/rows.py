"""What a page hands to search: rows of text. Pure; every page type may import it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from search.passages import Mark


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One thing that can be found: a page, or a passage of a talk of about a minute.

    `key` is unique over the whole index, such as `page:12` or `moment:12:34000`. `kind` is the
    facet value that readers choose, such as `episode` or `moment`. `start_ms` is set for spoken
    moments only, whose `url` then opens the talk at that second. `facets` maps a facet's name
    (`topic`, `phase`) to its labels. `code` is its number in the catalogue (`OS 1.02`), `meta` are
    small facts for the result's foot, in order.
    `marks` say which cue of a spoken moment begins where in `body` (search.passages), so that a
    hit opens at the cue that says it; the first `lead` characters repeat the passage before.
    `live` and `public` are the page's state: an engine never returns a row that is not both.
    """

    key: str
    page_id: int
    kind: str
    title: str
    url: str
    code: str = ""
    body: str = ""
    speaker: str = ""
    start_ms: int | None = None
    end_ms: int | None = None
    marks: tuple[Mark, ...] = ()
    lead: int = 0
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    meta: tuple[str, ...] = ()
    date: dt.date | None = None
    sample: bool = False
    live: bool = True
    public: bool = True
