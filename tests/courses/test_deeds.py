"""What is done to many of a roster is done to each, or said why not."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from courses.enums import PlaceState
from courses.models import Cohort, OutboxMessage, Place
from courses.services import (
    Attendee,
    cancel_place,
    join_waiting_list,
    swap_person,
)
from tests.courses.factories import (
    make_cohort,
)
from tests.courses.many import fill_with_people
from tests.courses.rosters import act, agree, book, places_of, url_of


def test_what_will_happen_is_said_first_and_nothing_happens_by_it(
    organiser: Client, cohort: Cohort
) -> None:
    one, two = book(cohort, "a@x.example", "b@x.example")
    mails = OutboxMessage.objects.count()
    page = act(organiser, cohort, "cancel", one, two).content.decode()
    assert "Nothing has happened yet" in page
    assert "a mail to a@x.example says so" in page
    assert f"Booking {one.booking.reference}" in page
    assert [place.state for place in places_of(cohort)] == ["booked", "booked"]
    assert OutboxMessage.objects.count() == mails


def test_many_are_cancelled_in_the_name_of_the_organiser(organiser: Client, cohort: Cohort) -> None:
    one, _, three = book(cohort, "a@x.example", "b@x.example", "c@x.example")
    asked = act(organiser, cohort, "cancel", one, three)
    answer = agree(organiser, cohort, "cancel", asked)
    assert answer["Location"] == url_of("roster", cohort.pk)
    assert [place.state for place in places_of(cohort)] == ["cancelled", "booked", "cancelled"]
    cohort.refresh_from_db()
    assert cohort.seats_taken == 1
    entries = ModelLogEntry.objects.filter(action="courses.place_cancelled")
    assert {entry.user.username for entry in entries} == {"organiser"}


def test_everybody_whom_the_filter_finds_can_be_chosen_at_once(
    organiser: Client, cohort: Cohort
) -> None:
    fill_with_people(cohort, 40)
    asked = act(organiser, cohort, "cancel", everybody="on", asked="mail=failed")
    assert "Teacher 0029" in asked.content.decode()
    agree(organiser, cohort, "cancel", asked)
    cancelled = Place.objects.filter(state=PlaceState.CANCELLED)
    assert [place.name for place in cancelled] == ["Teacher 0029"]


def test_one_who_changed_meanwhile_stays_and_is_named(organiser: Client, cohort: Cohort) -> None:
    one, two = book(cohort, "a@x.example", "b@x.example")
    asked = act(organiser, cohort, "cancel", one, two)
    swap_person(place=one, person=Attendee("Colleague", "new@x.example"))
    page = agree(organiser, cohort, "cancel", asked).content.decode()
    assert "One place is cancelled" in page
    assert "has changed since you looked" in page
    assert [place.state for place in places_of(cohort)] == ["booked", "cancelled"]


def test_a_form_sent_twice_does_it_once(organiser: Client, cohort: Cohort) -> None:
    (one,) = book(cohort, "a@x.example")
    for deed, kind in (("confirm", "place"), ("cancel", "place_cancelled")):
        before = OutboxMessage.objects.filter(kind=kind).count()
        asked = act(organiser, cohort, deed, one)
        agree(organiser, cohort, deed, asked)
        again = agree(organiser, cohort, deed, asked).content.decode()
        assert "Nothing was changed" in again
        assert OutboxMessage.objects.filter(kind=kind).count() == before + 1


def test_who_does_not_fit_on_the_other_cohort_stays_and_is_named(
    organiser: Client, cohort: Cohort
) -> None:
    other = make_cohort(cohort.programme, capacity=1, term="Later", slug="later")
    one, two = book(cohort, "a@x.example", "b@x.example")
    asked = act(organiser, cohort, "move", one, two)
    assert "1 place free" in " ".join(asked.content.decode().split())
    page = agree(organiser, cohort, "move", asked, to=other.pk).content.decode()
    assert "One person has moved" in page
    assert "No place is free on that cohort" in page
    assert [place.email for place in places_of(other)] == ["a@x.example"]
    assert [place.email for place in places_of(cohort)] == ["b@x.example"]


def test_people_move_only_to_cohorts_of_their_programme_that_are_to_come(
    organiser: Client, cohort: Cohort
) -> None:
    long_ago = timezone.now() - timedelta(days=300)
    past = make_cohort(cohort.programme, starts=long_ago, term="Past term", slug="past")
    off = make_cohort(cohort.programme, term="Off term", slug="off")
    Cohort.objects.filter(pk=off.pk).update(called_off_at=timezone.now())
    (one,) = book(cohort, "a@x.example")
    asked = act(organiser, cohort, "move", one)
    assert "There is no other cohort" in asked.content.decode()
    for to in (past.pk, off.pk, cohort.pk, "x", ""):
        assert agree(organiser, cohort, "move", asked, to=to).status_code == 422
    assert len(places_of(cohort)) == 1


def test_a_confirmation_goes_out_again(organiser: Client, cohort: Cohort) -> None:
    (one,) = book(cohort, "a@x.example")
    asked = act(organiser, cohort, "confirm", one)
    assert "all dates and links as they are now" in asked.content.decode()
    agree(organiser, cohort, "confirm", asked)
    assert OutboxMessage.objects.filter(kind="place", to="a@x.example").count() == 2


def test_the_effects_know_second_places_waiting_people_and_invoices(
    organiser: Client, cohort: Cohort
) -> None:
    Cohort.objects.filter(pk=cohort.pk).update(capacity=3)
    first, second, third = book(cohort, "a@x.example", "a@x.example", "c@x.example")
    join_waiting_list(
        cohort_id=cohort.pk, person=Attendee("Wim", "w@x.example"), consent_version="1"
    )
    page = act(organiser, cohort, "cancel", first).content.decode()
    assert "keeps the place that was booked a second time" in page
    assert "one person who waits will be offered one" in page
    assert "nothing is invoiced then" in page
    assert "loses the second place" in act(organiser, cohort, "cancel", second).content.decode()
    both = act(organiser, cohort, "cancel", first, second).content.decode()
    assert "keeps the place that was booked a second time" not in both
    cancel_place(place=third)
    gone = act(organiser, cohort, "cancel", third).content.decode()
    assert "is cancelled already: nothing happens" in gone
    moved = act(organiser, cohort, "move", first, third).content.decode()
    assert "becomes an ordinary one" in moved
    told = act(organiser, cohort, "confirm", second, third).content.decode()
    assert "says again that there are two places" in told


def test_places_of_other_cohorts_and_nonsense_are_not_touched(
    organiser: Client, cohort: Cohort
) -> None:
    other = make_cohort(cohort.programme, term="Later", slug="later")
    (theirs,) = book(other, "b@x.example")
    back = url_of("roster", cohort.pk)
    assert act(organiser, cohort, "cancel", theirs)["Location"] == back
    assert act(organiser, cohort, "odd", theirs)["Location"] == back
    for odd in ("", "x", "²", "9" * 400):
        assert act(organiser, cohort, "cancel", place=odd)["Location"] == back
    seen = {"deed": "cancel", "seen": f"{theirs.pk}:{'0' * 12}"}
    page = organiser.post(url_of("act", cohort.pk), seen).content.decode()
    assert "one place is no longer on this cohort" in page
    theirs.refresh_from_db()
    assert theirs.state == PlaceState.BOOKED


def test_more_than_a_request_can_do_are_refused_in_words(organiser: Client, cohort: Cohort) -> None:
    fill_with_people(cohort, 201)
    answer = organiser.post(
        url_of("act", cohort.pk), {"deed": "cancel", "everybody": "on"}, follow=True
    )
    assert "At most 200 people at once" in answer.content.decode()


def test_both_places_of_a_person_are_cancelled_at_once(organiser: Client, cohort: Cohort) -> None:
    both = book(cohort, "a@x.example", "a@x.example")
    agree(organiser, cohort, "cancel", act(organiser, cohort, "cancel", *both))
    assert [place.state for place in places_of(cohort)] == ["cancelled", "cancelled"]
    told = OutboxMessage.objects.filter(to="a@x.example").order_by("pk")
    assert [mail.kind for mail in told] == ["place", "repeated", "place_cancelled"]
