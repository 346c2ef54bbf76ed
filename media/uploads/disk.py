"""Parts on our own disk: one file an upload, grown at its end only, moved when it is whole."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from errno import EDQUOT, EFBIG, ENOSPC
from io import FileIO
from pathlib import Path
from typing import IO, Protocol

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage

from media.models import Upload
from media.uploads.problems import Gone, Incomplete, NoRoom, WrongPlace

PART = 8 * 1024 * 1024
BLOCK = 1024 * 1024
LEFT_FREE = 200_000_000  # bytes: the database and the mails must go on
FULL = (ENOSPC, EDQUOT, EFBIG)
NO_ROOM = "There is no room left on the server for this file. Tell whoever runs the site."


class Stream(Protocol):
    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end."""


class WholePart(File):
    """A file that Django's storage may move instead of copying it."""

    def __init__(self, file: IO[bytes], path: Path) -> None:
        super().__init__(file)
        self.path = path

    def temporary_file_path(self) -> str:
        return str(self.path)


class Disk:
    place = "disk"

    def part_size(self, size: int) -> int:
        return PART

    def path(self, upload: Upload) -> Path:
        return Path(settings.UPLOADS_IN_PARTS) / f"{upload.pk}.part"

    def begin(self, upload: Upload) -> str:
        path = self.path(upload)
        path.parent.mkdir(parents=True, exist_ok=True)
        ask_for_room(path.parent, upload.size)
        path.write_bytes(b"")
        return ""

    def received(self, upload: Upload) -> tuple[int, tuple[int, ...]]:
        try:
            return self.path(upload).stat().st_size, ()
        except FileNotFoundError:
            if default_storage.exists(upload.stored_as):
                return upload.size, ()
            raise Gone() from None

    def append(self, upload: Upload, offset: int, stream: Stream) -> int:
        """Add what the stream brings, block by block; returns how many bytes are here now.

        What arrived before a connection broke is kept. The lock is held for a block, never while
        we wait for the network: a request that died half-way cannot stand in the way of the next.
        """
        with self.opened(upload) as file:
            while block := stream.read(BLOCK):
                ask_for_room(file.fileno(), len(block))
                with locked(file):
                    grow(file, offset, block, upload.size)
                offset += len(block)
            return os.fstat(file.fileno()).st_size

    @contextmanager
    def opened(self, upload: Upload) -> Iterator[FileIO]:
        try:
            file = self.path(upload).open("r+b", buffering=0)
        except FileNotFoundError:
            raise Gone() from None
        with file:
            yield file

    def finish(self, upload: Upload) -> None:
        path, (size, _) = self.path(upload), self.received(upload)
        if size != upload.size:
            raise Incomplete(f"{upload.size - size} bytes are still missing.")
        try:
            with path.open("rb") as whole:
                upload.stored_as = default_storage.save(upload.stored_as, WholePart(whole, path))
            path.unlink(missing_ok=True)  # where the storage copied it
        except FileNotFoundError:  # another request has moved it just now
            if not default_storage.exists(upload.stored_as):
                raise Gone() from None

    def head(self, upload: Upload, length: int) -> bytes:
        """Of a finished upload, or of one that is on its way."""
        path = self.path(upload)
        with path.open("rb") if path.exists() else default_storage.open(upload.stored_as) as file:
            return bytes(file.read(length))

    def discard(self, upload: Upload) -> None:
        self.path(upload).unlink(missing_ok=True)
        default_storage.delete(upload.stored_as)

    def discard_orphans(self, before: datetime) -> int:
        known = {self.path(upload).name for upload in Upload.objects.only("pk")}
        orphans = [
            path
            for path in Path(settings.UPLOADS_IN_PARTS).glob("*.part")
            if path.name not in known and datetime.fromtimestamp(path.stat().st_mtime, UTC) < before
        ]
        for path in orphans:
            path.unlink(missing_ok=True)
        return len(orphans)


def ask_for_room(place: Path | int, size: int) -> None:
    """Raises NoRoom. Asked again for every block: others fill the same disk meanwhile."""
    if shutil.disk_usage(place).free < size + LEFT_FREE:
        raise NoRoom(NO_ROOM)


@contextmanager
def locked(file: FileIO) -> Iterator[None]:
    fcntl.flock(file, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(file, fcntl.LOCK_UN)


def grow(file: FileIO, offset: int, block: bytes, limit: int) -> None:
    """Add a block at the end, which must be where the sender believes it to be."""
    end = file.seek(0, os.SEEK_END)
    if end != offset:
        raise WrongPlace("This part is here already, or one before it is missing.")
    if end + len(block) > limit:
        raise WrongPlace("The file is longer than it was said to be.")
    rest = memoryview(block)
    try:
        while rest:
            rest = rest[file.write(rest) :]
    except OSError as error:
        if error.errno in FULL:
            raise NoRoom(NO_ROOM) from error
        raise
