"""At the command line: see, export and erase one person."""

import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from courses.models import Place
from courses.services import Attendee
from home.models import HomePage, StandardPage
from privacy.models import Run
from tests.factories import make_page
from tests.privacy.factories import (
    ADA,
    NAME,
    book,
    everything,
    make_ada,
    make_enquiry,
    past_cohort,
    standing,
)

pytestmark = pytest.mark.usefixtures("home")


def test_a_person_is_exported_as_json(capsys: Any) -> None:
    make_ada()
    call_command("export_person", ADA)
    told = json.loads(capsys.readouterr().out)
    assert told["address"] == ADA
    assert "Places: who attends" in [each["what"] for each in told["held"]]


def test_nobody_is_exported_as_json_too(capsys: Any) -> None:
    call_command("export_person", ADA)
    assert json.loads(capsys.readouterr().out)["held"] == []


def test_a_person_is_exported_as_a_page(capsys: Any) -> None:
    make_enquiry(name=NAME, email=ADA)
    call_command("export_person", ADA, "--html")
    told = capsys.readouterr().out
    assert told.lower().startswith("<!doctype html>")
    assert told.rstrip().endswith("</html>")
    assert NAME in told


def test_a_person_is_erased(capsys: Any) -> None:
    make_ada()
    call_command("erase_person", ADA)
    assert f"The receipt is run {Run.objects.get().pk}." in capsys.readouterr().out
    assert standing(ADA, NAME) == []


def test_a_dry_run_says_what_there_is_and_changes_nothing(home: HomePage, capsys: Any) -> None:
    book(past_cohort(), Attendee("Bo", "bo@x.example"), booker=Attendee(NAME, ADA))
    make_page(StandardPage, home, title=f"A talk with {NAME}")
    before = list(everything())
    call_command("erase_person", ADA, "--dry-run")
    told = capsys.readouterr().out
    assert "      1  Bookings: who booked" in told
    assert "First: The invoice for booking" in told
    assert f"May be the same person: whom the page is about, A talk with {NAME}" in told
    assert list(everything()) == before


def test_what_must_be_settled_first_ends_with_an_error() -> None:
    book(past_cohort(), Attendee("Bo", "bo@x.example"), booker=Attendee(NAME, ADA))
    with pytest.raises(CommandError, match="invoice"):
        call_command("erase_person", ADA)
    assert Place.objects.exists()


def test_names_are_shown_and_taken_out_when_asked(capsys: Any) -> None:
    make_enquiry(name=NAME, email=ADA)
    make_enquiry(name="Bo", email="bo@x.example", note=f"{NAME}, before Ada Former, will answer")
    call_command("erase_person", ADA, "--dry-run", "--name", "Ada Former")
    told = capsys.readouterr().out
    assert f"Names: Ada Former, {NAME}" in told
    assert "Only the name stands there, see --also-named: Enquiries" in told
    call_command("erase_person", ADA, "--name", "Ada Former", "--also-named")
    assert standing(ADA, NAME, "Ada Former") == []


def test_what_is_left_where_it_does_not_belong_is_said(capsys: Any) -> None:
    make_enquiry(name=NAME, email=ADA)
    cohort = past_cohort()
    type(cohort).objects.update(term=f"Ask {ADA}")
    call_command("erase_person", ADA, "--dry-run")
    assert "Typed where it does not belong: Cohorts, 1" in capsys.readouterr().out
    call_command("erase_person", ADA)
    assert "Left: Cohorts" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["export_person", "erase_person"])
def test_what_is_no_address_ends_with_an_error(command: str) -> None:
    with pytest.raises(CommandError, match="no e-mail address"):
        call_command(command, "ada")
