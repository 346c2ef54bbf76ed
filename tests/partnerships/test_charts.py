from decimal import Decimal
from typing import Any

import pytest

from partnerships.charts import Point, axis_words, chart, thinned, ticks
from partnerships.figures import MINUS as M
from partnerships.figures import figure_text, gaps, is_year, number_text, verdict
from partnerships.models.years import year_span


def points(*values: int | None) -> list[Point]:
    return [
        Point(f"Term {at}", value if value is None else Decimal(value))
        for at, value in enumerate(values)
    ]


@pytest.mark.parametrize(
    ("values", "unit", "marks"),
    [
        ([118, 31], "", ["120", "80", "40", "0"]),
        ([83, 58], "%", ["100", "75", "50", "25", "0"]),
        ([60], "%", ["60", "40", "20", "0"]),
        ([-5, 10], "", ["10", "5", "0", f"{M}5"]),
        ([-4], "", ["0", f"{M}1.5", f"{M}3", f"{M}4.5"]),
        ([0, 0], "", ["1", "0"]),
        ([1_234_567], "", ["1,500,000", "1,000,000", "500,000", "0"]),
    ],
)
def test_scales_are_round_and_hold_zero(values: list[int], unit: str, marks: list[str]) -> None:
    assert [
        figure_text(tick) for tick in ticks([Decimal(value) for value in values], unit)
    ] == marks


def test_the_line_of_the_reference_is_drawn_point_by_point() -> None:
    drawn = chart(points(118, 104, 71, 52, 44, 31))
    assert drawn is not None
    assert drawn.line == "M0 1.7L20 13.3L40 40.8L60 56.7L80 63.3L100 74.2"
    assert drawn.last == "M100 74.2h.01"
    assert drawn.scale == ("120", "80", "40", "0")


def test_what_nobody_measured_breaks_the_line_and_stands_in_the_table() -> None:
    drawn = chart(points(10, None, 5, 3))
    assert drawn is not None
    assert drawn.line.count("M") == 2
    assert drawn.rows[1] == ("Term 1", "Not measured")


def test_nothing_measured_gives_no_chart() -> None:
    assert chart(points(None, None)) is None


def test_one_value_is_a_dot() -> None:
    drawn = chart(points(5))
    assert drawn is not None
    assert drawn.dots == ""
    assert drawn.last


def test_long_runs_show_six_labels_at_most_and_always_the_last() -> None:
    shown = thinned([f"Week {at}" for at in range(24)])
    assert len(shown) == 24
    assert sum(1 for words in shown if words) == 6
    assert shown[-1] == ("Week", "23")


def test_labels_are_cut_for_the_axis() -> None:
    assert axis_words("Autumn 2022") == ("Aut", "2022")
    assert axis_words("") == ()


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        ("58.00", "%", "58%"),
        ("1200", "£", "£1,200"),
        ("4.50", "days", "4.5 days"),
        ("-3", "", f"{M}3"),
        ("100", "", "100"),
        ("0.00", "", "0"),
    ],
)
def test_figures_carry_their_unit(value: str, unit: str, text: str) -> None:
    assert figure_text(Decimal(value), unit) == text


def test_whole_numbers_keep_their_zeros() -> None:
    assert number_text(Decimal("1000")) == "1,000"


@pytest.mark.parametrize("text", ["2024", "2023-24"])
def test_years_and_school_years_are_years(text: str) -> None:
    assert is_year(text)


@pytest.mark.parametrize("text", ["", "24", "2024-2025", "last year", "٢٠٢٤", "1850"])
def test_other_words_are_no_years(text: str) -> None:
    assert not is_year(text)


def test_gaps_name_the_figure() -> None:
    assert gaps(what="suspensions", value=96, year="", source=" ") == [
        "“suspensions” lacks its year. A figure without year and source cannot be published.",
        "“suspensions” lacks its source. A figure without year and source cannot be published.",
    ]


def test_a_figure_of_zero_is_a_figure() -> None:
    assert (
        gaps(what="removals", value=0, year="2024", source="us", before=0, before_year="2023") == []
    )


def test_a_value_before_needs_its_year_and_a_year_its_value() -> None:
    whole: dict[str, Any] = {"what": "lates", "value": 1, "year": "2024", "source": "us"}
    assert "the year of the value before" in gaps(**whole, before=5)[0]
    assert "the value before" in gaps(**whole, before_year="2023")[0]
    assert "A figure without a name" in gaps(what="", value=1, year="2024", source="us")[0]


def test_the_verdict_admits_what_got_worse() -> None:
    five, nine = Decimal(5), Decimal(9)
    assert verdict(nine, five, lower_is_better=True) == "Lower is better"
    assert verdict(five, nine, lower_is_better=True) == "Lower is better: this got worse"
    assert verdict(five, five, lower_is_better=False) == "Higher is better: no change"
    assert verdict(None, five, lower_is_better=False) == ""


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (2022, 2024, "2022 to 2024"),
        (2022, 2022, "2022"),
        (2022, None, "since 2022"),
        (None, 2024, ""),
    ],
)
def test_spans_of_years_in_words(first: int | None, last: int | None, words: str) -> None:
    assert year_span(first, last) == words
