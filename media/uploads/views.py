"""Uploads as the browser's script speaks with them: JSON, and parts as plain bytes.

An upload belongs to whoever began it; for everybody else it does not exist.
"""

import json
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from media.models import Upload
from media.sniff import HEAD
from media.uploads import services
from media.uploads.backends import backend_of
from media.uploads.bucket import Bucket
from media.uploads.problems import Gone, TooBig, UploadProblem

MOST_OF_A_PART = 16 * 1024 * 1024
LARGEST = 2**53 - 1  # the largest number that a browser counts exactly
NO_FILE = (ValueError, KeyError, TypeError, AttributeError, RecursionError, NotBase64)
View = Callable[..., HttpResponse]


def for_uploaders(view: View) -> View:
    """Only those who may add or change recordings; problems are told in words."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not services.may_upload(request.user):
            raise PermissionDenied("Only people who may add recordings may upload films.")
        try:
            return view(request, *args, **kwargs)
        except UploadProblem as problem:
            return JsonResponse({"problem": str(problem)}, status=problem.status)

    return guarded


def told(upload: Upload, status: int = 200) -> JsonResponse:
    """Where an upload stands, and how to go on."""
    arrived = upload.state == Upload.State.ARRIVED
    backend = backend_of(upload)
    received, parts = (upload.size, ()) if arrived else backend.received(upload)
    answer = {
        "token": upload.token,
        "url": reverse("uploads:upload", args=[upload.token]),
        "name": upload.name,
        "size": upload.size,
        "arrived": arrived,
        "received": received,
        "parts": parts,
        "place": backend.place,
        "part_size": backend.part_size(upload.size),
    }
    return JsonResponse(answer, status=status)


@require_POST
@for_uploaders
def begin(request: HttpRequest) -> HttpResponse:
    return told(services.begin(user=request.user, **wanted(request)), status=201)


def wanted(request: HttpRequest) -> dict[str, Any]:
    """What the browser says of its file, as far as it can be true."""
    if length_of(request) > 10 * HEAD:
        raise TooBig("That is more than a name and the beginning of a file.")
    try:
        said = json.loads(request.body)
        head = b64decode(said.get("head", ""), validate=True)
        name, size, modified = said["name"], said["size"], said.get("modified", 0)
    except NO_FILE as error:
        raise UploadProblem("Say which file this is: its name and its size.") from error
    numbers = all(type(n) is int and abs(n) <= LARGEST for n in (size, modified))
    if not (isinstance(name, str) and numbers):
        raise UploadProblem("Say which file this is: its name and its size.")
    anew = bool(said.get("anew"))
    return {"name": name, "size": size, "modified": modified, "head": head[:HEAD], "anew": anew}


def length_of(request: HttpRequest) -> int:
    try:
        return int(request.headers.get("Content-Length") or 0)
    except ValueError as error:
        raise UploadProblem("Say how long this is.") from error


@require_http_methods(["GET", "PUT", "DELETE"])
@for_uploaders
def upload(request: HttpRequest, token: str) -> HttpResponse:
    """GET: where it stands. PUT: the next bytes. DELETE: throw it away."""
    item = services.find(user=request.user, token=token)
    if request.method == "PUT":
        return add(request, item)
    if request.method == "DELETE":
        services.discard(item)
        return HttpResponse(status=204)
    return told(item)


def add(request: HttpRequest, item: Upload) -> HttpResponse:
    """Add the body, which is read as it comes and never held as a whole."""
    if length_of(request) > MOST_OF_A_PART:
        raise TooBig("Send the file in smaller parts.")
    try:
        offset = int(request.headers.get("Upload-Offset", ""))
    except ValueError as error:
        raise UploadProblem("Say where this part begins.") from error
    try:
        received = services.append(upload=item, offset=offset, stream=request)
    except UnreadablePostError as error:
        raise UploadProblem("The connection broke off; what had arrived is kept.") from error
    return JsonResponse({"received": received})


@require_POST
@for_uploaders
def part(request: HttpRequest, token: str, number: int) -> HttpResponse:
    """The address to which the browser may put one part, in the bucket."""
    item = services.find(user=request.user, token=token)
    bucket = Bucket()
    if not item.reference or not bucket.length_of_part(item, number):
        raise Gone
    services.touched(item)
    return JsonResponse({"address": bucket.address(item, number)})


@require_POST
@for_uploaders
def finish(request: HttpRequest, token: str) -> HttpResponse:
    item = services.find(user=request.user, token=token)
    services.finish(item)
    return told(item)
