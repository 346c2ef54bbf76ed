"""The organisers' side: what they can do, and that nobody else can."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.db import OperationalError
from django.db.models import F
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from core.groups import EDITORS
from courses.models import (
    Cohort,
    OutboxMessage,
    ProgrammePart,
    ProgrammeVersion,
    Session,
    WaitingEntry,
)
from courses.office.urls import urlpatterns
from courses.services import Attendee, join_waiting_list
from tests.courses.factories import PARTS, make_cohort, make_registration, make_version

Queries = Callable[[int], AbstractContextManager[Any]]
PERSONAL = ["one@school.example", "Person 1", "office@school.example"]
WAITS = "three@school.example"


def log_in(client: Client, group: str) -> Client:
    user = User.objects.create_user(group.rsplit(maxsplit=1)[-1], password="pw")
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)
    return client


@pytest.fixture
def booked(cohort: Cohort) -> Cohort:
    make_registration(cohort, "one@school.example", "two@school.example")
    return cohort


@pytest.fixture
def listed(booked: Cohort) -> Cohort:
    waiting = {"kind": "place", "name": "Person 3", "email": WAITS}
    WaitingEntry.objects.create(cohort=booked, consent_version="1", **waiting)
    return booked


def office_urls(cohort: Cohort) -> list[str]:
    message = OutboxMessage.objects.earliest("pk")
    names = ["cohorts", "versions", "prices", "organisations", "outbox"]
    organisation = cohort.bookings.get().organisation
    return [
        *(reverse(f"{name}:index") for name in names),
        reverse("cohorts:edit", args=[cohort.pk]),
        reverse("versions:edit", args=[cohort.version.pk]),
        reverse("prices:edit", args=[cohort.price.pk]),
        reverse("organisations:edit", args=[organisation.pk]),
        reverse("outbox:inspect", args=[message.pk]),
        reverse("cohorts:history", args=[cohort.pk]),
        *own_urls(cohort, message),
    ]


def own_urls(cohort: Cohort, message: OutboxMessage) -> list[str]:
    """Every address of the office's own pages, about what there is."""
    rows = {
        "": cohort,
        "waiting/": cohort.waiting.get(),
        "places/": cohort.places.earliest("pk"),
        "bookings/": cohort.bookings.get(),
        "mails/": message,
        "sessions/": cohort.sessions.latest("pk"),
    }
    found = []
    for pattern in urlpatterns:
        route = str(pattern.pattern)
        args = {"pk": rows[route.partition("<int:pk>")[0]].pk} if "<int:pk>" in route else {}
        ending = {"ending": "csv"} if "<sheet:ending>" in route else {}
        found.append(reverse(f"courses_office:{pattern.name}", kwargs={**args, **ending}))
    return found


def test_an_organiser_opens_every_view_of_training(organiser: Client, listed: Cohort) -> None:
    refused = []
    for url in office_urls(listed):
        answer = organiser.get(url)
        assert answer.status_code in (200, 405), url
        b"".join(answer)  # read to its end, whatever is streamed; it closes itself then
        refused += [url.split("/")[-2]] * (answer.status_code == 405)
    assert refused == ["act", "next"]  # these only do something


def test_nobody_else_changes_anything(client: Client, listed: Cohort) -> None:
    editor = log_in(client, EDITORS)
    before = everything()
    for who, sent_to in ((editor, reverse("wagtailadmin_home")), (Client(), "/admin/login/")):
        for url in office_urls(listed):
            answer = who.post(url, {"do": "it", "verb": "cancel"})
            is_sent_away = answer.status_code == 302 and answer["Location"].startswith(sent_to)
            assert is_sent_away or answer.status_code == 405, url
    assert everything() == before


def everything() -> list[object]:
    models = [*apps.get_app_config("courses").get_models(), ModelLogEntry]
    return [list(model._default_manager.order_by("pk").values()) for model in models]


def test_an_editor_opens_none_of_them_and_sees_nobodys_name(client: Client, listed: Cohort) -> None:
    editor = log_in(client, EDITORS)
    for url in office_urls(listed):
        answer = editor.get(url, follow=True)
        assert answer.redirect_chain or answer.status_code == 405, url
        words = answer.content.decode()
        assert not any(personal in words for personal in (*PERSONAL, WAITS)), url


