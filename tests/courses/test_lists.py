import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db.models import F
from django.test import Client
from django.utils import timezone

from core.clock import tick
from courses.models import Cohort, OutboxMessage, WaitingEntry
from courses.services import (
    Attendee,
    ListClosed,
    join_waiting_list,
    leave_list,
    send_due,
    settle,
)
from courses.services.timetable import call_off_cohort
from courses.text import counted, upper_first
from tests.courses.factories import make_cohort, waiting_form


@pytest.fixture
def full(cohort: Cohort) -> Cohort:
    Cohort.objects.filter(pk=cohort.pk).update(seats_taken=24)
    cohort.refresh_from_db()
    return cohort


@pytest.fixture
def soon(cohort: Cohort) -> Cohort:
    return make_cohort(cohort.programme, opens_at=timezone.now() + timedelta(days=5))


def join(
    cohort: Cohort, email: str = "ann@school.example", now: datetime | None = None
) -> WaitingEntry:
    return join_waiting_list(
        cohort_id=cohort.pk, person=Attendee("Ann", email), consent_version="2026-11", now=now
    )


def post(client: Client, cohort: Cohort, **fields: Any) -> Any:
    return client.post(f"{cohort.register_url}list/", waiting_form(**fields))


def test_people_stand_on_the_list_in_the_order_they_came(full: Cohort) -> None:
    for name in ("c", "a", "b"):
        join(full, f"{name}@school.example")
    emails = WaitingEntry.objects.filter(cohort=full).values_list("email", flat=True)
    assert list(emails) == ["c@school.example", "a@school.example", "b@school.example"]


def test_joining_twice_keeps_one_turn_and_who_presses_twice_gets_one_mail(full: Cohort) -> None:
    states = [join(full).state, join(full, "ANN@school.example").state]
    assert states == ["waiting", "repeated"]
    assert OutboxMessage.objects.count() == 1


def test_who_joins_again_later_gets_the_link_to_the_turn_that_they_have(full: Cohort) -> None:
    first = join(full)
    later = timezone.now() + timedelta(hours=25)
    join(full, now=later)
    mail = OutboxMessage.objects.latest("pk")
    assert mail.entry == first
    assert mail.subject.startswith("You are on the waiting list already")
    assert first.url in mail.text
    assert first.url in mail.html
    assert "You keep the turn that you have." in mail.text


@pytest.mark.parametrize("times", [1, 2, 3])
def test_the_number_before_you_tells_nobody_who_is_on_the_list(
    client: Client, full: Cohort, times: int
) -> None:
    """A stranger joins, has somebody else join, joins with other addresses, and counts."""
    listed, other = join(full, "listed@school.example"), make_cohort(full.programme, term="Other")
    Cohort.objects.filter(pk=other.pk).update(seats_taken=24)
    join(other, "somebody@school.example")
    said = []
    for cohort in (full, other):
        for number in range(times):
            join(cohort, f"stranger{number}@school.example")
            join(cohort, listed.email)
        page = client.get(join(cohort, "last@school.example").url).content.decode()
        said.append(re.findall(r"[\w ]+ people are before you", page))
    ahead = upper_first(counted(1 + 2 * times, "person", "people"))
    assert said == [[f"{ahead} are before you"]] * 2


def test_who_stands_in_line_twice_leaves_it_at_the_second_turn(full: Cohort) -> None:
    ann, ben, again, cara = (join(full, f"{who}@school.example") for who in ("a", "b", "a", "c"))
    Cohort.objects.filter(pk=full.pk).update(capacity=26)
    settle(cohort=full)
    states = [WaitingEntry.objects.get(pk=each.pk).state for each in (ann, ben, again, cara)]
    assert states == ["offered", "offered", "repeated", "waiting"]
    leave_list(entry=ben)
    states = [WaitingEntry.objects.get(pk=each.pk).state for each in (again, cara)]
    assert states == ["left", "offered"]


def test_who_joins_again_is_reminded_once_a_day_at_most(full: Cohort) -> None:
    mails = OutboxMessage.objects
    counted_mails = []
    for hours in (0, 20, 5, 5):
        mails.update(created_at=F("created_at") - timedelta(hours=hours))
        join(full)
        counted_mails.append(mails.count())
    assert counted_mails == [1, 1, 2, 2]


