"""Answer with a stored file: byte ranges from local disk, by us or by nginx on our word; a short
signed link from a bucket.

Django's own FileResponse ignores `Range`, and Chromium then cannot seek (docs/adr/0005).
"""

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from media.ranges import ByteRange, RangeUnsatisfiable, parse

CHUNK = 256 * 1024
SIGNED_FOR = 300


def stored_file(
    request: HttpRequest, storage: Any, name: str, content_type: str, cache_control: str
) -> HttpResponseBase:
    try:
        path = Path(storage.path(name))
    except NotImplementedError:
        return signed_link(request, storage, name)
    if not path.is_file():
        raise Http404("This file is gone.")
    if settings.ACCEL_REDIRECT:
        within = path.relative_to(storage.location).as_posix()
        response = left_to_nginx(within, content_type)
    else:
        response = local_file(request, path, content_type)
    response["Cache-Control"] = cache_control
    return response


def signed_link(request: HttpRequest, storage: Any, name: str) -> HttpResponseBase:
    """The way to the bucket, which tells its readers ranges and versions itself. A signature
    holds for one method."""
    url = storage.url(name, expire=SIGNED_FOR, http_method=request.method)
    link = HttpResponseRedirect(url)
    link["Cache-Control"] = "private, no-store"
    return link


def left_to_nginx(within: str, content_type: str) -> HttpResponseBase:
    """We have decided who may see it; nginx sends it, with ranges and versions of its own."""
    response = HttpResponse(content_type=content_type)
    response["X-Accel-Redirect"] = quote(f"{settings.ACCEL_REDIRECT}{within}")
    return response


def local_file(request: HttpRequest, path: Path, content_type: str) -> HttpResponseBase:
    stat = path.stat()
    etag = f'"{stat.st_mtime_ns:x}-{stat.st_size:x}"'
    modified = http_date(stat.st_mtime)
    known = get_conditional_response(request, etag=etag, last_modified=int(stat.st_mtime))
    response: HttpResponseBase
    if known is not None:
        response = known
    else:
        ranges = wanted_ranges(request, stat.st_size, etag, modified)
        response = body(request, path, content_type, stat.st_size, ranges)
    response["ETag"] = etag
    response["Last-Modified"] = modified
    response["Accept-Ranges"] = "bytes"
    return response


def wanted_ranges(
    request: HttpRequest, size: int, etag: str, modified: str
) -> list[ByteRange] | None:
    """The ranges asked for, unless `If-Range` names another version; None: all lie outside."""
    header = request.headers.get("Range", "")
    if request.method != "GET" or not header:
        return []
    condition = request.headers.get("If-Range", "").strip()
    if condition and condition not in (etag, modified):
        return []
    try:
        return parse(header, size)
    except RangeUnsatisfiable:
        return None


def body(
    request: HttpRequest, path: Path, content_type: str, size: int, ranges: list[ByteRange] | None
) -> HttpResponseBase:
    """The file, one part of it, or several as multipart; in chunks, so that memory stays flat."""
    if ranges is None:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    if request.method == "HEAD":
        response: HttpResponseBase = HttpResponse(content_type=content_type)
        response["Content-Length"] = str(size)
        return response
    if len(ranges) > 1:
        return several(path, content_type, size, ranges)
    part = ranges[0] if ranges else ByteRange(0, size - 1)
    response = StreamingHttpResponse(
        chunks(path, part), content_type=content_type, status=206 if ranges else 200
    )
    response["Content-Length"] = str(part.length)
    if ranges:
        response["Content-Range"] = part.content_range(size)
    return response


def several(
    path: Path, content_type: str, size: int, ranges: list[ByteRange]
) -> StreamingHttpResponse:
    boundary = secrets.token_hex(16)
    heads = [
        f"\r\n--{boundary}\r\nContent-Type: {content_type}\r\n"
        f"Content-Range: {part.content_range(size)}\r\n\r\n".encode("ascii")
        for part in ranges
    ]
    end = f"\r\n--{boundary}--\r\n".encode("ascii")

    def parts() -> Iterator[bytes]:
        for head, part in zip(heads, ranges, strict=True):
            yield head
            yield from chunks(path, part)
        yield end

    response = StreamingHttpResponse(
        parts(), status=206, content_type=f"multipart/byteranges; boundary={boundary}"
    )
    length = sum(map(len, heads)) + sum(part.length for part in ranges) + len(end)
    response["Content-Length"] = str(length)
    return response


def chunks(path: Path, part: ByteRange) -> Iterator[bytes]:
    left = part.length
    with path.open("rb") as file:
        file.seek(part.first)
        while left > 0 and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
