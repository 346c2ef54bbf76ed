from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from courses.when import (
    LONDON,
    clock_words,
    day_cells,
    day_words,
    london_pattern,
    moment_words,
    pattern_words,
    run_words,
    times_words,
    weekday_words,
    years_words,
    zone_words,
)


def london(year: int, month: int, day: int, hour: int = 16) -> datetime:
    return datetime(year, month, day, hour, tzinfo=LONDON)


COHORT_2 = [london(2021, 2, 24), *(london(2021, 3, day) for day in (3, 10, 17, 24))]
COHORT_3 = [*(london(2021, 6, day) for day in (9, 16, 23, 30)), london(2021, 7, 7)]


def test_a_run_of_days_names_each_month_once() -> None:
    assert run_words(COHORT_3) == "9, 16, 23, 30 June, 7 July 2021"


def test_a_run_of_days_over_new_year_names_both_years() -> None:
    days = [london(2026, 12, 16), london(2027, 1, 6), london(2027, 1, 13)]
    assert run_words(days) == "16 December 2026, 6, 13 January 2027"
    assert years_words(days) == "2026 and 2027"


def test_a_month_that_comes_back_a_year_later_is_named_again() -> None:
    assert run_words([london(2026, 1, 7), london(2027, 1, 6)]) == "7 January 2026, 6 January 2027"


def test_the_zone_is_winter_time_in_spring_term_and_summer_time_in_summer_term() -> None:
    assert zone_words(COHORT_2) == "GMT"
    assert zone_words(COHORT_3) == "BST"
    assert zone_words([*COHORT_2, *COHORT_3]) == "GMT, then BST"


def test_times_are_said_as_people_in_london_say_them() -> None:
    starts = datetime(2021, 6, 9, 15, 0, tzinfo=UTC)
    assert times_words(starts, starts + timedelta(hours=2)) == "4.00 pm to 6.00 pm"
    assert moment_words(starts) == "4.00 pm on Wednesday 9 June 2021"


def test_midnight_and_noon_are_twelve() -> None:
    assert clock_words(london(2027, 1, 1, 0)) == "12.00 am"
    assert clock_words(london(2027, 1, 1, 12)) == "12.00 pm"


def test_a_shared_weekday_is_named_and_different_ones_are_not() -> None:
    assert weekday_words(COHORT_2) == "Wednesdays"
    assert weekday_words(COHORT_2[:1]) == "Wednesday"
    assert weekday_words([london(2027, 1, 4), london(2027, 1, 5)]) == ""


def test_a_pattern_says_only_what_all_sessions_share() -> None:
    spans = [(day, day + timedelta(hours=2)) for day in COHORT_2]
    assert pattern_words(spans) == "Wednesdays, 4.00 pm to 6.00 pm"
    longer = (COHORT_2[0], COHORT_2[0] + timedelta(hours=3))
    assert pattern_words([longer, *spans[1:]]) == "Wednesdays"


def test_readers_are_told_what_sessions_do_not_share() -> None:
    spans = [(day, day + timedelta(hours=2)) for day in COHORT_2]
    assert london_pattern(spans) == "Wednesdays, 4.00 pm to 6.00 pm London time"
    longer = (COHORT_2[0], COHORT_2[0] + timedelta(hours=3))
    assert london_pattern([longer, *spans[1:]]) == "Wednesdays, at different times"
    thursday = tuple(moment + timedelta(days=1) for moment in spans[0])
    mixed = [(thursday[0], thursday[1]), *spans[1:]]
    assert london_pattern(mixed) == "Different days, 4.00 pm to 6.00 pm London time"
    assert london_pattern([]) == ""


def test_a_cell_holds_weekday_number_and_month() -> None:
    (cell,) = day_cells([london(2027, 1, 13)])
    assert (cell.weekday, cell.number, cell.month, cell.iso) == ("Wed", 13, "Jan", "2027-01-13")


@given(st.datetimes(datetime(2020, 1, 1), datetime(2037, 1, 1), timezones=st.just(UTC)))
def test_the_day_in_words_is_the_day_in_london(moment: datetime) -> None:
    assert day_words(moment) == f"{moment.astimezone(LONDON):%A %-d %B %Y}"
