"""`check_storage` on a disk; on a bucket see tests/services."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings


@pytest.fixture
def data(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "uploads"
    settings.UPLOADS_IN_PARTS = tmp_path / "uploads-in-parts"
    return tmp_path


def check() -> str:
    out = StringIO()
    try:
        call_command("check_storage", stdout=out)
    except CommandError as error:
        out.write(f"ended: {error}\n")
    return out.getvalue()


def test_a_disk_that_is_well_is_told_and_left_empty(data: Path) -> None:
    assert check().splitlines() == [
        "well      A file is written.",
        "well      It is read again.",
        "well      Films in parts lie on the same file system.",
        "well      The file is deleted.",
    ]
    assert [path for path in data.rglob("*") if path.is_file()] == []


def test_a_folder_that_cannot_be_written_is_told_and_nothing_else_is_tried(data: Path) -> None:
    (data / "uploads").write_text("a file stands where the folder should be")
    first, end = check().splitlines()
    assert first.startswith("NOT WELL  A file is written. NotADirectoryError: ")
    assert end == "ended: 1 of the above must be mended."


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="no second file system here")
def test_parts_on_another_file_system_are_told(data: Path, settings: Settings) -> None:
    settings.UPLOADS_IN_PARTS = Path("/proc/self")
    assert "lie on two: a film is copied when it has arrived." in check()
