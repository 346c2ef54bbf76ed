"""What recordings, their words and files tell of people."""

from django.urls import reverse

from privacy.declared import (
    Account,
    ByHand,
    InWords,
    Person,
    by_hand,
    nothing_personal,
    person,
    redacted,
    stays,
)
from privacy.others.words import AS_WHAT_IT_TELLS_OF, HISTORY, NO_NAME, PUBLISHED
from privacy.registry import declare, shown_at

FILE = ("id", "collection", "title", "file", "created_at", "file_size")
FILES_OWN = ("file_hash", "tags")


def colleague(field: str, who: str, what: str, kept: str = AS_WHAT_IT_TELLS_OF) -> Person:
    return person(who, Account(field), kept, stays(field, what, NO_NAME))


uploader = colleague("uploaded_by_user", "the colleague who uploaded it", "who uploaded it")

declare("media.CustomDocument", uploader, nothing_personal(*FILE, *FILES_OWN, "licence"))
declare(
    "media.CustomImage",
    uploader,
    person(
        "who is in the picture, and who made it",
        ByHand(),
        PUBLISHED,
        by_hand("description", "the description"),
        by_hand("credit", "who made it"),
    ),
    nothing_personal(
        *FILE,
        *FILES_OWN,
        *("width", "height", "focal_point_x", "focal_point_y"),
        *("focal_point_width", "focal_point_height"),
    ),
)
declare(
    "media.CustomRendition",
    nothing_personal("id", "filter_spec", "file", "width", "height", "focal_point_key", "image"),
)
declare(
    "media.Recording",
    colleague("uploaded_by", "the colleague who uploaded it", "who uploaded it"),
    person("who speaks or is seen", ByHand(), PUBLISHED, by_hand("title", "the title")),
    nothing_personal(
        *("id", "collection", "duration_ms", "poster", "embed_url", "synthetic_voices", "state"),
        *("state_note", "created_at"),
    ),
)
declare(
    "media.Rendition",
    nothing_personal(
        *("id", "recording", "file", "mime_type", "size", "width", "height", "sort_order"),
        "made_from",
    ),
)
declare(
    "media.WordsDraft",
    colleague("made_by", "the colleague who read the words in", "who read them in"),
    person("who speaks", ByHand(), AS_WHAT_IT_TELLS_OF, by_hand("text", "what was said")),
    nothing_personal("id", "recording", "language", "state", "source", "note", "made_at"),
)
declare("media.GlossaryTerm", nothing_personal("id", "term", "heard_as"))
declare(
    "media.Job",
    colleague("requested_by", "the colleague who asked for it", "who asked for it"),
    nothing_personal(
        *("id", "recording", "kind", "state", "percent", "note", "attempts", "reference", "task"),
        *("created_at", "started_at", "beat_at", "finished_at"),
    ),
)
declare(
    "media.Order",
    nothing_personal(
        *("id", "recording", "job", "state", "asked_at", "upload_url", "reference", "door"),
        *("tries", "created_at", "sent_at", "taken_at", "deleted_there_at"),
    ),
)
declare(
    "media.Transcript",
    colleague("checked_by", "the colleague who checked the words", "who checked them"),
    nothing_personal(
        *("id", "recording", "language", "status", "checked_on", "updated_at", "revision"),
        "checked_revision",
    ),
)
declare(
    "media.Cue",
    person(
        "who speaks",
        ByHand(),
        PUBLISHED,
        by_hand("speaker", "who speaks"),
        by_hand("text", "what was said"),
    ),
    nothing_personal("id", "transcript", "start_ms", "end_ms", "doubts", "key"),
)
shown_at("media.Cue", lambda cue: reverse("editor:lines", args=[cue.transcript_id]))
declare(
    "media.TranscriptRevision",
    colleague("made_by", "the colleague who made it", "who changed the words", HISTORY),
    person(
        "whoever stands in older words",
        InWords(),
        AS_WHAT_IT_TELLS_OF,
        redacted("rows", "the words as they were"),
        redacted("note", "why they were changed"),
    ),
    nothing_personal("id", "transcript", "number", "origin", "made_at", "proposed"),
)
declare(
    "media.Upload",
    colleague("user", "the colleague who uploads", "who uploads", "a day after it was touched"),
    nothing_personal(
        *("id", "token", "name", "size", "modified", "stored_as", "reference", "state"),
        *("created_at", "touched_at"),
    ),
)
