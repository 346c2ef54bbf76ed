"""What organisers look out for: duplicates, paper, the history, the list of cohorts."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from courses.likeness import alike, name_key
from courses.models import Cohort, Place
from courses.services import (
    Attendee,
    OrganisationDetails,
    cancel_place,
    join_waiting_list,
    register,
)
from courses.services.history import ACTIONS
from tests.courses.factories import make_cohort, make_order, make_programme, make_registration
from tests.courses.many import fill_with_people


def page_of(client: Client, name: str, *args: Any, asked: str = "") -> str:
    return client.get(f"{reverse(name, args=args)}?{asked}").content.decode()


# Duplicates ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dr. Zoë M. O’Neill", "ONEILL, Zoe"),
        ("Anne-Marie  Smith", "Smith Anne Marie"),
        ("Mr Łukasz Nowak", "łukasz nowak"),
    ],
)
def test_names_are_alike_without_titles_accents_and_order(one: str, other: str) -> None:
    assert name_key(one) == name_key(other) != ""


@pytest.mark.parametrize("name", ["Zoë", "Mr Smith", "J. Smith", "", "…"])
def test_a_single_word_says_too_little(name: str) -> None:
    assert name_key(name) == ""


def test_only_different_addresses_are_alike() -> None:
    people = [("Jo Ann", "a@x", 1), ("Ann Jo", "b@x", 2), ("Kim Lee", "k@x", 3)]
    assert alike(people) == [[1, 2]]
    assert alike([("Jo Ann", "a@x", 1), ("Jo Ann", "a@x", 2)]) == []


def test_the_report_names_each_kind_with_what_to_do(organiser: Client, cohort: Cohort) -> None:
    make_registration(cohort, "a@x.example", "b@x.example")
    make_registration(cohort, "a@x.example")
    people = (Attendee("Jo Sample", "jo@x.example"), Attendee("Sample, Jo", "j@x.example"))
    order = make_order(people=people, organisation=OrganisationDetails("Other", "LS1 1AA"))
    register(cohort_id=cohort.pk, order=order, key="k")
    page = page_of(organiser, "courses_office:duplicates")
    assert "Two places for one address" in page
    assert "Three places in two bookings; one price covers two people" in page
    assert "Jo Sample" in page
    assert page.count('value="cancel"') == 2 + 3 + 2


def test_nothing_stands_out_among_few_and_in_what_is_over(
    organiser: Client, cohort: Cohort
) -> None:
    make_registration(cohort, "a@x.example")
    assert "Nothing stands out" in page_of(organiser, "courses_office:duplicates")
    make_registration(cohort, "a@x.example")
    assert "Nothing stands out" not in page_of(organiser, "courses_office:duplicates")
    Cohort.objects.filter(pk=cohort.pk).update(called_off_at=timezone.now())
    assert "Nothing stands out" in page_of(organiser, "courses_office:duplicates")


def test_the_report_costs_the_same_for_many(
    organiser: Client, cohort: Cohort, django_assert_max_num_queries: Any
) -> None:
    fill_with_people(cohort, 300)
    page_of(organiser, "courses_office:duplicates")
    with django_assert_max_num_queries(15):
        page_of(organiser, "courses_office:duplicates")


# Paper -------------------------------------------------------------------------------------


def test_the_page_for_paper_has_names_and_no_addresses(organiser: Client, cohort: Cohort) -> None:
    one, two = make_registration(cohort, "a@x.example", "b@x.example").booking.places.all()
    cancel_place(place=two)
    Place.objects.filter(pk=one.pk).update(name="Zoë Sample")
    page = page_of(organiser, "courses_office:roster_print", cohort.pk)
    assert "Zoë Sample" in page
    assert "Person 2" not in page
    assert "@x.example" not in page
    assert "1 person expected" in page
    assert "wagtail" not in page.lower()


def test_it_is_for_the_session_asked_for_else_the_next(organiser: Client, cohort: Cohort) -> None:
    sessions = cohort.dated
    assert "session 1: Change and power" in words(organiser, cohort)
    assert "session 3: The cycle of action" in words(organiser, cohort, f"session={sessions[2].pk}")
    assert "session 1:" in words(organiser, cohort, "session=odd")
    past = make_cohort(
        cohort.programme, starts=timezone.now() - timedelta(days=90), term="Past", slug="past"
    )
    assert "session 5:" in words(organiser, past)
    past.sessions.all().delete()
    assert "Nobody has a place yet" in words(organiser, past)


def words(client: Client, cohort: Cohort, asked: str = "") -> str:
    return " ".join(page_of(client, "courses_office:roster_print", cohort.pk, asked=asked).split())


# History -----------------------------------------------------------------------------------


def test_the_history_says_in_plain_words_who_did_what(organiser: Client, cohort: Cohort) -> None:
    place = make_registration(cohort, "a@x.example").booking.places.get()
    b"".join(organiser.get(reverse("courses_office:roster_sheet", args=[cohort.pk, "xlsx"])))
    organiser.get(reverse("courses_office:roster_print", args=[cohort.pk]))
    cancel_place(place=place)
    page = page_of(organiser, "cohorts:history", cohort.pk)
    assert "Roster exported: as XLSX, one person" in page
    assert "Roster opened for printing" in page
    assert f"Place cancelled: place {place.pk}" in page
    assert "organiser" in page
    assert "a@x.example" not in page


def test_every_action_has_words_for_a_list_and_for_what_was_done() -> None:
    assert all(label and message for label, message in ACTIONS.values())


# The list of cohorts -------------------------------------------------------------------------


def test_the_list_says_who_waits_and_what_comes_next(organiser: Client, cohort: Cohort) -> None:
    Cohort.objects.filter(pk=cohort.pk).update(capacity=1)
    make_registration(cohort, "a@x.example")
    for name in ("Ann", "Ben"):
        join_waiting_list(
            cohort_id=cohort.pk, person=Attendee(name, f"{name}@x.example"), consent_version="1"
        )
    Cohort.objects.filter(pk=cohort.pk).update(capacity=2, seats_taken=2)
    cohort.waiting.filter(name="Ann").update(
        state="offered", offered_at=timezone.now(), offer_ends_at=timezone.now() + timedelta(1)
    )
    page = page_of(organiser, "cohorts:index")
    assert "1 waiting, 1 offered" in page
    assert f"{timezone.localtime(cohort.dated[0].starts_at):%-d %B %Y}" in page


def test_the_list_filters_by_state(organiser: Client, cohort: Cohort) -> None:
    now = timezone.now()
    make: dict[str, dict[str, Any]] = {
        "coming": {"opens_at": now + timedelta(days=1)},
        "open": {},
        "full": {"capacity": 1, "seats_taken": 1},
        "under_way": {"starts": now - timedelta(days=3)},
        "past": {"starts": now - timedelta(days=90)},
        "called_off": {},
    }
    cohort.delete()
    for state, fields in make.items():
        make_cohort(term=f"Term {state}", slug=state, **fields)
    Cohort.objects.filter(slug="called_off").update(called_off_at=now)
    for state in make:
        page = page_of(organiser, "cohorts:index", asked=f"state={state}")
        assert [other for other in make if f"Term {other}" in page] == [state]
    assert "Term past" in page_of(organiser, "cohorts:index", asked="q=past")
    assert "Term open" not in page_of(organiser, "cohorts:index", asked="q=past")


def test_the_list_filters_by_programme(organiser: Client, cohort: Cohort) -> None:
    other = make_cohort(make_programme("Other"), term="Elsewhere", slug="elsewhere")
    page = page_of(organiser, "cohorts:index", asked=f"programme={other.programme_id}")
    assert "Elsewhere" in page
    assert cohort.term not in page


@pytest.mark.parametrize("number", ["0", "x", "9" * 30, "-" + "9" * 30])
def test_a_programme_that_there_is_not_is_named_as_no_choice(
    organiser: Client, cohort: Cohort, number: str
) -> None:
    page = page_of(organiser, "cohorts:index", asked=f"programme={number}")
    assert "Select a valid choice" in page


def test_the_menu_shows_what_somebody_may_open(organiser: Client, cohort: Cohort) -> None:
    menu = page_of(organiser, "wagtailadmin_home")
    assert reverse("courses_office:invoices") in menu
    assert reverse("courses_office:duplicates") in menu