def test_an_editor_cannot_send_a_mail_again(client: Client, booked: Cohort) -> None:
    message = OutboxMessage.objects.earliest("pk")
    OutboxMessage.objects.update(state="failed")
    log_in(client, EDITORS).post(reverse("courses_office:resend", args=[message.pk]))
    message.refresh_from_db()
    assert message.state == "failed"


def test_a_stranger_is_asked_to_log_in(client: Client, listed: Cohort) -> None:
    for url in office_urls(listed):
        answer = client.get(url)
        assert answer.status_code in (302, 405), url
        assert "/admin/login/" in answer.get("Location", "/admin/login/")


def test_an_organiser_has_the_menu_and_cannot_edit_pages(organiser: Client, cohort: Cohort) -> None:
    menu = organiser.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("cohorts:index") in menu
    edit = reverse("wagtailadmin_pages:edit", args=[cohort.programme.pk])
    assert organiser.get(edit).status_code == 302


def test_an_editor_has_no_such_menu(client: Client, cohort: Cohort) -> None:
    menu = log_in(client, EDITORS).get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("cohorts:index") not in menu


def test_the_list_of_cohorts_says_state_and_fill(organiser: Client, booked: Cohort) -> None:
    page = organiser.get(reverse("cohorts:index")).content.decode()
    assert "2 of 24" in page
    assert "Open" in page
    unlimited = make_cohort(booked.programme, capacity=None)
    assert unlimited.pk
    assert "0, no limit" in organiser.get(reverse("cohorts:index")).content.decode()


def test_the_list_of_cohorts_costs_the_same_for_many(
    organiser: Client, booked: Cohort, django_assert_num_queries: Queries
) -> None:
    url = reverse("cohorts:index")
    organiser.get(url)
    with CountQueries() as one:
        organiser.get(url)
    for _ in range(3):
        make_cohort(booked.programme)
    with django_assert_num_queries(one.count):
        organiser.get(url)


class CountQueries:
    def __enter__(self) -> "CountQueries":
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        self.capture = CaptureQueriesContext(connection)
        self.capture.__enter__()
        return self

    def __exit__(self, *error: Any) -> None:
        self.capture.__exit__(*error)
        self.count = len(self.capture)


def test_the_roster_shows_places_mails_and_lists(organiser: Client, booked: Cohort) -> None:
    OutboxMessage.objects.filter(kind="place").update(state="failed", last_error="no such box")
    Cohort.objects.filter(pk=booked.pk).update(seats_taken=24)
    join_waiting_list(
        cohort_id=booked.pk, person=Attendee("Waiting Wim", "w@x.example"), consent_version="1"
    )
    page = organiser.get(reverse("courses_office:roster", args=[booked.pk])).content.decode()
    for words in (*PERSONAL, "PO 12", "Failed, needs a person", "no such box", "1 waiting"):
        assert words in page
    waiting = organiser.get(reverse("courses_office:waiting", args=[booked.pk])).content.decode()
    assert "Waiting Wim" in waiting


def test_a_number_that_is_no_urn_is_refused_in_plain_words(
    organiser: Client, booked: Cohort
) -> None:
    organisation = booked.bookings.get().organisation
    typed = {"name": organisation.name, "postcode": organisation.postcode, "urn": "12"}
    url = reverse("organisations:edit", args=[organisation.pk])
    assert "A URN has six digits" in organiser.post(url, typed).content.decode()
    assert organiser.post(url, {**typed, "urn": "107440"}).status_code == 302
    organisation.refresh_from_db()
    assert organisation.urn == "107440"


def test_an_organiser_sends_a_failed_mail_again(organiser: Client, booked: Cohort) -> None:
    message = OutboxMessage.objects.earliest("pk")
    OutboxMessage.objects.update(state="failed", attempts=30)
    url = reverse("courses_office:resend", args=[message.pk])
    organiser.get(url)
    message.refresh_from_db()
    assert message.state == "failed"  # looking changes nothing
    organiser.post(url)
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("queued", 0)
    OutboxMessage.objects.filter(pk=message.pk).update(cohort=None)
    assert organiser.post(url)["Location"] == reverse("outbox:index")


