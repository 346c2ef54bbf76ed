import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.ranges import ByteRange, RangeUnsatisfiable, parse

SIZE = 100


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("bytes=0-", [(0, 99)]),
        ("bytes=0-0", [(0, 0)]),
        ("bytes=10-19", [(10, 19)]),
        ("bytes=90-999999", [(90, 99)]),
        ("bytes=-10", [(90, 99)]),
        ("bytes=-1000", [(0, 99)]),
        ("BYTES=5-6", [(5, 6)]),
        ("bytes= 5-6 ", [(5, 6)]),
        ("bytes=0-4,10-14", [(0, 4), (10, 14)]),
        ("bytes=10-14, 0-4", [(0, 4), (10, 14)]),
        ("bytes=0-4,5-9", [(0, 9)]),
        ("bytes=0-50,20-60,-1", [(0, 60), (99, 99)]),
        ("bytes=0-4,500-", [(0, 4)]),
        ("bytes=,0-4,", [(0, 4)]),
    ],
)
def test_ranges_are_read(header: str, expected: list[tuple[int, int]]) -> None:
    assert parse(header, SIZE) == expected


@pytest.mark.parametrize(
    "header",
    [
        "",
        "bytes",
        "bytes=",
        "bytes=,",
        "bytes=x",
        "bytes=-",
        "bytes=5-4",
        "bytes=5--6",
        "bytes=1.5-2",
        "bytes=0x1-0x2",
        "bytes=\u0660-\u0669",
        "lines=0-4",
        "0-4",
        "bytes=0-4,x",
        "bytes=" + ",".join(f"{at}-{at}" for at in range(0, 90, 2)),
        "bytes=" + "9" * 5000 + "-",
        "bytes=0-" + "9" * 5000,
        "=0-4",
        "bytes==0-4",
        "\U0001f600",
    ],
)
def test_what_makes_no_sense_is_ignored(header: str) -> None:
    assert parse(header, SIZE) == []


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0", "bytes=999-,-0"])
def test_ranges_outside_the_file_cannot_be_satisfied(header: str) -> None:
    with pytest.raises(RangeUnsatisfiable):
        parse(header, SIZE)


def test_an_empty_file_has_no_range() -> None:
    with pytest.raises(RangeUnsatisfiable):
        parse("bytes=0-", 0)


@given(st.text(max_size=60), st.integers(0, 1000))
def test_no_header_makes_it_fail(text: str, size: int) -> None:
    try:
        found = parse(f"bytes={text}", size)
    except RangeUnsatisfiable:
        return
    assert all(
        isinstance(item, ByteRange) and 0 <= item.first <= item.last < size for item in found
    )
