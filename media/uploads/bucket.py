"""Parts in the bucket: S3's own multipart uploads, which browsers fill by signed addresses."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.storage import default_storage

from media.mime import mime_type
from media.models import Upload
from media.uploads.problems import Gone, Incomplete, StoreAway, UploadProblem

MIB = 1024 * 1024
PART = 8 * MIB
MOST_PARTS = 9_000  # of the 10,000 that S3 allows
SIGNED_FOR = 3600  # seconds: as long as one part may take over a very slow line
PREFIX = "recordings/"
MISSING = ("NoSuchUpload", "NoSuchKey", "404")


def bucket_name() -> str:
    """The bucket that the site keeps its files in, if it does."""
    return str(getattr(default_storage, "bucket_name", ""))


@cache
def client() -> Any:
    """boto3 finds keys and endpoint itself. Parts come from browsers, without its checksums."""
    config = Config(
        signature_version="s3v4",
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
    return boto3.client("s3", config=config)


@contextmanager
def asked() -> Iterator[None]:
    """What the bucket may answer, as problems of ours."""
    try:
        yield
    except ClientError as error:
        if error.response["Error"]["Code"] in MISSING:
            raise Gone() from error
        raise StoreAway("The store refuses this part. Try again in a minute.") from error
    except BotoCoreError as error:
        raise StoreAway("The store does not answer. Try again in a minute.") from error


class Bucket:
    place = "bucket"

    def part_size(self, size: int) -> int:
        """As small as S3 allows for so many bytes, in whole MiB."""
        return max(PART, -(-size // MOST_PARTS // MIB) * MIB)

    def where(self, upload: Upload) -> dict[str, str]:
        return {"Bucket": bucket_name(), "Key": upload.stored_as}

    def which(self, upload: Upload) -> dict[str, str]:
        return {**self.where(upload), "UploadId": upload.reference}

    def begin(self, upload: Upload) -> str:
        with asked():
            begun = client().create_multipart_upload(
                **self.where(upload), ContentType=mime_type(upload.name)
            )
        return str(begun["UploadId"])

    def address(self, upload: Upload, number: int) -> str:
        """Where the browser may put one part, of just its length, within the hour."""
        return str(
            client().generate_presigned_url(
                "upload_part",
                Params={
                    **self.which(upload),
                    "PartNumber": number,
                    "ContentLength": self.length_of_part(upload, number),
                },
                ExpiresIn=SIGNED_FOR,
            )
        )

    def length_of_part(self, upload: Upload, number: int) -> int:
        """0 for a part that a file of this size does not have."""
        part = self.part_size(upload.size)
        return max(0, min(part, upload.size - (number - 1) * part)) if number > 0 else 0

    def parts(self, upload: Upload) -> dict[int, str]:
        """The parts that are here whole, with the mark that the bucket gave each."""
        with asked():
            pages = client().get_paginator("list_parts").paginate(**self.which(upload))
            return {
                part["PartNumber"]: part["ETag"]
                for page in pages
                for part in page.get("Parts", ())
                if part["Size"] == self.length_of_part(upload, part["PartNumber"])
            }

    def received(self, upload: Upload) -> tuple[int, tuple[int, ...]]:
        try:
            numbers = tuple(sorted(self.parts(upload)))
        except Gone:
            if self.stored_size(upload) != upload.size:
                raise
            return upload.size, ()
        return sum(self.length_of_part(upload, number) for number in numbers), numbers

    def stored_size(self, upload: Upload) -> int:
        """The size of the finished object; raises Gone without one."""
        with asked():
            return int(client().head_object(**self.where(upload))["ContentLength"])

    def finish(self, upload: Upload) -> None:
        try:
            parts = self.parts(upload)
        except Gone:  # finished before, and the answer was lost
            if self.stored_size(upload) != upload.size:
                raise
            return
        last = -(-upload.size // self.part_size(upload.size))
        if missing := set(range(1, last + 1)) - set(parts):
            raise Incomplete(f"{len(missing)} parts are still missing.")
        chosen = [{"PartNumber": number, "ETag": parts[number]} for number in range(1, last + 1)]
        with asked():
            client().complete_multipart_upload(
                **self.which(upload), MultipartUpload={"Parts": chosen}
            )
        if self.stored_size(upload) != upload.size:
            raise UploadProblem("The store has put the parts together wrongly. Upload them again.")

    def head(self, upload: Upload, length: int) -> bytes:
        """The first bytes, without fetching the others."""
        with asked():
            answer = client().get_object(**self.where(upload), Range=f"bytes=0-{length - 1}")
            return bytes(answer["Body"].read(length))

    def discard(self, upload: Upload) -> None:
        self.abort(upload.stored_as, upload.reference)
        with asked():
            client().delete_object(**self.where(upload))

    def abort(self, key: str, reference: str) -> None:
        try:
            with asked():
                client().abort_multipart_upload(Bucket=bucket_name(), Key=key, UploadId=reference)
        except Gone:  # finished, or aborted before
            return

    def discard_orphans(self, before: datetime) -> int:
        """Multipart uploads cost money and are seen by nobody: those that no row knows go."""
        known = set(Upload.objects.exclude(reference="").values_list("reference", flat=True))
        with asked():
            pages = client().get_paginator("list_multipart_uploads")
            orphans = [
                (each["Key"], each["UploadId"])
                for page in pages.paginate(Bucket=bucket_name(), Prefix=PREFIX)
                for each in page.get("Uploads", ())
                if each["UploadId"] not in known and each["Initiated"] < before
            ]
        for key, reference in orphans:
            self.abort(key, reference)
        return len(orphans)
