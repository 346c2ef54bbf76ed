"""The demo's training: facts of content.md, and cohorts a visitor can register for today."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from courses.enums import PlaceState, WaitingState
from courses.models import (
    Announcement,
    Attendance,
    Booking,
    Certificate,
    Cohort,
    OutboxMessage,
    Place,
    ProgrammeIndexPage,
    ProgrammePage,
    Session,
    WaitingEntry,
)
from courses.services import send_due
from courses.when import run_words, weekday_words, zone_words
from demo.parts import training
from home.models import HomePage
from tests.courses.factories import make_registration, registration_form


@pytest.fixture
def loaded(home: HomePage) -> HomePage:
    training.load(home, timezone.localdate())
    return home


def starts(slug: str) -> list:
    return [session.starts_at for session in Cohort.objects.get(slug=slug).dated]


def test_past_cohorts_stay_as_they_were(loaded: HomePage) -> None:
    assert run_words(starts("cohort-2")) == "24 February, 3, 10, 17, 24 March 2021"
    assert run_words(starts("cohort-3")) == "9, 16, 23, 30 June, 7 July 2021"
    assert (zone_words(starts("cohort-2")), zone_words(starts("cohort-3"))) == ("GMT", "BST")
    for slug in ("cohort-2", "cohort-3"):
        cohort = Cohort.objects.get(slug=slug)
        assert (cohort.state(), cohort.capacity, cohort.is_sample) == ("past", None, False)


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("open", "open"),
        ("few", "few"),
        ("full", "waiting"),
        ("soon", "soon"),
        ("under-way", "under_way"),
        ("over", "past"),
    ],
)
def test_there_is_a_sample_cohort_of_every_state(loaded: HomePage, name: str, state: str) -> None:
    cohort = Cohort.objects.get(slug=f"sample-cohort-{name}")
    assert (cohort.state(), cohort.is_sample) == (state, True)
    assert weekday_words(starts(cohort.slug)) == "Wednesdays"
    booked = Place.objects.filter(cohort=cohort, state__in=PlaceState.with_seat()).count()
    offered = WaitingEntry.objects.filter(cohort=cohort, state=WaitingState.OFFERED).count()
    assert booked + offered == cohort.seats_taken


def test_states_hold_whatever_day_the_demo_is_loaded(home: HomePage) -> None:
    for day in range(0, 371, 7):
        today = date(2026, 11, 22) + timedelta(days=day)
        for plan in training.PLANS:
            days = training.wednesdays(training.first_day(today, plan), 5)
            assert {each.weekday() for each in days} == {2}
            if plan.name == "under-way":
                assert days[0] <= today < days[-1]
            elif plan.name == "over":
                assert days[-1] < today
            else:
                assert days[0] > today


def test_the_sample_cohorts_have_a_life_behind_them(loaded: HomePage) -> None:
    over = Cohort.objects.get(slug="sample-cohort-over")
    assert Session.objects.get(state="cancelled").cohort == over
    certificates = Certificate.objects.filter(place__cohort=over)
    assert {each.minutes for each in certificates} <= {120, 240, 360, 480}
    assert all("(sample)" in each.cohort for each in certificates)
    assert Attendance.objects.filter(session__cohort__slug="sample-cohort-under-way").exists()
    assert Announcement.objects.count() == 2
    offer = WaitingEntry.objects.get(state=WaitingState.OFFERED)
    assert offer.cohort.slug == "sample-cohort-full"


def test_no_mail_of_the_demo_can_reach_anybody(loaded: HomePage) -> None:
    assert OutboxMessage.objects.exists()
    assert all(mail.to.endswith(".example") for mail in OutboxMessage.objects.all())
    assert send_due().sent == 0  # they stand there as sent


def test_a_visitor_can_really_register(client: Client, loaded: HomePage) -> None:
    cohort = Cohort.objects.get(slug="sample-cohort-open")
    page = client.get(ProgrammePage.objects.get().url)
    assert page.status_code == 200
    assert cohort.register_url in page.content.decode()
    assert client.post(cohort.register_url, registration_form()).status_code == 302


def test_loading_again_changes_nothing_an_editor_did(loaded: HomePage) -> None:
    page = ProgrammePage.objects.get()
    page.title = "Renamed"
    page.save_revision().publish()
    before = (Cohort.objects.count(), Place.objects.count())
    training.load(loaded, timezone.localdate() + timedelta(days=3))
    assert ProgrammePage.objects.get().title == "Renamed"
    assert (Cohort.objects.count(), Place.objects.count()) == before


def test_removing_takes_everything_away_with_what_visitors_booked(loaded: HomePage) -> None:
    make_registration(Cohort.objects.get(slug="sample-cohort-open"))
    training.remove()
    for model in (ProgrammePage, ProgrammeIndexPage, Cohort, Booking, Place, Certificate):
        assert not model.objects.exists(), model
    training.remove()


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2027, 1, 13), "Spring term 2027, first half"),
        (date(2027, 3, 3), "Spring term 2027, second half"),
        (date(2027, 6, 9), "Summer term 2027, second half"),
        (date(2027, 7, 7), "Summer term 2027, second half"),
        (date(2026, 9, 30), "Autumn term 2026, first half"),
        (date(2026, 11, 25), "Autumn term 2026, second half"),
    ],
)
def test_a_term_is_named_as_schools_name_it(day: date, words: str) -> None:
    assert training.term_words(day) == words
