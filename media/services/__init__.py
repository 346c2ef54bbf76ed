"""What is done to recordings and their words."""

from media.services.drafts import close_draft, keep_draft, waiting_draft
from media.services.recordings import announce, delete_file
from media.services.transcripts import (
    NothingToImport,
    import_transcript,
    mark_checked,
    mark_unchecked,
    propose_transcript,
    settle_proposals,
    stays_checked,
    take_revision,
    write_revision,
)

__all__ = [
    "NothingToImport",
    "announce",
    "close_draft",
    "delete_file",
    "import_transcript",
    "keep_draft",
    "mark_checked",
    "mark_unchecked",
    "propose_transcript",
    "settle_proposals",
    "stays_checked",
    "take_revision",
    "waiting_draft",
    "write_revision",
]