def test_nobody_writes_or_edits_a_mail(organiser: Client, booked: Cohort) -> None:
    message = OutboxMessage.objects.earliest("pk")
    assert organiser.get(reverse("outbox:add")).status_code == 302
    assert organiser.get(reverse("outbox:edit", args=[message.pk])).status_code == 302
    assert organiser.get(reverse("outbox:delete", args=[message.pk])).status_code == 302


# Forms --------------------------------------------------------------------------------


def cohort_form(cohort: Cohort, **fields: Any) -> dict[str, Any]:
    """What the browser sends for an existing cohort."""
    moment = "%Y-%m-%d %H:%M"
    form: dict[str, Any] = {
        "programme": cohort.programme.pk,
        "number": "",
        "term": cohort.term,
        "version": cohort.version.pk,
        "price": cohort.price.pk,
        "opens_at": timezone.localtime(cohort.opens_at).strftime(moment),
        "closes_at": "",
        "capacity": cohort.capacity or "",
        "has_waiting_list": "on",
        "slug": cohort.slug,
        "offer_hours": 48,
        "kept_months": 12,
        "reminds_day_before": "on",
        "sessions-TOTAL_FORMS": 0,
        "sessions-INITIAL_FORMS": 0,
        "sessions-MIN_NUM_FORMS": 1,
        "sessions-MAX_NUM_FORMS": 1000,
    }
    sessions = list(cohort.dated) if cohort.pk else []
    form["sessions-TOTAL_FORMS"] = form["sessions-INITIAL_FORMS"] = len(sessions)
    for index, session in enumerate(sessions):
        form |= {
            f"sessions-{index}-id": session.pk,
            f"sessions-{index}-starts_at": timezone.localtime(session.starts_at).strftime(moment),
            f"sessions-{index}-ends_at": timezone.localtime(session.ends_at).strftime(moment),
            f"sessions-{index}-part": session.part_id or "",
            f"sessions-{index}-joining_link": session.joining_link,
            f"sessions-{index}-facilitator": "",
            f"sessions-{index}-DELETE": "",
        }
    return form | fields


def test_an_organiser_makes_a_cohort_with_sessions_that_get_their_parts(
    organiser: Client, cohort: Cohort
) -> None:
    version = make_version(cohort.programme, "short")
    ProgrammePart.objects.filter(version=version).exclude(title="Leaders").delete()
    new = Cohort(
        programme=cohort.programme,
        version=version,
        price=cohort.price,
        term="Autumn term 2027",
        opens_at=timezone.now(),
        capacity=10,
    )
    session = {
        "sessions-TOTAL_FORMS": 1,
        "sessions-0-id": "",
        "sessions-0-starts_at": "2027-10-27 16:00",
        "sessions-0-ends_at": "2027-10-27 18:00",
        "sessions-0-part": "",
        "sessions-0-joining_link": "https://zoom.example/j/1",
        "sessions-0-facilitator": "",
        "sessions-0-DELETE": "",
    }
    answer = organiser.post(reverse("cohorts:add"), cohort_form(new, **session))
    assert answer.status_code == 302
    made = Cohort.objects.get(term="Autumn term 2027")
    (only,) = made.dated
    assert made.slug == "community-organising-in-schools-autumn-term-2027"
    assert timezone.localtime(only.starts_at).hour == 16
    assert only.part.title == "Leaders"


def test_an_organiser_moves_a_session_and_seats_taken_stay(
    organiser: Client, booked: Cohort
) -> None:
    moved = timezone.localtime(booked.dated[0].starts_at) + timedelta(hours=1)
    form = cohort_form(booked, **{"sessions-0-starts_at": moved.strftime("%Y-%m-%d %H:%M")})
    answer = organiser.post(reverse("cohorts:edit", args=[booked.pk]), form)
    assert answer.status_code == 302
    booked.refresh_from_db()
    session = Session.objects.filter(cohort=booked).earliest("starts_at")
    assert (session.sequence, booked.seats_taken) == (1, 2)


