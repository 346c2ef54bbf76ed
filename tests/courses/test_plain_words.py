"""What a page says is so, also when the cohort is over or a person was erased."""

import pytest
from django.test import Client
from django.utils import timezone

from courses.models import Certificate, Cohort, Place, Session
from courses.services.certificates import issue_for
from privacy.erasing import erase_person
from tests.courses.desk import log_in, make_past_cohort, note, places_of, url
from tests.courses.factories import make_registration

ONE = "one@school.example"


@pytest.fixture
def past(cohort: Cohort) -> Cohort:
    return make_past_cohort(cohort.programme)


def test_somebody_erased_stands_on_the_roster_without_the_letters_of_no_address(
    client: Client, cohort: Cohort
) -> None:
    place = make_registration(cohort, ONE, "two@school.example").booking.places.get(email=ONE)
    Session.objects.update(starts_at=timezone.now(), ends_at=timezone.now())
    erase_person(address=ONE)
    log_in(client)
    for page in (client.get(url("roster", cohort.pk)), client.get(url("place", place.pk))):
        words = page.content.decode()
        assert "name and address were deleted" in words
        assert "erased.invalid" not in words


def test_a_person_whose_cohort_is_over_finds_the_certificate_and_no_promise(
    client: Client, past: Cohort
) -> None:
    place = places_of(past)[0]
    note(past.dated[0], place)
    issue_for(cohort=past)
    page = client.get(place.url).content.decode()
    assert "This cohort is over" in page
    assert Certificate.objects.get(place=place).url in page
    assert "Your confirmation goes to" not in page


def test_before_it_is_over_the_page_says_where_the_mail_goes(
    client: Client, cohort: Cohort
) -> None:
    page = client.get(make_registration(cohort, ONE).booking.places.get().url).content.decode()
    assert "Your confirmation goes to" in page
    assert "You have a place" in page


def test_sessions_that_are_over_are_not_said_to_send_mails(client: Client, past: Cohort) -> None:
    log_in(client)
    words = client.get(url("sessions", past.pk)).content.decode()
    assert "nothing can be moved any more" in words
    assert "Everybody with a place gets a mail" not in words
    assert Place.objects.filter(cohort=past).exists()


def test_before_places_are_cancelled_the_page_says_where_and_who_hears_nothing(
    client: Client, cohort: Cohort
) -> None:
    place = make_registration(cohort, ONE, "two@school.example").booking.places.get(email=ONE)
    log_in(client)
    asked = {"deed": "cancel", "place": place.pk, "asked": ""}
    words = client.post(url("act", cohort.pk), asked).content.decode()
    assert f"This is what will happen on {cohort.full_title}:" in words
    assert "Whoever booked these places gets one mail about all of theirs, too." in words
