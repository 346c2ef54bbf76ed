"""Uploads as the browser's script does them, step by step."""

import json
from base64 import b64encode
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from media.uploads.disk import Disk
from tests.media.factories import WEBM

FILM = WEBM * 40  # 82 kB, several parts of those sizes that tests send


def begin(client: Client, content: bytes = FILM, name: str = "talk.webm", **more: Any) -> Any:
    said = {"name": name, "size": len(content), "modified": 1, **more}
    return client.post(reverse("uploads:begin"), json.dumps(said), "application/json")


def begun(client: Client, content: bytes = FILM, name: str = "talk.webm", **more: Any) -> Any:
    """What the answer says of an upload that was begun, or gone on with."""
    answer = begin(client, content, name, **more)
    assert answer.status_code == 201, answer.content
    return answer.json()


def head(content: bytes = FILM) -> str:
    return b64encode(content[:4096]).decode()


def add(client: Client, url: str, offset: object, content: bytes) -> Any:
    return client.put(
        url, content, "application/octet-stream", headers={"Upload-Offset": str(offset)}
    )


def finish(client: Client, url: str) -> Any:
    return client.post(f"{url}finish/")


def upload(client: Client, content: bytes = FILM, name: str = "talk.webm", **more: Any) -> str:
    """All of a file, in two parts; returns the token for a form."""
    told = begun(client, content, name, **more)
    half = len(content) // 2
    for begins, ends in ((0, half), (half, len(content))):
        assert add(client, told["url"], begins, content[begins:ends]).status_code == 200
    assert finish(client, told["url"]).status_code == 200
    return str(told["token"])


def what_is_left() -> list[str]:
    """Everything that uploads have left on this disk: parts, and recordings."""
    parts = [path.name for path in Path(settings.UPLOADS_IN_PARTS).iterdir()]
    folder = Path(default_storage.path("recordings"))
    return sorted(parts + [path.name for path in folder.glob("*")])


def part_of(pk: int) -> Path:
    from media.models import Upload

    return Disk().path(Upload.objects.get(pk=pk))
