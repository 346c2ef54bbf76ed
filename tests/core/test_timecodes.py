import pytest

from core.timecodes import clock, iso_duration, length, parse_seconds


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("754", 754), ("754s", 754), ("12m34s", 754), ("1h2m3s", 3723), ("12m", 720), (" 0 ", 0)],
)
def test_a_time_is_read_in_every_form_that_links_use(text: str, seconds: int) -> None:
    assert parse_seconds(text) == seconds


@pytest.mark.parametrize(
    "text", ["", "x", "-1", "1.5", "12:34", "9" * 12, "1m1m", "\x00", "١٢", "10,000"]
)
def test_what_is_no_time_is_none(text: str) -> None:
    assert parse_seconds(text) is None


@pytest.mark.parametrize(
    ("milliseconds", "words"),
    [(0, "0:00"), (5_999, "0:05"), (754_000, "12:34"), (3_723_000, "1:02:03")],
)
def test_a_time_is_written_as_a_player_does(milliseconds: int, words: str) -> None:
    assert clock(milliseconds) == words


@pytest.mark.parametrize(
    ("milliseconds", "words"),
    [
        (0, "0 s"),
        (45_000, "45 s"),
        (161_000, "2 min 41 s"),
        (120_000, "2 min"),
        (3_900_000, "1 h 5 min"),
    ],
)
def test_a_length_is_written_in_words(milliseconds: int, words: str) -> None:
    assert length(milliseconds) == words


def test_a_length_for_machines_is_iso_8601() -> None:
    assert iso_duration(161_000) == "PT2M41S"
