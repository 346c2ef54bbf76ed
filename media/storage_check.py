"""Does the place of uploads do what the site needs of it? Tried out, not read from settings."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import requests
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from media.uploads.bucket import PREFIX, bucket_name, client

CONTENT = b"0123456789 tried out by check_storage"
PATIENCE = 20  # seconds for each answer
FAILURES = (BotoCoreError, ClientError, requests.RequestException, OSError)


class Wrong(Exception):
    """What is not as the site needs it, and what to do."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was tried. `problem` is empty where it went well."""

    tried: str
    problem: str = ""


Step = tuple[str, Callable[[], None]]


def findings() -> Iterator[Finding]:
    """Try one thing after the other, unless nothing can be written; what was is deleted again."""
    trial: Trial = BucketTrial() if bucket_name() else DiskTrial()
    try:
        for tried, step in trial.steps():
            problem = problem_of(step)
            yield Finding(tried, problem)
            if problem and step == trial.write:
                return
    finally:
        trial.tidy()


def problem_of(step: Callable[[], None]) -> str:
    try:
        step()
    except Wrong as wrong:
        return str(wrong)
    except FAILURES as failure:
        return f"{type(failure).__name__}: {failure}"
    return ""


class Trial:
    """What holds of every storage."""

    def __init__(self) -> None:
        self.name = f"{PREFIX}check-{secrets.token_hex(8)}.txt"

    def steps(self) -> list[Step]:
        return [("A file is written.", self.write), ("It is read again.", self.read)]

    def write(self) -> None:
        self.name = default_storage.save(self.name, ContentFile(CONTENT))

    def read(self) -> None:
        with default_storage.open(self.name) as file:
            if file.read() != CONTENT:
                raise Wrong("What is read is not what was written.")

    def delete(self) -> None:
        default_storage.delete(self.name)
        if default_storage.exists(self.name):
            raise Wrong("The file is still there after it was deleted.")

    def tidy(self) -> None:
        with suppress(*FAILURES):
            default_storage.delete(self.name)


class DiskTrial(Trial):
    def steps(self) -> list[Step]:
        return [
            *super().steps(),
            ("Films in parts lie on the same file system.", self.one_file_system),
            ("The file is deleted.", self.delete),
        ]

    def one_file_system(self) -> None:
        parts, uploads = Path(settings.UPLOADS_IN_PARTS), Path(settings.MEDIA_ROOT)
        parts.mkdir(parents=True, exist_ok=True)
        if parts.stat().st_dev != uploads.stat().st_dev:
            raise Wrong(f"{parts} and {uploads} lie on two: a film is copied when it has arrived.")


class BucketTrial(Trial):
    """Asked as the site, as a reader with a link, as a stranger and as an editor's browser."""

    upload = ""

    def steps(self) -> list[Step]:
        return [
            *super().steps(),
            ("A part of it comes by a signed link.", self.signed_part),
            ("A wrong signature is refused.", self.wrong_signature),
            ("A stranger cannot read it.", self.stranger_reads),
            ("A stranger cannot list the bucket.", self.stranger_lists),
            ("A film in parts is begun.", self.begin),
            ("A browser may send a part to it (CORS).", self.browser_asks),
            ("A part that is sent is kept.", self.part),
            ("Unfinished films are listed.", self.unfinished),
            ("An unfinished film is given up.", self.abort),
            ("The file is deleted.", self.delete),
        ]

    def link(self) -> str:
        bucket: Any = default_storage
        return str(bucket.url(self.name, expire=60, http_method="GET"))

    def signed_part(self) -> None:
        answer = ask("GET", self.link(), {"Range": "bytes=2-4"})
        if (answer.status_code, answer.content) != (206, CONTENT[2:5]):
            raise Wrong(f"Asked for three bytes, the store answers {told(answer)}.")

    def wrong_signature(self) -> None:
        before, mark, signature = self.link().partition("X-Amz-Signature=")
        if not mark:
            raise Wrong("The links have no signature of version 4; is AWS_DEFAULT_REGION set?")
        other = signature.translate(str.maketrans("0123456789abcdef", "123456789abcdef0"))
        if ask("GET", f"{before}{mark}{other}").ok:
            raise Wrong("The store does not look at signatures: whoever guesses a name may read.")

    def stranger_reads(self) -> None:
        if ask("GET", without_query(self.link())).ok:
            raise Wrong("The bucket is public: block public access, and remove its policy or ACL.")

    def stranger_lists(self) -> None:
        parts = urlsplit(without_query(self.link()))
        root = urlunsplit(parts._replace(path=parts.path.removesuffix(self.name)))
        if ask("GET", root).ok:
            raise Wrong("Everybody may list the bucket: block public access.")

    def begin(self) -> None:
        begun = client().create_multipart_upload(Bucket=bucket_name(), Key=self.name)
        self.upload = str(begun["UploadId"])

    def which(self) -> dict[str, Any]:
        return {"Bucket": bucket_name(), "Key": self.name, "UploadId": self.upload}

    def address(self) -> str:
        params = {**self.which(), "PartNumber": 1, "ContentLength": len(CONTENT)}
        return str(client().generate_presigned_url("upload_part", Params=params, ExpiresIn=60))

    def browser_asks(self) -> None:
        """The question that a browser asks before it sends anything to another origin."""
        origin = origin_of(settings.SITE_URL)
        asked = {"Origin": origin, "Access-Control-Request-Method": "PUT"}
        answer = ask("OPTIONS", self.address(), asked)
        names = [each.strip() for each in allowed(answer, "Methods").split(",")]
        if not answer.ok or allowed(answer, "Origin") not in ("*", origin) or "PUT" not in names:
            raise Wrong(
                f"Not from {origin} ({told(answer)}): films would not go up. Give the bucket the"
                " CORS rule of docs/operating/README.md, “Large films”."
            )

    def part(self) -> None:
        answer = ask("PUT", self.address(), body=CONTENT)
        if not answer.ok:
            raise Wrong(f"The store answers {told(answer)}.")
        kept = client().list_parts(**self.which()).get("Parts", [])
        if [each["Size"] for each in kept] != [len(CONTENT)]:
            raise Wrong("The part is not listed afterwards: uploads could not go on.")

    def unfinished(self) -> None:
        pages = client().get_paginator("list_multipart_uploads")
        found = pages.paginate(Bucket=bucket_name(), Prefix=self.name)
        if self.upload not in {each["UploadId"] for page in found for each in page["Uploads"]}:
            raise Wrong("Ours is not among them: what is abandoned would be paid for for ever.")

    def abort(self) -> None:
        client().abort_multipart_upload(**self.which())
        self.upload = ""

    def tidy(self) -> None:
        if self.upload:
            with suppress(*FAILURES):
                self.abort()
        super().tidy()


def ask(
    method: str, url: str, headers: dict[str, str] | None = None, body: bytes | None = None
) -> requests.Response:
    return requests.request(method, url, data=body, headers=headers, timeout=PATIENCE)


def allowed(answer: requests.Response, what: str) -> str:
    return answer.headers.get(f"Access-Control-Allow-{what}", "")


def told(answer: requests.Response) -> str:
    return f"{answer.status_code} {answer.reason}"


def without_query(url: str) -> str:
    return urlunsplit(urlsplit(url)._replace(query=""))


def origin_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
