"""What an organiser changes in the form of a cohort is told to everybody with a place."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from courses.models import Cohort, OutboxMessage, Session
from courses.services import cancel_session
from courses.services.timetable import move_session
from courses.when import day_words
from tests.courses.factories import make_organiser, make_registration
from tests.courses.test_office import cohort_form


@pytest.fixture
def booked(cohort: Cohort) -> Cohort:
    make_registration(cohort, "one@school.example", "two@school.example")
    return cohort


def save(organiser: Client, cohort: Cohort, **fields: Any) -> str:
    url = reverse("cohorts:edit", args=[cohort.pk])
    answer = organiser.post(url, cohort_form(cohort, **fields), follow=True)
    return answer.content.decode()


def moment(session: Session, by: timedelta) -> str:
    return f"{timezone.localtime(session.starts_at) + by:%Y-%m-%d %H:%M}"


def changed_mails() -> list[OutboxMessage]:
    return list(OutboxMessage.objects.filter(kind__startswith="session_").order_by("to"))


def test_a_form_saved_as_it_was_tells_nobody(organiser: Client, booked: Cohort) -> None:
    page = save(organiser, booked)
    assert "about the changed sessions" not in page
    assert not changed_mails()


def test_a_new_time_is_told_and_the_organiser_sees_that_it_is(
    organiser: Client, booked: Cohort
) -> None:
    start = {"sessions-0-starts_at": moment(booked.dated[0], timedelta(hours=1))}
    assert "Three mails go out about the changed sessions." in save(organiser, booked, **start)
    told = [mail.to for mail in changed_mails()]
    assert told == ["office@school.example", "one@school.example", "two@school.example"]


def test_two_sessions_changed_at_once_are_one_mail(organiser: Client, booked: Cohort) -> None:
    fields = {
        f"sessions-{n}-starts_at": moment(booked.dated[n], timedelta(hours=1)) for n in (0, 1)
    }
    save(organiser, booked, **fields)
    assert len(changed_mails()) == 3
    assert changed_mails()[0].text.count("has moved") == 2


def test_a_new_joining_link_is_told_to_people_and_to_nobody_else(
    organiser: Client, booked: Cohort
) -> None:
    save(organiser, booked, **{"sessions-0-joining_link": "https://zoom.example/j/new"})
    assert [mail.to for mail in changed_mails()] == ["one@school.example", "two@school.example"]
    assert "https://zoom.example/j/new" in changed_mails()[0].text
    assert "has a new joining link" in changed_mails()[0].text


def test_a_further_session_comes_into_calendars(organiser: Client, booked: Cohort) -> None:
    last = booked.dated[-1]
    further = {
        "sessions-TOTAL_FORMS": 6,
        "sessions-5-id": "",
        "sessions-5-starts_at": moment(last, timedelta(weeks=1)),
        "sessions-5-ends_at": moment(last, timedelta(weeks=1, hours=2)),
        "sessions-5-part": "",
        "sessions-5-joining_link": "",
        "sessions-5-facilitator": "",
        "sessions-5-DELETE": "",
    }
    save(organiser, booked, **further)
    mail = changed_mails()[1]
    assert "Session 6 is new" in mail.text
    assert mail.attachments[0]["content"].count("BEGIN:VEVENT") == 6


def test_a_session_that_people_know_of_is_not_deleted(organiser: Client, booked: Cohort) -> None:
    page = save(organiser, booked, **{"sessions-0-DELETE": "on"})
    assert "People have this session in their calendars" in page
    assert Session.objects.count() == 5


def test_a_session_that_nobody_knows_of_is_deleted(organiser: Client, cohort: Cohort) -> None:
    save(organiser, cohort, **{"sessions-0-DELETE": "on"})
    assert Session.objects.count() == 4


def test_a_cancelled_session_stays_as_it_is(organiser: Client, booked: Cohort) -> None:
    """A browser sends its number only; who sends its other fields all the same is not heard."""
    session, form = booked.dated[0], cohort_form(booked)
    cancel_session(session=session, by=None)
    moved = {"sessions-0-starts_at": moment(session, timedelta(days=1))}
    bare = {name: form[name] for name in form if name[:11] != "sessions-0-" or name[11:] == "id"}
    for sent in (bare, form | moved):
        answer = organiser.post(reverse("cohorts:edit", args=[booked.pk]), sent)
        assert answer.status_code == 302
    assert Session.objects.get(pk=session.pk).starts_at == session.starts_at
    assert not OutboxMessage.objects.filter(kind="session_moved")


def test_a_correction_of_what_is_over_is_told_to_nobody(organiser: Client, booked: Cohort) -> None:
    session = booked.dated[0]
    past = timezone.now().replace(second=0, microsecond=0) - timedelta(days=3)
    Session.objects.filter(pk=session.pk).update(starts_at=past, ends_at=past + timedelta(hours=2))
    booked.refresh_from_db()
    session.refresh_from_db()
    save(organiser, booked, **{"sessions-0-starts_at": moment(session, timedelta(minutes=-30))})
    session.refresh_from_db()
    assert session.starts_at == past - timedelta(minutes=30)
    assert not changed_mails()


# A form that is older than a colleague's change ------------------------------------------------


def seen_before(cohort: Cohort) -> dict[str, Any]:
    """A form as it was opened now: with the number of changes so far."""
    return cohort_form(cohort, seen=Cohort.objects.get(pk=cohort.pk).timetable)


def move_away(cohort: Cohort, session: Session) -> Session:
    later = session.starts_at + timedelta(days=2)
    move_session(
        session=session, starts_at=later, ends_at=later + timedelta(hours=2), by=make_organiser("b")
    )
    return Session.objects.get(pk=session.pk)


def test_an_older_form_says_what_a_colleague_has_moved_and_moves_nothing_back(
    organiser: Client, booked: Cohort
) -> None:
    form = {**seen_before(booked), "term": "My new term"}
    moved = move_away(booked, booked.dated[0])
    page = organiser.post(reverse("cohorts:edit", args=[booked.pk]), form).content.decode()
    assert "A colleague has changed the sessions" in page
    assert f"session 1 is on {day_words(moved.starts_at)}" in page
    assert "My new term" in page
    assert Session.objects.get(pk=moved.pk).starts_at == moved.starts_at
    assert Cohort.objects.get(pk=booked.pk).term == booked.term


def test_an_older_form_that_is_saved_once_more_counts(organiser: Client, booked: Cohort) -> None:
    url, form = reverse("cohorts:edit", args=[booked.pk]), seen_before(booked)
    moved = move_away(booked, booked.dated[0])
    page = organiser.post(url, form).content.decode()
    (now,) = re.findall(r'name="seen" value="(\d+)"', page)
    assert organiser.post(url, form | {"seen": now}).status_code == 302
    assert Session.objects.get(pk=moved.pk).starts_at == moved.starts_at - timedelta(days=2)


def test_an_older_form_says_what_was_cancelled_and_what_came_in(
    organiser: Client, booked: Cohort
) -> None:
    form, last = seen_before(booked), booked.dated[-1]
    cancel_session(session=booked.dated[1], by=None)
    more = last.starts_at + timedelta(weeks=1)
    Session.objects.create(cohort=booked, starts_at=more, ends_at=more + timedelta(hours=2))
    page = organiser.post(reverse("cohorts:edit", args=[booked.pk]), form).content.decode()
    assert "session 2 is cancelled; there is one more" in page


def test_a_form_carries_the_number_of_changes_it_was_opened_with(
    organiser: Client, booked: Cohort
) -> None:
    move_away(booked, booked.dated[0])
    page = organiser.get(reverse("cohorts:edit", args=[booked.pk])).content.decode()
    assert 'name="seen" value="1"' in page
    assert organiser.get(reverse("cohorts:add")).status_code == 200
