"""What is done to uploads: begun, filled, finished, taken by a recording, or thrown away."""

import logging
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db.models import Q
from django.utils import timezone

from media.access import policy
from media.models import Rendition, Upload
from media.sniff import HEAD, objection
from media.uploads.backends import Backend, backend_of, chosen
from media.uploads.disk import Disk, Stream
from media.uploads.names import clean_name
from media.uploads.problems import AlreadyTaken, Gone, NoRoom, Refused, TooBig

logger = logging.getLogger(__name__)
ABANDONED_AFTER = timedelta(hours=24)
ORPHANS_EVERY_S = 3600


def may_upload(user: Any) -> bool:
    """Whoever may add or change recordings."""
    return bool(policy.user_has_any_permission(user, ["add", "change"]))


def most_bytes() -> int:
    return int(settings.MAX_UPLOAD_GB * 1_000_000_000)


def check_size(size: int) -> None:
    if size > most_bytes():
        raise TooBig(f"This file is bigger than the {settings.MAX_UPLOAD_GB:g} GB that we take.")


def begin(
    *, user: Any, name: str, size: int, modified: int = 0, head: bytes = b"", anew: bool = False
) -> Upload:
    """Begin an upload, or go on with the same person's of the same file, unless `anew`.

    `head` holds the first bytes as the browser tells them, so that the wrong file is refused
    before hours of work; they are read again, from what has really arrived.
    """
    name = clean_name(name)
    check_size(size)
    if size <= 0:
        raise Refused("This file is empty.")
    if words := objection(name, head or None):
        raise Refused(words)
    same = Upload.objects.filter(user=user, name=name, size=size, modified=modified)
    known = same.exclude(state=Upload.State.GOING).order_by("-touched_at").first()
    if known is not None and not anew and is_there(known):
        return touched(known)
    return begin_anew(Upload(user=user, name=name, size=size, modified=modified))


def begin_anew(upload: Upload) -> Upload:
    stem, _, ending = upload.name.rpartition(".")
    upload.stored_as = default_storage.get_alternative_name(f"recordings/{stem}", f".{ending}")
    upload.touched_at = timezone.now()
    upload.save()
    try:
        upload.reference = chosen().begin(upload)
    except Exception:
        upload.delete()
        raise
    upload.save(update_fields=["reference"])
    return upload


def keep_whole(*, user: Any, file: Any) -> Upload:
    """Keep what came in one piece with a form that must be shown again, as if it had come in
    parts. The row comes first: bytes that no row knows would stay for ever."""
    name = clean_name(file.name)
    stem, _, ending = name.rpartition(".")
    place = default_storage.get_alternative_name(f"recordings/{stem}", f".{ending}")
    upload = Upload(user=user, name=name, size=file.size, stored_as=place)
    upload.touched_at = timezone.now()
    upload.save()
    file.seek(0)
    upload.stored_as = default_storage.save(place, file)
    upload.state = Upload.State.ARRIVED
    upload.save(update_fields=["stored_as", "state"])
    return upload


def is_there(upload: Upload) -> bool:
    """Whether the bytes that a row speaks of are still in their place."""
    try:
        backend_of(upload).received(upload)
    except Gone:
        discard(upload)
        return False
    return True


def touched(upload: Upload) -> Upload:
    """Note that somebody still works on it."""
    upload.touched_at = timezone.now()
    Upload.objects.filter(pk=upload.pk).update(touched_at=upload.touched_at)
    return upload


def append(*, upload: Upload, offset: int, stream: Stream) -> int:
    """Add to an upload on disk; returns how many bytes are here. A wrong file is refused as soon
    as its first bytes are here, and a full disk is freed at once."""
    disk = Disk()
    if upload.state != Upload.State.OPEN or upload.reference:
        raise Gone
    try:
        received = disk.append(upload, offset, stream)
    except NoRoom:
        discard(upload)
        raise
    touched(upload)
    if offset < HEAD and received >= min(HEAD, upload.size):
        refuse_wrong_type(upload, disk)
    return received


def refuse_wrong_type(upload: Upload, backend: Backend) -> None:
    if words := objection(upload.name, backend.head(upload, HEAD)):
        discard(upload)
        raise Refused(words)


def finish(upload: Upload) -> None:
    """Put the bytes together and look at them; from now on a recording may take them."""
    if upload.state == Upload.State.ARRIVED:
        return
    backend = backend_of(upload)
    backend.finish(upload)
    refuse_wrong_type(upload, backend)
    standing = Upload.objects.filter(pk=upload.pk).exclude(state=Upload.State.GOING)
    if not standing.update(
        state=Upload.State.ARRIVED, stored_as=upload.stored_as, touched_at=timezone.now()
    ):
        leave(upload, backend)
        raise Gone
    upload.state = Upload.State.ARRIVED


def leave(upload: Upload, backend: Backend) -> None:
    """Delete what was put together too late, for somebody has thrown the upload away. Where a
    recording has taken it, because another request finished it first, the bytes are its own."""
    if not Rendition.objects.filter(file=upload.stored_as).exists():
        backend.discard(upload)


def find(*, user: Any, token: str) -> Upload:
    """One's own upload; raises Gone for everybody else's."""
    upload = Upload.objects.filter(user=user, token=token).exclude(state=Upload.State.GOING)
    # PostgreSQL cannot even be asked for a text with NUL.
    if not token or "\0" in token or (found := upload.first()) is None:
        raise Gone
    return found


def claim(upload: Upload) -> str:
    """Give the bytes to a recording, in the transaction that saves it; returns where they lie."""
    taken, _ = Upload.objects.filter(pk=upload.pk, state=Upload.State.ARRIVED).delete()
    if not taken:
        raise AlreadyTaken("This upload has just been saved with another form.")
    return upload.stored_as


def discard(upload: Upload) -> None:
    """Delete bytes and row. The mark comes first, so that no recording can take what is going."""
    if not Upload.objects.filter(pk=upload.pk).update(state=Upload.State.GOING):
        return
    backend_of(upload).discard(upload)
    Upload.objects.filter(pk=upload.pk).delete()


def discard_abandoned() -> None:
    """Delete what nobody has touched for a day, and what an earlier attempt left. May be run at
    any minute; what no row knows is looked for once an hour."""
    before = timezone.now() - ABANDONED_AFTER
    old = Upload.objects.filter(Q(touched_at__lt=before) | Q(state=Upload.State.GOING))
    jobs: list[Callable[[], object]] = [partial(discard, upload) for upload in old]
    if cache.add("uploads:orphans", 1, ORPHANS_EVERY_S):
        places: dict[str, Backend] = {each.place: each for each in (Disk(), chosen())}
        jobs += [partial(place.discard_orphans, before) for place in places.values()]
    failed = [error for job in jobs if (error := error_of(job))]
    if failed:
        raise ExceptionGroup("Some abandoned uploads could not be deleted.", failed)


def error_of(job: Callable[[], object]) -> Exception | None:
    """Run a job; one that fails does not stop the others."""
    try:
        job()
    except Exception as error:
        return error
    return None