def test_capacity_below_what_is_sold_is_refused_in_the_form(
    organiser: Client, booked: Cohort
) -> None:
    url = reverse("cohorts:edit", args=[booked.pk])
    answer = organiser.post(url, cohort_form(booked, capacity=1))
    assert "2 places are taken already" in answer.content.decode()
    booked.refresh_from_db()
    assert booked.capacity == 24


class Deadlock(Exception):
    """As psycopg says it."""

    sqlstate = "40P01"


def test_who_saves_a_cohort_in_the_moment_of_a_booking_loses_nothing(
    organiser: Client, booked: Cohort, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL sends one of those back who wait for each other: it may be the office."""

    def wait_for_each_other(*args: Any, **kwargs: Any) -> None:
        raise OperationalError from Deadlock()

    monkeypatch.setattr(Cohort, "save", wait_for_each_other)
    url = reverse("cohorts:edit", args=[booked.pk])
    answer = organiser.post(url, cohort_form(booked, capacity=31))
    page = answer.content.decode()
    assert "Somebody booked at the same moment. Nothing is lost: save again." in page
    assert 'value="31"' in page


def test_a_booking_between_check_and_saving_is_told_and_nothing_is_oversold(
    organiser: Client, booked: Cohort, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Cohort, "clean", lambda self: None)  # as if it had passed a moment ago
    url = reverse("cohorts:edit", args=[booked.pk])
    answer = organiser.post(url, cohort_form(booked, capacity=1))
    assert "More places were taken meanwhile" in answer.content.decode()
    booked.refresh_from_db()
    assert booked.capacity == 24


def test_a_cohort_needs_a_session(organiser: Client, cohort: Cohort) -> None:
    new = Cohort(
        programme=cohort.programme,
        version=cohort.version,
        price=cohort.price,
        term="Empty term",
        opens_at=timezone.now(),
    )
    answer = organiser.post(reverse("cohorts:add"), cohort_form(new))
    assert answer.status_code == 200
    assert not Cohort.objects.filter(term="Empty term").exists()


def test_a_version_is_copied_with_its_parts(organiser: Client, cohort: Cohort) -> None:
    url = reverse("versions:copy", args=[cohort.version.pk])
    form = filled(organiser.get(url).content.decode()) | {"label": "2028", "parts-0-title": "New"}
    assert organiser.post(reverse("versions:add"), form).status_code == 302
    copy = ProgrammeVersion.objects.get(label="2028")
    assert [part.title for part in copy.parts.all()] == ["New", *PARTS[1:]]
    assert [part.title for part in cohort.version.parts.all()] == list(PARTS)


def filled(page: str) -> dict[str, str]:
    """What a browser would send of a form just opened, the empty extra rows left out."""
    fields = re.findall(r'<input[^>]* name="([^"]+)"(?:[^>]* value="([^"]*)")?', page)
    chosen = re.findall(r'<option value="([^"]*)" selected', page)
    form = {name: value for name, value in fields if "__prefix__" not in name}
    form = {name: value for name, value in form.items() if not name.endswith("-DELETE")}
    return form | {"programme": chosen[0]}


def test_a_cohort_that_is_refused_says_why(cohort: Cohort) -> None:
    cohort.capacity = 5
    Cohort.objects.filter(pk=cohort.pk).update(seats_taken=9)
    with pytest.raises(ValidationError, match="9 places are taken"):
        cohort.full_clean()


@pytest.mark.parametrize("column", ["to", "attempts", "created_at"])
def test_the_list_of_mails_is_put_in_order(organiser: Client, booked: Cohort, column: str) -> None:
    OutboxMessage.objects.update(attempts=F("pk"), last_error="550 no such box", state="failed")
    for order in (column, f"-{column}"):
        page = organiser.get(reverse("outbox:index"), {"ordering": order})
        told = [getattr(mail, column) for mail in page.context["object_list"]]
        assert told == sorted(told, reverse=order.startswith("-"))
        assert len(set(told)) > 1
        for words in ("550 no such box", '<span class="made-label">State</span> Failed'):
            assert words in page.content.decode()
