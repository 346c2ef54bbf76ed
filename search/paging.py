"""Numbers of pages: reading one from an address, and a window around one. Pure."""

GAP = 0
MAX_DIGITS = 6


def page_number(text: str) -> int | None:
    """Return the page number in `text`, or None where it is not a plain positive number."""
    if not text.isascii() or not text.isdigit() or len(text) > MAX_DIGITS:
        return None
    return int(text) or None


def window(number: int, last: int, reach: int = 2) -> tuple[int, ...]:
    """First, last and the pages within `reach` of `number`; GAP where some are left out.

    >>> window(6, 20)
    (1, 0, 4, 5, 6, 7, 8, 0, 20)
    """
    near = range(max(1, number - reach), min(last, number + reach) + 1)
    shown = sorted({1, *near, last} if last else {1})
    numbers: list[int] = []
    for this in shown:
        if numbers and this - numbers[-1] == 2:
            numbers.append(this - 1)
        elif numbers and this - numbers[-1] > 1:
            numbers.append(GAP)
        numbers.append(this)
    return tuple(numbers)
