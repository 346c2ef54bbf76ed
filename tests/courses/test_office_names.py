"""Whoever opens a page of the office reads which cohort of which programme it is about.

The head of the admin shows one line, and on a phone a part of it; so the names stand below it.
"""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from courses.models import Cohort, ProgrammePage, WaitingEntry
from courses.when import LONDON
from tests.courses.factories import make_cohort, make_price, make_registration, make_version

NAME = "Leading the many & the few"
STARTS = timezone.make_aware(datetime(2031, 5, 7, 16), LONDON)
OF_A_COHORT = (
    *("roster", "waiting", "attendance", "message", "sessions", "call_off", "certificates"),
    *("figures", "roster_print"),
)


@pytest.fixture
def other(cohort: Cohort) -> Cohort:
    """Of another programme, in the same term, with a booking and somebody who waits."""
    programme: ProgrammePage = cohort.programme.copy(
        update_attrs={"title": NAME, "slug": "many"}, recursive=False
    )
    version = make_version(programme, name=NAME)
    other = make_cohort(
        programme, version=version, price=make_price(programme), starts=STARTS, term=cohort.term
    )
    make_registration(other, "one@school.example")
    WaitingEntry.objects.create(
        cohort=other, consent_version="1", kind="place", name="Person 3", email="three@x.example"
    )
    return other


def shown(client: Client, address: str) -> str:
    """What stands below the head of the admin; a sheet to print has none."""
    return client.get(address).content.decode().split('class="nice-padding"')[-1]


@pytest.mark.parametrize("name", OF_A_COHORT)
def test_a_page_of_a_cohort_says_which(organiser: Client, other: Cohort, name: str) -> None:
    page = shown(organiser, reverse(f"courses_office:{name}", args=[other.pk]))
    assert escape(NAME) in page
    assert f"{other.term}, from 7 May 2031" in page


@pytest.mark.parametrize("name", ["move_session", "cancel_session", "take_off", "place", "booking"])
def test_a_page_of_one_row_says_which(organiser: Client, other: Cohort, name: str) -> None:
    place, entry = other.places.get(), other.waiting.get()
    rows = {"take_off": entry, "place": place, "booking": place.booking}
    row = rows.get(name, other.dated[0])
    page = shown(organiser, reverse(f"courses_office:{name}", args=[row.pk]))
    assert escape(NAME) in page
    assert f"{other.term}, from 7 May 2031" in page


def test_the_filter_of_invoices_tells_two_programmes_of_one_term_apart(
    organiser: Client, other: Cohort
) -> None:
    page = shown(organiser, reverse("courses_office:invoices"))
    assert f">{escape(other.full_title)}</option>" in page


def test_the_window_of_a_page_is_named_by_it(organiser: Client, other: Cohort) -> None:
    page = organiser.get(reverse("courses_office:roster", args=[other.pk])).content.decode()
    title = page.partition("<title>")[2].partition("</title>")[0]
    assert f"Roster: {escape(other.full_title)}" in title


def test_the_list_of_cohorts_says_of_which_programme_each_is(
    organiser: Client, other: Cohort
) -> None:
    page = organiser.get(reverse("cohorts:index")).content.decode()
    assert f'from 7 May 2031 <span class="cohort-of">{escape(NAME)}</span>' in page
