"""An erasure that fails, a run that dies, two at once: nothing half done, and people see it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.test import Client
from django.utils import timezone

from courses.enums import InvoiceState
from courses.models import Booking, Place
from courses.services import Attendee
from privacy.erasing import NotErased, erase_person
from privacy.models import Run
from privacy.registry import RULES, Rule
from privacy.retention import apply, keep_no_longer
from tests.privacy.factories import (
    ADA,
    NAME,
    book,
    everything,
    make_ada,
    make_administrator,
    past_cohort,
    standing,
)

pytestmark = pytest.mark.usefixtures("home")
SECRET = f"Key (email)=({ADA}) is wrong."


@contextmanager
def refusing_to_change(table: str) -> Iterator[None]:
    """A database that does not take what is written to one table."""

    def refuse(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(f'UPDATE "{table}"'):
            raise DatabaseError(SECRET)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield


def without_runs() -> list[str]:
    return [text for text in everything() if not text.startswith("privacy.Run")]


def test_an_erasure_that_fails_changes_nothing_and_says_where() -> None:
    make_ada()
    before = without_runs()
    with refusing_to_change("courses_certificate"), pytest.raises(NotErased) as problem:
        erase_person(address=ADA)
    run = Run.objects.get()
    assert without_runs() == before
    assert run.problems == {"Certificates: who attended": "DatabaseError"}
    assert run.outcome == "Failed: nothing was changed"
    assert SECRET not in str(problem.value)


def test_what_fails_before_any_row_is_noted_too() -> None:
    make_ada()
    with refusing_to_change("courses_place"), pytest.raises(NotErased, match="Places, lists"):
        erase_person(address=ADA)


def test_it_can_be_tried_again() -> None:
    make_ada()
    with refusing_to_change("courses_certificate"), pytest.raises(NotErased):
        erase_person(address=ADA)
    erase_person(address=ADA)
    assert standing(ADA, NAME) == []


def test_the_command_ends_with_the_reason() -> None:
    make_ada()
    with (
        refusing_to_change("courses_certificate"),
        pytest.raises(CommandError, match="Nothing was changed"),
    ):
        call_command("erase_person", ADA)


def test_an_administrator_sees_it_and_can_press_again() -> None:
    make_ada()
    client = Client()
    client.force_login(make_administrator())
    typed = {"address": ADA, "typed": ADA}
    with refusing_to_change("courses_certificate"):
        answer = client.post("/admin/privacy/person/erase/", typed)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "it failed at “Certificates: who attended” (DatabaseError)" in shown
    assert "Erase this person" in shown
    receipt = client.get(f"/admin/privacy/runs/{Run.objects.get().pk}/").content.decode()
    assert "try once more" in receipt
    client.post("/admin/privacy/person/erase/", typed)
    assert standing(ADA, NAME) == []


def test_erasing_twice_is_no_error() -> None:
    make_ada()
    erase_person(address=ADA)
    assert erase_person(address=ADA).counts == {}


# The nightly run ---------------------------------------------------------------------------------


def many_old_places(number: int) -> None:
    booking = book(past_cohort(months_ago=13, capacity=None), Attendee(NAME, ADA))
    Booking.objects.update(invoice_state=InvoiceState.NOTHING)
    made = [
        Place(booking=booking, cohort=booking.cohort, name="N", email=f"n{n}@x.example")
        for n in range(number - 1)
    ]
    Place.objects.bulk_create(made)


def with_forget(rule: Rule, forget: Any) -> Rule:
    return Rule(rule.name, rule.words, rule.due, forget)


def test_what_a_run_did_before_it_died_is_done_and_the_next_takes_the_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    many_old_places(450)
    rule, calls = RULES["places"], []

    def die_in_the_second_batch(rows: Any) -> None:
        calls.append(rows.count())
        if len(calls) == 2:
            raise KeyboardInterrupt
        rule.forget(rows)

    monkeypatch.setitem(RULES, "places", with_forget(rule, die_in_the_second_batch))
    with pytest.raises(KeyboardInterrupt):
        keep_no_longer()
    assert Run.objects.get().outcome == "Did not finish"
    assert Place.objects.filter(name="Erased").count() == 200
    monkeypatch.setitem(RULES, "places", rule)
    assert keep_no_longer().counts[rule.words] == 250
    assert not Place.objects.exclude(name="Erased").exists()


def test_what_another_run_takes_meanwhile_is_not_taken_twice() -> None:
    many_old_places(450)
    rule = RULES["places"]
    others: list[int] = []

    def while_another_runs(rows: Any) -> None:
        rule.forget(rows)
        if not others:
            others.append(apply(rule, timezone.now()))

    taken = apply(with_forget(rule, while_another_runs), timezone.now())
    assert (taken, others) == (200, [250])
