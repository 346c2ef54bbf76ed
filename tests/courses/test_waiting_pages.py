"""The page of somebody who waits: how the list stands, the offer, and what became of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from core.models import Tally
from courses.enums import WaitingState
from courses.models import Booking, Cohort, OutboxMessage, Place, WaitingEntry
from courses.services import (
    Attendee,
    OrganisationDetails,
    cancel_booking,
    cancel_place,
    join_waiting_list,
    send_due,
    swap_person,
)
from tests.courses.changing import form, words
from tests.courses.factories import make_cohort, make_registration, registration_form
from tests.courses.test_hostile import SAMPLE, assert_clean, mails
from tests.courses.test_lists import post as join_by_form


@pytest.fixture
def full(cohort: Cohort) -> Cohort:
    """One seat, taken."""
    Cohort.objects.filter(pk=cohort.pk).update(capacity=1)
    make_registration(cohort, "one@school.example")
    cohort.refresh_from_db()
    return cohort


def wait(cohort: Cohort, name: str = "ann", **fields: Any) -> WaitingEntry:
    person = Attendee(name.title(), f"{name}@school.example")
    entry = join_waiting_list(
        cohort_id=cohort.pk, person=person, consent_version="2026-11", **fields
    )
    assert entry
    return entry


def offer(cohort: Cohort, name: str = "ann", **fields: Any) -> WaitingEntry:
    entry = wait(cohort, name, **fields)
    cancel_place(place=cohort.places.get(state="booked"))
    entry.refresh_from_db()
    assert entry.state == WaitingState.OFFERED
    return entry


def acceptance(**fields: Any) -> dict[str, Any]:
    given = {"organisation": "Sample primary", "postcode": "LS1 1AA", "order": "PO 7"}
    return form(**{**given, "consent": "on", **fields})


# Waiting -----------------------------------------------------------------------------------------


def test_whoever_waits_sees_how_many_are_before_them(client: Client, full: Cohort) -> None:
    entries = [wait(full, name) for name in ("ann", "ben", "cleo")]
    pages = [words(client.get(entry.url)) for entry in entries]
    assert "You are the next." in pages[0]
    assert "One person is before you." in pages[1]
    assert "Two people are before you." in pages[2]
    assert "It is kept for 48 hours" in pages[0]


def test_nobody_on_the_list_reads_the_name_of_another(client: Client, full: Cohort) -> None:
    first, second = wait(full, "ann"), wait(full, "ben")
    page = words(client.get(second.url))
    assert first.email not in page
    assert "Ann" not in page


def test_leaving_is_asked_first_and_done_by_post(client: Client, full: Cohort) -> None:
    entry = wait(full)
    leave = f"{entry.url}leave/"
    assert "Leave the list" in words(client.get(leave))
    entry.refresh_from_db()
    assert entry.state == WaitingState.WAITING
    answer = client.post(leave, form())
    assert "You are off the list" in words(client.get(answer["Location"]))


def test_leaving_twice_says_how_it_stands(client: Client, full: Cohort) -> None:
    entry = wait(full)
    for _ in range(2):
        assert client.post(f"{entry.url}leave/", form())["Location"] == entry.url


def test_whoever_waits_for_the_opening_is_told_when_and_can_register_then(
    client: Client, cohort: Cohort
) -> None:
    soon = make_cohort(cohort.programme, opens_at=timezone.now() + timedelta(days=5))
    entry = wait(soon)
    assert "We tell you when it opens" in words(client.get(entry.url))
    Cohort.objects.filter(pk=soon.pk).update(opens_at=timezone.now() - timedelta(hours=1))
    page = words(client.get(entry.url))
    assert "Registration has opened" in page
    assert f'href="{soon.register_url}"' in page


def test_two_lists_are_two_mails_and_one_answer(client: Client, full: Cohort) -> None:
    other = make_cohort(full.programme, seats_taken=24, term="Other term")
    answers = [join_by_form(client, each) for each in (full, other, full)]
    assert [answer.status_code for answer in answers] == [302, 302, 302]
    assert answers[0]["Location"] == answers[2]["Location"]
    pages = {words(client.get(answers[0]["Location"])) for _ in range(2)}
    assert len(pages) == 1
    send_due()
    assert [sent.to for sent in mail.outbox].count(["teacher@school.example"]) == 2
    assert WaitingEntry.objects.filter(state="waiting").count() == 2


# The offer ---------------------------------------------------------------------------------------


def test_an_offer_says_until_when_what_it_costs_and_knows_what_was_given(
    client: Client, full: Cohort
) -> None:
    page = words(client.get(offer(full, organisation="Sample primary, Leeds").url))
    assert "A place is kept for you" in page
    assert "For Ann, until" in page
    assert "£500 for the organisation, and nothing if it pays dues" in page
    assert 'value="Sample primary, Leeds"' in page
    assert "Take the place, £500" in page


def test_an_offer_knows_what_this_address_gave_when_it_booked_before(
    client: Client, full: Cohort
) -> None:
    earlier = make_cohort(full.programme)
    details = OrganisationDetails("Sample trust", "LS9 9ZZ", urn="123456", type="trust")
    booker = Attendee("Ann", "Ann@school.example")
    make_registration(earlier, "b@school.example", organisation=details, booker=booker)
    page = words(client.get(offer(full).url))
    for known in ('value="Sample trust"', 'value="LS9 9ZZ"', 'value="123456"'):
        assert known in page
    assert 'value="trust" selected' in page


def test_an_offer_is_taken_by_a_short_form(client: Client, full: Cohort) -> None:
    entry = offer(full)
    answer = client.post(entry.url, acceptance())
    place = Place.objects.get(email="ann@school.example")
    assert answer["Location"] == f"{place.url}?done=taken"
    page = words(client.get(answer["Location"]))
    assert "The place is yours" in page
    assert "You have a place" in page
    assert place.booking.purchase_order == "PO 7"
    assert "You took the place" in words(client.get(entry.url))


def test_an_offer_taken_twice_is_one_booking(client: Client, full: Cohort) -> None:
    entry, sent = offer(full), acceptance()
    client.post(entry.url, sent)
    again = client.post(entry.url, sent)
    assert "You took the place" in words(again)
    assert Booking.objects.filter(booker_email=entry.email).count() == 1


def test_a_member_takes_an_offer_for_nothing(client: Client, full: Cohort) -> None:
    client.post(offer(full).url, acceptance(member="on", order=""))
    assert Booking.objects.get(booker_email="ann@school.example").amount == 0


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"organisation": ""}, 'href="#organisation"'),
        ({"postcode": ""}, 'href="#postcode"'),
        ({"urn": "12"}, 'href="#urn"'),
        ({"type": "castle"}, 'href="#type"'),
        ({"order": ""}, 'href="#order"'),
        ({"consent": ""}, 'href="#consent"'),
        ({"website": "x"}, "only robots fill it"),
        ({"opened": ""}, "could not be checked"),
    ],
)
def test_an_offer_form_with_faults_keeps_what_was_typed_and_the_offer(
    client: Client, full: Cohort, fields: dict[str, str], said: str
) -> None:
    entry = offer(full)
    typed = acceptance(**{"organisation": "Sample primary", "postcode": "LS1 1AA", **fields})
    answer = client.post(entry.url, typed)
    assert answer.status_code == 422
    assert said in words(answer)
    assert all(f'value="{typed[name]}"' in words(answer) for name in ("order",) if typed[name])
    entry.refresh_from_db()
    assert entry.state == WaitingState.OFFERED


def test_a_declined_offer_goes_to_the_next(client: Client, full: Cohort) -> None:
    entry = offer(full)
    following = wait(full, "ben")
    assert "goes to the next person" in words(client.get(f"{entry.url}leave/"))
    client.post(f"{entry.url}leave/", form())
    assert "You passed the place on" in words(client.get(entry.url))
    assert "A place is kept for you" in words(client.get(following.url))


def test_an_offer_that_ran_out_says_so_also_before_the_clock_has_swept(
    client: Client, full: Cohort
) -> None:
    entry = offer(full)
    WaitingEntry.objects.filter(pk=entry.pk).update(
        offered_at=timezone.now() - timedelta(hours=49),
        offer_ends_at=timezone.now() - timedelta(hours=1),
    )
    assert "The offer has run out" in words(client.get(entry.url))
    assert "The offer has run out" in words(client.post(entry.url, acceptance()))
    assert not Booking.objects.filter(booker_email=entry.email).exists()


def test_a_place_given_to_a_colleague_is_not_opened_by_the_old_list_page(
    client: Client, full: Cohort
) -> None:
    entry = offer(full)
    client.post(entry.url, acceptance())
    place = Place.objects.get(email=entry.email)
    assert place.url in words(client.get(entry.url))
    swap_person(place=place, person=Attendee("Ben", "ben@school.example"))
    assert place.url not in words(client.get(entry.url))


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (WaitingState.CLOSED, "The list is closed"),
        (WaitingState.LEFT, "You are off the list"),
    ],
)
def test_what_became_of_an_entry_is_said_in_words(
    client: Client, full: Cohort, state: WaitingState, said: str
) -> None:
    entry = wait(full)
    WaitingEntry.objects.filter(pk=entry.pk).update(state=state)
    page = words(client.get(entry.url))
    assert said in page
    assert "<form" not in page


def test_a_guessed_address_opens_nothing(client: Client, full: Cohort) -> None:
    for url in ("/training/waiting/guessed/", "/training/waiting/guessed/leave/"):
        assert client.get(url).status_code == 404
        assert client.post(url, form()).status_code == 404


# Seats that go while somebody types --------------------------------------------------------------


def test_whoever_was_too_late_puts_all_they_named_on_the_list(
    client: Client, cohort: Cohort
) -> None:
    Cohort.objects.filter(pk=cohort.pk).update(seats_taken=24)
    typed = registration_form()
    page = words(client.post(cohort.register_url, typed))
    assert "The last places have just gone" in page
    assert 'name="join_list"' in page
    answer = client.post(cohort.register_url, {**typed, "join_list": "1"})
    assert answer["Location"] == cohort.joined_url
    listed = WaitingEntry.objects.values_list("email", "organisation")
    assert list(listed) == [
        ("teacher@school.example", "Sample secondary, Bradford"),
        ("linkworker@school.example", "Sample secondary, Bradford"),
    ]
    assert not Booking.objects.exists()


def test_a_cohort_without_a_list_offers_none(client: Client, cohort: Cohort) -> None:
    Cohort.objects.filter(pk=cohort.pk).update(seats_taken=24, has_waiting_list=False)
    assert "join_list" not in words(client.post(cohort.register_url, registration_form()))


def test_a_list_that_is_gone_again_loses_nothing_typed(client: Client, cohort: Cohort) -> None:
    answer = client.post(cohort.register_url, registration_form(join_list="1"))
    assert answer.status_code == 422
    assert "There is no list now" in words(answer)
    assert "linkworker@school.example" in words(answer)


@pytest.mark.parametrize("field", ["organisation", "postcode", "urn", "type", "order", "key"])
def test_no_words_break_an_offer_that_is_taken(client: Client, cohort: Cohort, field: str) -> None:
    number = len(SAMPLE)
    Cohort.objects.filter(pk=cohort.pk).update(capacity=number)
    cohort.price.places_included = number
    cohort.price.save()
    booked = make_registration(cohort, *[f"{at}@school.example" for at in range(number)]).booking
    for at in range(number):
        wait(cohort, f"ann{at}")
    cancel_booking(booking=booked)
    OutboxMessage.objects.all().delete()
    for said, entry in zip(SAMPLE, cohort.waiting.filter(state="offered"), strict=True):
        Tally.objects.all().delete()  # the limit an hour is not what is tried here
        answer = client.post(entry.url, acceptance(**{field: said}))
        assert answer.status_code in (302, 422), said
    send_due()
    for sent in mails():
        assert_clean(sent)
