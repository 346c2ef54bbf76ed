"""Charts: the numbers in the table are the ones that are drawn, in a fixed number of queries."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from courses.charts import MOST_WEEKS, by_week, segments
from courses.models import Cohort, Place, ProgrammePage
from courses.office.figures import Words
from courses.services import cancel_place
from courses.services.figures import weeks_of
from tests.courses.desk import (
    log_in,
    log_in_wrong,
    make_past_cohort,
    note,
    places_of,
    queries_of,
    url,
)
from tests.courses.factories import make_cohort, make_registration

MONDAY = date(2026, 11, 2)


@pytest.fixture
def past(programme: ProgrammePage) -> Cohort:
    cohort = make_past_cohort(programme)
    amina, ben, _ = places_of(cohort)
    note(cohort.dated[0], amina)
    note(cohort.dated[0], ben, "absent")
    return cohort


def test_pieces_fill_their_share_and_never_more_than_the_whole() -> None:
    pieces = segments([("came", 3), ("absent", 0), ("excused", 1)], 4)
    assert [(each.kind, each.x, each.width) for each in pieces] == [
        ("came", 0, 75),
        ("excused", 75, 25),
    ]
    assert sum(each.width for each in segments([("a", 5), ("b", 5)], 4)) == 100
    assert segments([("a", 5)], 0) == ()


def test_weeks_without_anybody_are_gaps_between_columns() -> None:
    counts = {MONDAY: 2, MONDAY + timedelta(weeks=2): 4}
    chart = by_week(counts, Words())
    assert chart
    assert [column.height for column in chart.columns] == [50, 0, 100]
    assert chart.rows == (("16 November 2026", 4), ("2 November 2026", 2))
    assert (chart.total, chart.highest) == (6, 4)
    assert all(each.x >= 0 and each.x + each.width <= 100 for each in chart.columns)


def test_a_year_is_shown_at_most() -> None:
    counts = {MONDAY - timedelta(weeks=week): 1 for week in range(200)}
    chart = by_week(counts, Words())
    assert chart
    assert len(chart.columns) == chart.total == MOST_WEEKS
    assert by_week({}, Words()) is None


def test_a_registration_belongs_to_its_week_in_london(cohort: Cohort) -> None:
    make_registration(cohort)
    for moment, monday in (
        (datetime(2026, 6, 7, 22, 59, tzinfo=UTC), date(2026, 6, 1)),
        (datetime(2026, 6, 7, 23, 1, tzinfo=UTC), date(2026, 6, 8)),
    ):
        Place.objects.update(created_at=moment)
        assert weeks_of([cohort.pk]) == {monday: 1}


def test_the_page_of_a_cohort_counts_by_session(client: Client, past: Cohort) -> None:
    log_in(client)
    context = client.get(url("figures", past.pk)).context
    first, second = context["attended"][:2]
    assert (first.cells, second.cells) == (("1", "1", "0", "1"), ("0", "0", "0", "3"))
    assert [(each.kind, each.x) for each in first.segments] == [("present", 0), ("absent", 33.33)]
    assert context["fills"][0].cells == ("3", "24", "12 %")
    assert context["weeks"].total == 3


def test_who_gave_the_place_up_is_not_missed_at_sessions(client: Client, past: Cohort) -> None:
    user = log_in(client)
    cancel_place(place=places_of(past)[0], by=user)
    context = client.get(url("figures", past.pk)).context
    assert context["attended"][0].cells == ("0", "1", "0", "1")
    assert context["weeks"].total == 3  # but did register


def test_all_cohorts_stand_side_by_side(client: Client, past: Cohort) -> None:
    log_in(client)
    make_cohort(past.programme, capacity=None)
    context = client.get(url("all_figures")).context
    assert len(context["fills"]) == 2
    assert [bar.cells for bar in context["attended"]] == [("1", "1", "0", "13")]
    assert [bar.is_drawn for bar in context["fills"]].count(False) == 1


def test_figures_cost_the_same_for_many_cohorts(client: Client, past: Cohort) -> None:
    log_in(client)
    addresses = [url("all_figures"), url("figures", past.pk)]
    few = [queries_of(client, address) for address in addresses]
    for number in range(3):
        more = make_past_cohort(past.programme, [f"{number}@school.example"])
        note(more.dated[0], places_of(more)[0])
    assert [queries_of(client, address) for address in addresses] == few


def test_an_empty_house_has_figures_too(client: Client, programme: ProgrammePage) -> None:
    log_in(client)
    assert "Nobody has registered yet" in client.get(url("all_figures")).content.decode()


def test_staff_of_other_things_see_no_figures(client: Client, past: Cohort) -> None:
    log_in_wrong(client)
    for address in (url("all_figures"), url("figures", past.pk)):
        assert client.get(address).status_code == 302
