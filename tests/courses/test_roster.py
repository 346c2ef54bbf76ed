"""The roster: found, filtered, paged; what is done to many is done to each, or said why not."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from core.groups import EDITORS
from courses.enums import PlaceState
from courses.models import Cohort, Organisation, OutboxMessage, Place
from courses.services import (
    Attendee,
    OrganisationDetails,
    cancel_place,
    join_waiting_list,
    swap_person,
)
from tests.courses.factories import (
    make_cohort,
    make_organiser,
    make_registration,
)
from tests.courses.many import fill_with_people
from tests.courses.test_office import log_in

Queries = Callable[[int], AbstractContextManager[Any]]
MOST_QUERIES = 12  # ten of them are the admin's own, on each of its pages


@pytest.fixture
def organiser(client: Client, cohort: Cohort) -> Client:
    client.force_login(make_organiser())
    return client


def url_of(name: str, *args: Any) -> str:
    return reverse(f"courses_office:{name}", args=args)


def roster(client: Client, cohort: Cohort, asked: str = "") -> str:
    return client.get(f"{url_of('roster', cohort.pk)}?{asked}").content.decode()


def names(page: str) -> list[str]:
    return re.findall(r'aria-label="Choose ([^,]+),', page)


def act(client: Client, cohort: Cohort, deed: str, *places: Place, **fields: Any) -> Any:
    typed = {"deed": deed, "place": [place.pk for place in places], **fields}
    return client.post(url_of("act", cohort.pk), typed)


def agree(client: Client, cohort: Cohort, deed: str, asked: Any, **fields: Any) -> Any:
    """Press the button of the page that says what will happen."""
    seen = re.search(r'name="seen" value="([^"]*)"', asked.content.decode())
    assert seen
    return client.post(url_of("act", cohort.pk), {"deed": deed, "seen": seen.group(1), **fields})


def places_of(cohort: Cohort) -> list[Place]:
    return list(Place.objects.filter(cohort=cohort).order_by("pk"))


def book(cohort: Cohort, *addresses: str) -> list[Place]:
    return [make_registration(cohort, address).booking.places.get() for address in addresses]


# What it costs -------------------------------------------------------------------------


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


# Finding people --------------------------------------------------------------------------


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


# Deeds -----------------------------------------------------------------------------------


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


# Who may -----------------------------------------------------------------------------------


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


# One place ---------------------------------------------------------------------------------


def test_a_name_is_mended_and_a_place_given_away_on_its_page(
    organiser: Client, cohort: Cohort
) -> None:
    (one,) = book(cohort, "a@x.example")
    url = url_of("place", one.pk)
    typed = {"verb": "correct", "correct-name": "Zoë", "correct-email": "zoe@x.example"}
    assert organiser.post(url, typed)["Location"] == url
    one.refresh_from_db()
    assert (one.name, one.email) == ("Zoë", "zoe@x.example")
    organiser.post(url, {"verb": "swap", "swap-name": "Kim", "swap-email": "kim@x.example"})
    one.refresh_from_db()
    assert one.name == "Kim"
    assert OutboxMessage.objects.filter(kind="place_cancelled", to="zoe@x.example").exists()
    page = organiser.get(url).content.decode()
    assert "Your place is cancelled" in page


def test_what_is_refused_is_said_and_what_was_typed_stays(
    organiser: Client, cohort: Cohort
) -> None:
    (one,) = book(cohort, "a@x.example")
    url = url_of("place", one.pk)
    wrong = organiser.post(url, {"verb": "swap", "swap-name": "Kim", "swap-email": "kim"})
    assert wrong.status_code == 422
    assert 'value="Kim"' in wrong.content.decode()
    cancel_place(place=one)
    late = organiser.post(
        url, {"verb": "correct", "correct-name": "K", "correct-email": "k@x.example"}
    )
    assert late.status_code == 422
    assert organiser.post(url, {"verb": "odd"}).status_code == 200


def test_the_page_of_a_second_place_leads_to_the_first(organiser: Client, cohort: Cohort) -> None:
    first, second = book(cohort, "a@x.example", "a@x.example")
    page = organiser.get(url_of("place", second.pk)).content.decode()
    assert "keeps a seat from others" in page
    assert url_of("place", first.pk) in page


# The waiting list ----------------------------------------------------------------------------


def test_the_waiting_list_shows_turns_and_offers_and_obeys(
    organiser: Client, cohort: Cohort
) -> None:
    Cohort.objects.filter(pk=cohort.pk).update(capacity=1)
    (one,) = book(cohort, "a@x.example")
    for name in ("Ann", "Ben", "Cem"):
        join_waiting_list(
            cohort_id=cohort.pk,
            person=Attendee(name, f"{name}@x.example"),
            consent_version="1",
        )
    cem = cohort.waiting.get(name="Cem")
    organiser.post(url_of("give_next", cem.pk))
    page = organiser.get(url_of("waiting", cohort.pk)).content.decode()
    assert page.index("Cem") < page.index("Ann") < page.index("Ben")
    cancel_place(place=one)
    page = organiser.get(url_of("waiting", cohort.pk)).content.decode()
    assert page.index("Cem") < page.index("Waiting, in order")
    asked = organiser.get(url_of("take_off", cem.pk)).content.decode()
    assert "A place is kept for them until" in asked
    assert "Take Cem off the list" in asked
    organiser.post(url_of("take_off", cem.pk))
    assert [entry.state for entry in cohort.waiting.order_by("pk")] == [
        "offered",
        "waiting",
        "declined",
    ]
    for verb in ("take_off", "give_next"):
        again = organiser.post(url_of(verb, cem.pk), follow=True)
        assert "no longer waiting: nothing was changed" in again.content.decode()
