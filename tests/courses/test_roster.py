"""The roster: found, filtered, paged, and for whom."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from core.groups import EDITORS
from courses.enums import PlaceState
from courses.models import Cohort, Organisation, OutboxMessage, Place
from courses.services import (
    OrganisationDetails,
    cancel_place,
)
from tests.courses.factories import (
    make_organiser,
    make_registration,
)
from tests.courses.many import fill_with_people
from tests.courses.rosters import book, names, places_of, roster, url_of
from tests.courses.test_office import log_in

Queries = Callable[[int], AbstractContextManager[Any]]
MOST_QUERIES = 12  # ten of them are the admin's own, on each of its pages


@pytest.mark.parametrize("number", [3, 2_000])
def test_it_opens_with_few_queries_however_many_come(
    organiser: Client, cohort: Cohort, django_assert_num_queries: Queries, number: int
) -> None:
    fill_with_people(cohort, number)
    organiser.get(url_of("roster", cohort.pk))  # the first page of a session writes a profile
    with django_assert_num_queries(MOST_QUERIES):
        page = roster(organiser, cohort)
    assert len(names(page)) == min(number, 100)
    assert f"Choose all {number}" in page


def test_it_opens_without_people_and_without_sessions(organiser: Client, cohort: Cohort) -> None:
    assert "Nobody has registered yet" in roster(organiser, cohort)
    cohort.sessions.all().delete()
    assert "Closed" in roster(organiser, cohort)
    assert organiser.get(url_of("roster", 99_999)).status_code == 404


def test_people_are_found_by_every_word(organiser: Client, cohort: Cohort) -> None:
    fill_with_people(cohort, 12)
    reference = places_of(cohort)[4].booking.reference
    assert names(roster(organiser, cohort, "q=teacher7@")) == ["Teacher 0007"]
    assert names(roster(organiser, cohort, "q=school+manager5@")) == [
        "Teacher 0010",
        "Teacher 0011",
    ]
    assert names(roster(organiser, cohort, f"q={reference}")) == ["Teacher 0004", "Teacher 0005"]
    assert "Nobody is found" in roster(organiser, cohort, "q=nobody")


def test_it_filters_by_state_mail_and_dues(organiser: Client, cohort: Cohort) -> None:
    _, second, third = book(cohort, "a@x.example", "a@x.example", "c@x.example")
    cancel_place(place=third)
    details = OrganisationDetails("Member school", "BD1 1AA", claims_membership=True)
    (claimed,) = make_registration(cohort, "d@x.example", organisation=details).booking.places.all()
    Place.objects.filter(pk=claimed.pk).update(name="Claims")
    OutboxMessage.objects.filter(place=second).update(state="failed")
    assert roster(organiser, cohort, "state=repeated").count("Choose Person 1,") == 1
    assert roster(organiser, cohort, "state=cancelled").count("c@x.example") > 0
    assert len(names(roster(organiser, cohort, "state=all"))) == 4
    assert len(names(roster(organiser, cohort))) == 3
    assert names(roster(organiser, cohort, "dues=unchecked")) == ["Claims"]
    Organisation.objects.filter(name="Member school").update(is_member=True)
    assert names(roster(organiser, cohort, "dues=unchecked")) == []
    assert names(roster(organiser, cohort, "dues=member")) == ["Claims"]
    assert names(roster(organiser, cohort, "dues=claimed")) == ["Claims"]
    assert names(roster(organiser, cohort, "mail=failed")) == ["Person 1"]
    of_one = roster(organiser, cohort, f"organisation={claimed.booking.organisation_id}")
    assert names(of_one) == ["Claims"]
    assert "Only Member school" in of_one


def test_a_failed_mail_to_the_booker_counts_too(organiser: Client, cohort: Cohort) -> None:
    book(cohort, "a@x.example")
    OutboxMessage.objects.filter(kind="booking").update(state="retrying", last_error="busy")
    page = roster(organiser, cohort, "mail=failed")
    assert names(page) == ["Person 1"]
    assert "busy" in page


@pytest.mark.parametrize(
    "asked", ["state=odd", "dues=1", "organisation=x", "organisation=0", f"q={'a' * 500}"]
)
def test_an_odd_filter_finds_nobody_and_breaks_nothing(
    organiser: Client, cohort: Cohort, asked: str
) -> None:
    book(cohort, "a@x.example")
    assert names(roster(organiser, cohort, asked)) == []
    download = organiser.get(f"{url_of('roster_sheet', cohort.pk, 'csv')}?{asked}")
    assert download.status_code == 404  # never more than was asked for


def test_pages_follow_each_other_and_keep_the_filter(organiser: Client, cohort: Cohort) -> None:
    fill_with_people(cohort, 250)
    first = roster(organiser, cohort, "sort=booked")
    assert "1 to 100 of 250" in first
    assert "sort=booked&amp;page=2" in first
    third = roster(organiser, cohort, "sort=booked&page=3")
    assert names(third)[-1] == "Teacher 0000"
    assert 'rel="next"' not in third
    over = organiser.get(f"{url_of('roster', cohort.pk)}?sort=booked&page=9")
    assert over["Location"].endswith("?sort=booked")
    for odd in ("0", "-1", "²", "x", "99999999999999999999"):
        assert len(names(roster(organiser, cohort, f"page={odd}"))) == 100


def test_an_editor_does_nothing_to_anybody(client: Client, cohort: Cohort) -> None:
    (one,) = book(cohort, "a@x.example")
    editor = log_in(client, EDITORS)
    for url, typed in (
        (url_of("act", cohort.pk), {"deed": "cancel", "place": one.pk}),
        (
            url_of("place", one.pk),
            {"verb": "correct", "correct-name": "X", "correct-email": "x@x.example"},
        ),
        (url_of("booking", one.booking_id), {"verb": "price", "price-amount": "1"}),
    ):
        assert editor.post(url, typed)["Location"] == reverse("wagtailadmin_home")
    one.refresh_from_db()
    assert (one.name, one.state) == ("Person 1", PlaceState.BOOKED)
    one.booking.refresh_from_db()
    assert one.booking.amount == 500


def test_looking_needs_no_right_to_change(client: Client, cohort: Cohort) -> None:
    book(cohort, "a@x.example")
    user = make_organiser("looker")
    user.groups.clear()
    wanted = ["access_admin", "view_place"]
    user.user_permissions.set(Permission.objects.filter(codename__in=wanted))
    client.force_login(user)
    page = roster(client, cohort)
    assert "a@x.example" in page
    assert 'type="checkbox" name="place"' not in page
    assert "Cancel places" not in page
