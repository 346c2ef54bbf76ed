import pytest

from search.paging import page_number, window


@pytest.mark.parametrize("text", ["", "0", "-1", "1.5", "x", "٣", "1" * 7, "\x00"])
def test_what_is_no_page_number_is_refused(text: str) -> None:
    assert page_number(text) is None


def test_the_window_shows_first_last_and_near_pages() -> None:
    assert window(6, 20) == (1, 0, 4, 5, 6, 7, 8, 0, 20)


def test_a_gap_of_one_page_is_filled() -> None:
    assert window(5, 9) == (1, 2, 3, 4, 5, 6, 7, 8, 9)
