"""Where parts go: one protocol, spoken by the disk and by the bucket."""

from datetime import datetime
from typing import Protocol

from media.models import Upload
from media.uploads.bucket import Bucket, bucket_name
from media.uploads.disk import Disk


class Backend(Protocol):
    """All of it may be done twice: answers get lost, and are asked for again."""

    place: str

    def part_size(self, size: int) -> int:
        """The bytes of every part of a file of this size; the last may be shorter."""

    def begin(self, upload: Upload) -> str:
        """Make ready; returns the store's own name of the upload, if it gives one."""

    def received(self, upload: Upload) -> "tuple[int, tuple[int, ...]]":
        """How many bytes are here, and which parts by number where they may come in any order."""

    def finish(self, upload: Upload) -> None:
        """Put the bytes together at `stored_as`; raises Incomplete, or Gone."""

    def head(self, upload: Upload, length: int) -> bytes:
        """The first bytes of a finished upload."""

    def discard(self, upload: Upload) -> None:
        """Delete every byte, finished or not."""

    def discard_orphans(self, before: datetime) -> int:
        """Delete what no row knows of and was begun before; returns how many."""


def backend_of(upload: Upload) -> Backend:
    """The place where an upload was begun, whatever the settings say now."""
    return Bucket() if upload.reference else Disk()


def chosen() -> Backend:
    """The place for new uploads."""
    return Bucket() if bucket_name() else Disk()
