"""A backup that is restored brings nobody back for long."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from core.models import Enquiry
from courses.services import Attendee
from privacy.erasing import erase_person
from privacy.marks import came_back, marks, note_mark
from tests.privacy.factories import (
    ADA,
    BO,
    NAME,
    book,
    make_ada,
    make_enquiry,
    past_cohort,
    standing,
)

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


def ago(**time: int) -> Any:
    return timezone.now() - timedelta(**time)


def restore() -> None:
    """The person is in the database again, as they were when the backup was made."""
    make_ada()
    make_enquiry(name="Bo", email=BO)


def test_who_was_erased_since_the_backup_is_erased_again(capsys: Any) -> None:
    make_ada()
    erase_person(address=ADA)
    restore()
    call_command("erase_again", since=ago(hours=1).isoformat())
    assert "1 of 1 erased again" in capsys.readouterr().out
    assert standing(ADA, NAME) == []
    assert Enquiry.objects.get().email == BO


def test_the_address_is_known_in_whatever_letters() -> None:
    erase_person(address=ADA.upper())
    make_enquiry(name=NAME, email=ADA.title())
    assert came_back(ago(hours=1)) == [ADA]


def test_who_came_again_before_the_backup_was_made_stays() -> None:
    note_mark(ADA, ago(days=10))
    make_enquiry(name=NAME, email=ADA)
    assert came_back(ago(days=5)) == []


def test_looking_changes_nothing(capsys: Any) -> None:
    erase_person(address=ADA)
    restore()
    call_command("erase_again", since=ago(hours=1).isoformat(), dry_run=True)
    assert "1 came back. Nothing was changed." in capsys.readouterr().out
    assert standing(ADA)


def test_who_cannot_be_erased_yet_is_named_to_the_operator(capsys: Any) -> None:
    note_mark(ADA)
    book(past_cohort(), Attendee("Bo", BO), booker=Attendee(NAME, ADA))
    with pytest.raises(CommandError, match="invoice"):
        call_command("erase_again", since=ago(hours=1).isoformat())
    assert "0 of 1 erased again" in capsys.readouterr().out


@pytest.mark.parametrize("typed", ["", "yesterday", "2026-13-40T03:00"])
def test_a_moment_that_is_none_is_said(typed: str) -> None:
    with pytest.raises(CommandError, match="such as"):
        call_command("erase_again", since=typed)


def test_a_moment_without_a_zone_is_the_sites() -> None:
    note_mark(ADA, ago(minutes=5))
    make_enquiry(name=NAME, email=ADA)
    since = timezone.localtime(ago(minutes=10)).strftime("%Y-%m-%dT%H:%M")
    call_command("erase_again", since=since)
    assert standing(ADA) == []


def test_the_file_names_nobody(folder: Path) -> None:
    make_ada()
    erase_person(address=ADA)
    kept = (folder / "erased.jsonl").read_text()
    assert len(kept.splitlines()) == 1
    assert ADA not in kept


def test_without_the_key_of_the_site_nobody_can_be_tried_out(settings: Settings) -> None:
    note_mark(ADA)
    settings.SECRET_KEY = "another" * 9
    make_enquiry(name=NAME, email=ADA)
    assert came_back(ago(hours=1)) == []


def test_a_mark_goes_after_a_year() -> None:
    note_mark(ADA, ago(days=370))
    note_mark(BO)
    assert len(marks()) == 1


def test_an_erasure_that_changes_nothing_else_leaves_a_mark_too() -> None:
    erase_person(address=ADA)
    make_enquiry(name=NAME, email=ADA)
    assert came_back(ago(hours=1)) == [ADA]
