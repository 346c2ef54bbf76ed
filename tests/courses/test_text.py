import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.money import amount_due, money_words
from courses.text import counted, csv_cell, one_line


@given(st.text())
def test_one_line_is_one_line_that_can_be_written_anywhere(value: str) -> None:
    line = one_line(value)
    assert len(line.splitlines()) <= 1
    assert "\x00" not in line
    assert one_line(line) == line


def test_one_line_keeps_emoji_families_and_accents() -> None:
    assert one_line(" Zoë \r\n 👩‍👩‍👧 ") == "Zoë 👩‍👩‍👧"


def test_one_line_drops_what_cannot_be_encoded_and_what_turns_text_round() -> None:
    assert one_line("a\ud800b\u202ec") == "a b c"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "\uff1d", "|", "%"])
def test_no_cell_begins_as_a_formula(start: str) -> None:
    assert csv_cell(f"{start}HYPERLINK(1)").startswith("'")


@given(st.text())
def test_a_cell_stays_one_cell_of_one_line(value: str) -> None:
    out = io.StringIO()
    csv.writer(out).writerow([csv_cell(value), "next"])
    assert len(out.getvalue().splitlines()) == 1


def test_money_is_said_without_needless_pence() -> None:
    assert money_words(Decimal("500.00")) == "£500"
    assert money_words(Decimal("12.50")) == "£12.50"
    assert money_words(Decimal("0.00")) == "Nothing"
    assert money_words(Decimal("1250"), "EUR") == "€1,250"
    assert money_words(Decimal("5"), "CHF") == "CHF 5"


@pytest.mark.parametrize(
    ("waiver", "member", "due"), [(True, True, 0), (True, False, 500), (False, True, 500)]
)
def test_members_pay_nothing_only_where_the_rule_says_so(
    waiver: bool, member: bool, due: int
) -> None:
    amount = Decimal("500.00")
    assert amount_due(amount=amount, member_waiver=waiver, is_member=member) == due


def test_small_numbers_are_words() -> None:
    assert counted(2, "person", "people") == "two people"
    assert counted(1, "place") == "one place"
    assert counted(11, "place") == "11 places"
