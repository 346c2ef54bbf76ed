"""The editors' own search of Wagtail: the site leaves its tables empty (docs/adr/0006)."""

from privacy.declared import nothing_personal
from privacy.registry import declare

INDEXED = ("title", "body", "autocomplete")
declare(
    "wagtailsearch.IndexEntry",
    nothing_personal(
        *("id", "content_type", "object_id", "title_norm", *INDEXED),
        *("title_text", "body_text"),  # on PostgreSQL
    ),
    optional=True,
)
declare(
    "wagtailsearch.SQLiteFTSIndexEntry",
    nothing_personal("index_entry", *INDEXED),
    optional=True,
)
