from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from courses.models import Cohort, ProgrammePage, Session
from courses.services import tell_search
from tests.courses.factories import make_cohort, make_registration

OnCommit = Callable[..., Any]


def test_a_programme_is_found_by_its_parts_and_its_questions(cohort: Cohort) -> None:
    cohort.programme.questions = [
        ("question", {"question": "Who may come?", "answer": "<p>Everybody.</p>"})
    ]
    row = cohort.programme.search_rows()[0]
    assert row.kind == "programme"
    assert "One-to-ones" in row.body
    assert "Everybody" in row.body


def test_each_cohort_that_can_be_booked_is_found_by_itself(cohort: Cohort) -> None:
    make_cohort(cohort.programme, seats_taken=24)
    make_cohort(cohort.programme, opens_at=timezone.now() + timedelta(days=3))
    rows = cohort.programme.search_rows()[1:]
    (row,) = rows
    assert (row.key, row.kind, row.url) == (f"cohort:{cohort.pk}", "cohort", cohort.register_url)
    assert row.meta[0] == "Open"


def test_no_joining_link_is_handed_to_search(cohort: Cohort) -> None:
    assert "zoom.example" not in str(cohort.programme.search_rows())


def test_a_programme_that_is_in_no_tree_has_no_rows(db: None) -> None:
    assert ProgrammePage(title="New").search_rows() == []


def test_search_is_told_when_a_cohort_fills_opens_or_ends(
    cohort: Cohort, django_capture_on_commit_callbacks: OnCommit
) -> None:
    assert tell_search() == 1
    assert tell_search() == 0
    Cohort.objects.filter(pk=cohort.pk).update(seats_taken=22)
    assert tell_search() == 1
    later = cohort.dated[-1].ends_at
    with django_capture_on_commit_callbacks() as callbacks:
        assert tell_search(now=later) == 1
    assert len(callbacks) == 1
    assert tell_search(now=later + timedelta(days=9)) == 0


CANARY = "canary-link-7f3a"


@pytest.mark.parametrize("hours", [-200, -1, 1, 20, 200])
def test_a_joining_link_stands_on_no_public_page(
    client: Client, cohort: Cohort, hours: int
) -> None:
    starts = timezone.now() + timedelta(hours=hours)
    Session.objects.filter(cohort=cohort).update(
        joining_link=f"https://zoom.example/{CANARY}",
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
    )
    Cohort.objects.filter(pk=cohort.pk).update(seats_taken=0)
    programme = cohort.programme
    urls = [programme.get_parent().url, programme.url, cohort.register_url]
    urls += [f"{cohort.register_url}listed/", "/", "/search/?q=canary"]
    for url in urls:
        assert CANARY not in client.get(url).content.decode(), url


def test_a_joining_link_stands_not_even_on_the_form_of_somebody_with_a_place(
    client: Client, cohort: Cohort
) -> None:
    booking = make_registration(cohort).booking
    client.get(booking.url)
    assert "zoom.example" not in client.get(cohort.register_url).content.decode()
