"""Years as whole numbers, and spans of them in words."""

from django.core.validators import MaxValueValidator, MinValueValidator

YEARS = [MinValueValidator(1990), MaxValueValidator(2100)]


def year_span(first: int | None, last: int | None) -> str:
    """Write a span: 2022 to 2024, 2022, since 2022; empty if the first year is not known."""
    if not first:
        return ""
    if not last:
        return f"since {first}"
    return f"{first}" if first == last else f"{first} to {last}"