def test_who_has_an_offer_and_joins_again_is_sent_the_offer_again(full: Cohort) -> None:
    first = join(full)
    Cohort.objects.filter(pk=full.pk).update(capacity=25)
    settle(cohort=full)
    join(full, now=timezone.now() + timedelta(hours=30))
    assert [mail.kind for mail in first.messages.order_by("pk")] == ["waiting", "offer", "offer"]


def test_whoever_asks_twice_to_be_told_of_the_opening_is_told_once(soon: Cohort) -> None:
    assert join(soon) == join(soon)
    assert OutboxMessage.objects.filter(kind="opening").count() == 1


def test_the_card_of_a_cohort_tells_nobody_who_is_on_the_list(client: Client, full: Cohort) -> None:
    join(full, "listed@school.example")
    said = []
    for email in ("listed@school.example", "new@school.example"):
        join(full, email)
        page = client.get(full.programme.url).content.decode()
        said.append(re.findall(r"(\w+) names? on the list", page))
    assert said == [["Two"], ["Three"]]


def test_a_list_that_closes_writes_once_to_who_joined_twice(full: Cohort) -> None:
    join(full)
    join(full)
    call_off_cohort(cohort=full, by=None)
    assert {each.state for each in WaitingEntry.objects.all()} == {"closed"}
    assert OutboxMessage.objects.filter(kind="cohort_cancelled").count() == 1


def test_an_open_cohort_has_no_list(cohort: Cohort) -> None:
    with pytest.raises(ListClosed) as refusal:
        join(cohort)
    assert refusal.value.state == "open"


def test_who_wants_to_know_of_the_opening_is_told_at_that_moment_and_not_before(
    soon: Cohort,
) -> None:
    join(soon)
    assert send_due().sent == 1
    assert send_due(now=soon.opens_at - timedelta(minutes=1)).sent == 0
    assert send_due(now=soon.opens_at).sent == 1
    mail = OutboxMessage.objects.get(kind="opening")
    assert soon.register_url in mail.text


def test_when_the_opening_moves_its_mail_moves_along(soon: Cohort) -> None:
    join(soon)
    soon.opens_at += timedelta(days=3)
    soon.save()
    settle(cohort=soon)
    assert OutboxMessage.objects.get(kind="opening").next_try == soon.opens_at


def test_the_workers_minute_sends_what_is_due(full: Cohort) -> None:
    join(full)
    assert not tick()
    assert OutboxMessage.objects.get().state == "sent"


def test_a_full_cohort_says_so_and_offers_its_list(client: Client, full: Cohort) -> None:
    page = client.get(full.register_url)
    assert page.status_code == 200
    assert b"This cohort is full" in page.content
    assert b"Join the list" in page.content


def test_a_full_cohort_without_a_list_offers_nothing_but_the_open_ones(
    client: Client, full: Cohort
) -> None:
    other = make_cohort(full.programme, term="Another term")
    Cohort.objects.filter(pk=full.pk).update(has_waiting_list=False)
    page = client.get(full.register_url).content.decode()
    assert "<form" not in page.split("<main")[1].split("</main>")[0]
    assert other.register_url in page


def test_a_cohort_that_opens_soon_says_when(client: Client, soon: Cohort) -> None:
    page = client.get(soon.register_url).content.decode()
    assert "Registration is not open yet" in page
    assert f"{timezone.localtime(soon.opens_at):%A %-d %B %Y}" in page


def test_known_and_unknown_addresses_get_the_same_answer(client: Client, full: Cohort) -> None:
    first, again = post(client, full), post(client, full)
    assert first.status_code == again.status_code == 302
    assert first["Location"] == again["Location"]
    assert client.get(first["Location"]).status_code == 200
    assert WaitingEntry.objects.filter(state="waiting").count() == 1


def test_a_list_form_with_faults_keeps_what_was_typed(client: Client, full: Cohort) -> None:
    page = post(client, full, name="Ann <b>", email="not-an-address", consent="")
    assert page.status_code == 422
    words = page.content.decode()
    assert "Ann &lt;b&gt;" in words
    assert "The address needs an @" in words
    assert not WaitingEntry.objects.exists()


def test_looking_at_the_lists_address_changes_nothing(client: Client, full: Cohort) -> None:
    answer = client.get(f"{full.register_url}list/")
    assert answer["Location"] == full.register_url


def test_a_list_that_closed_meanwhile_leads_back_to_the_cohort(
    client: Client, cohort: Cohort
) -> None:
    assert post(client, cohort)["Location"] == cohort.register_url
    assert not WaitingEntry.objects.exists()
