"""What is done to recordings and their words."""

from media.services.recordings import announce, delete_file
from media.services.transcripts import (
    NothingToImport,
    import_transcript,
    mark_checked,
    mark_unchecked,
    propose_transcript,
    take_revision,
    write_revision,
)

__all__ = [
    "NothingToImport",
    "announce",
    "delete_file",
    "import_transcript",
    "mark_checked",
    "mark_unchecked",
    "propose_transcript",
    "take_revision",
    "write_revision",
]
