"""Figures in words, and what a figure lacks before it may be shown. Pure."""

import re
from decimal import Decimal

YEAR = re.compile(r"(?:19|20)\d\d(?:-\d\d)?", re.ASCII)
MINUS = "\N{MINUS SIGN}"
RULE = "A figure without year and source cannot be published."


def number_text(value: Decimal) -> str:
    """Write a number as readers do: 1,040, 4.5, 0.

    >>> number_text(Decimal("1040.00"))
    '1,040'
    """
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def figure_text(value: Decimal, unit: str = "") -> str:
    """Write a number with its unit: 58%, £1,200, 4.5 days."""
    number = number_text(value)
    sign, number = (MINUS, number[1:]) if number.startswith("-") else ("", number)
    if unit == "%":
        return f"{sign}{number}%"
    if unit == "£":
        return f"{sign}£{number}"
    return f"{sign}{number} {unit}".rstrip()


def is_year(text: str) -> bool:
    """Say whether `text` is a year or a school year: 2024, 2023-24."""
    return YEAR.fullmatch(text) is not None


def gaps(
    *,
    what: str,
    value: object,
    year: str,
    source: str,
    before: object = None,
    before_year: str = "",
) -> list[str]:
    """Sentences, each naming the figure, about what it still needs; empty if it is whole."""
    name = f"“{what.strip()}”" if what.strip() else "A figure without a name"
    needs = [
        (what.strip(), "what it counts"),
        (value is not None and value != "", "its value"),
        (year.strip(), "its year"),
        (source.strip(), "its source"),
        (before_year.strip() or before in {None, ""}, "the year of the value before"),
        (before not in {None, ""} or not before_year.strip(), "the value before"),
    ]
    return [f"{name} lacks {need}. {RULE}" for has, need in needs if not has]


def verdict(before: Decimal | None, after: Decimal, *, lower_is_better: bool) -> str:
    """Say which way is better, and admit it where things got worse."""
    if before is None:
        return ""
    wish = "Lower is better" if lower_is_better else "Higher is better"
    if before == after:
        return f"{wish}: no change"
    got_better = (after < before) == lower_is_better
    return wish if got_better else f"{wish}: this got worse"
