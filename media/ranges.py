"""Byte ranges of a file, after RFC 9110, section 14. Pure."""

import re
from typing import NamedTuple

SPEC = re.compile(r"[ \t]*(?:(\d{1,18})-(\d{0,18})|-(\d{1,18}))[ \t]*", re.ASCII)
MAX_RANGES = 10


class ByteRange(NamedTuple):
    """First and last byte, both included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1

    def content_range(self, size: int) -> str:
        return f"bytes {self.first}-{self.last}/{size}"


class RangeUnsatisfiable(Exception):
    """Every range asked for lies outside the file."""


def parse(header: str, size: int) -> list[ByteRange]:
    """The ranges to send, in order and merged where they touch; an empty list: the whole file.

    What is malformed, in another unit, or absurdly many is ignored, as the RFC asks. Raises
    RangeUnsatisfiable where the header is well formed but nothing of it lies in the file.
    """
    unit, sign, text = header.partition("=")
    specs = [spec for spec in text.split(",") if spec.strip()]
    if unit.strip().lower() != "bytes" or not sign or not specs or len(specs) > MAX_RANGES:
        return []
    found = []
    for spec in specs:
        match = SPEC.fullmatch(spec)
        if match is None:
            return []
        first, last, suffix = match.groups()
        if first is not None and last and int(last) < int(first):
            return []
        found.append(bounded(first, last, suffix, size))
    inside = sorted(item for item in found if item is not None)
    if not inside:
        raise RangeUnsatisfiable
    return merged(inside)


def bounded(first: str | None, last: str, suffix: str | None, size: int) -> ByteRange | None:
    if suffix is not None:
        length = min(int(suffix), size)
        return ByteRange(size - length, size - 1) if length else None
    begin = int(first or 0)
    end = min(int(last), size - 1) if last else size - 1
    return ByteRange(begin, end) if begin < size else None


def merged(ranges: list[ByteRange]) -> list[ByteRange]:
    joined = ranges[:1]
    for item in ranges[1:]:
        if item.first <= joined[-1].last + 1:
            joined[-1] = ByteRange(joined[-1].first, max(joined[-1].last, item.last))
        else:
            joined.append(item)
    return joined
