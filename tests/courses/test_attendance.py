"""Noting attendance: nothing that somebody else noted is lost."""

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from courses.enums import AttendanceState
from courses.models import Attendance, Cohort, Place, ProgrammePage, Session
from courses.office.attendance import changes_in, read_name
from courses.services import cancel_place
from courses.services.attendance import Cell, note_attendance
from tests.courses.desk import (
    log_in,
    log_in_wrong,
    make_past_cohort,
    note,
    places_of,
    queries_of,
    url,
)
from tests.courses.factories import make_cohort, make_registration

PRESENT, ABSENT, EXCUSED = AttendanceState.values


@pytest.fixture
def past(programme: ProgrammePage) -> Cohort:
    return make_past_cohort(programme)


def name(session: Session, place: Place) -> str:
    return f"at-{session.pk}-{place.pk}"


def states(cohort: Cohort) -> dict[tuple[int, int], str]:
    rows = Attendance.objects.filter(session__cohort=cohort)
    return {(row.session_id, row.place_id): row.state for row in rows}


def form_of(client: Client, cohort: Cohort) -> dict[str, str]:
    """What a browser would send of the page just opened."""
    grid = client.get(url("attendance", cohort.pk)).context["grid"]
    form = {"was": grid.was, "session": str(grid.current), "p": "1"}
    for row in grid.rows:
        for cell in row.cells:
            form[cell.name] = next(each.value for each in cell.choices if each.is_chosen)
    return form


def test_what_is_chosen_is_noted_with_who_noted_it(client: Client, past: Cohort) -> None:
    user = log_in(client)
    session, place = past.dated[0], places_of(past)[0]
    client.post(url("attendance", past.pk), form_of(client, past) | {name(session, place): PRESENT})
    row = Attendance.objects.get()
    assert (row.session, row.place, row.state, row.noted_by) == (session, place, PRESENT, user)


def test_saving_an_unchanged_page_writes_nothing(client: Client, past: Cohort) -> None:
    log_in(client)
    row = note(past.dated[0], places_of(past)[0])
    client.post(url("attendance", past.pk), form_of(client, past))
    assert Attendance.objects.get().noted_at == row.noted_at
    assert not ModelLogEntry.objects.filter(action="courses.attendance_noted").exists()


def test_two_organisers_at_once_keep_each_others_notes(client: Client, past: Cohort) -> None:
    log_in(client)
    session, (amina, ben, cara) = past.dated[0], places_of(past)
    note(session, cara, ABSENT)
    first, second = form_of(client, past), form_of(client, past)
    client.post(url("attendance", past.pk), first | {name(session, amina): PRESENT})
    client.post(url("attendance", past.pk), second | {name(session, ben): EXCUSED})
    assert states(past) == {
        (session.pk, amina.pk): PRESENT,
        (session.pk, ben.pk): EXCUSED,
        (session.pk, cara.pk): ABSENT,
    }


def test_of_one_cell_the_last_word_stands(client: Client, past: Cohort) -> None:
    log_in(client)
    session, place = past.dated[0], places_of(past)[0]
    first, second = form_of(client, past), form_of(client, past)
    client.post(url("attendance", past.pk), first | {name(session, place): PRESENT})
    client.post(url("attendance", past.pk), second | {name(session, place): ABSENT})
    assert states(past) == {(session.pk, place.pk): ABSENT}


def test_a_note_can_be_taken_back(client: Client, past: Cohort) -> None:
    log_in(client)
    session, (amina, ben, _) = past.dated[0], places_of(past)
    note(session, amina)
    note(session, ben)
    client.post(url("attendance", past.pk), form_of(client, past) | {name(session, amina): ""})
    assert states(past) == {(session.pk, ben.pk): PRESENT}


def test_all_present_leaves_those_who_are_noted_otherwise(client: Client, past: Cohort) -> None:
    log_in(client)
    session, (amina, ben, cara) = past.dated[1], places_of(past)
    note(session, ben, ABSENT)
    form = form_of(client, past) | {name(session, cara): EXCUSED, "everybody": str(session.pk)}
    client.post(url("attendance", past.pk), form)
    assert states(past) == {
        (session.pk, amina.pk): PRESENT,
        (session.pk, ben.pk): ABSENT,
        (session.pk, cara.pk): EXCUSED,
    }


def test_the_history_has_numbers_and_no_names(client: Client, past: Cohort) -> None:
    log_in(client)
    session, place = past.dated[0], places_of(past)[0]
    client.post(url("attendance", past.pk), form_of(client, past) | {name(session, place): PRESENT})
    entry = ModelLogEntry.objects.get(action="courses.attendance_noted")
    assert entry.data == {"cells": 1, "sessions": [session.pk]}


def test_before_a_session_one_can_only_send_apologies(programme: ProgrammePage) -> None:
    cohort = make_cohort(programme)
    place = make_registration(cohort).booking.places.get()
    cells = [Cell(session.pk, place.pk) for session in cohort.dated]
    wanted = dict(zip(cells, (PRESENT, ABSENT, EXCUSED), strict=False))
    written = note_attendance(cohort=cohort, changes=wanted, present_at=cohort.dated[4], by=None)
    assert written == 1
    assert states(cohort) == {(cells[2].session, place.pk): EXCUSED}


def test_cells_of_others_are_left_out(programme: ProgrammePage, past: Cohort) -> None:
    other = make_past_cohort(programme, ["other@school.example"])
    session, place = past.dated[0], places_of(past)[0]
    Session.objects.filter(pk=past.dated[4].pk).update(state="cancelled")
    cancel_place(place=places_of(past)[2], by=log_in(Client()))
    changes = {
        Cell(other.dated[0].pk, place.pk): PRESENT,
        Cell(session.pk, places_of(other)[0].pk): PRESENT,
        Cell(past.dated[4].pk, place.pk): PRESENT,
        Cell(session.pk, places_of(past)[2].pk): PRESENT,
        Cell(session.pk, place.pk): "nonsense",
    }
    assert note_attendance(cohort=past, changes=changes, by=None) == 0
    assert not Attendance.objects.exists()


@pytest.mark.parametrize(
    "words", ["at-1", "at-1-x", "at--1-2", "at-1-2-3", "at-²-1", f"at-{'9' * 30}-1", "csrf", ""]
)
def test_what_is_no_cell_is_no_cell(words: str) -> None:
    assert read_name(words) is None


def test_hostile_fields_change_nothing(client: Client, past: Cohort) -> None:
    log_in(client)
    form = {"was": "x 1-2 1-2z \x00 -p 99999999999999999999999-1p", "at-1-1": "x" * 9999}
    answer = client.post(url("attendance", past.pk), form | {"go": "<b>", "p": "-1"})
    assert answer.status_code == 302
    assert client.get(f"{url('attendance', past.pk)}?session=x&p=zzz").status_code == 200
    assert not Attendance.objects.exists()


def test_saving_leads_to_the_session_asked_for(client: Client, past: Cohort) -> None:
    log_in(client)
    session = past.dated[3]
    answer = client.post(url("attendance", past.pk), form_of(client, past) | {"go": session.pk})
    page = client.get(answer["Location"])
    assert page.context["grid"].current == session.pk


def test_the_last_session_that_began_is_the_one_to_note(client: Client, past: Cohort) -> None:
    log_in(client)
    begun = [each for each in past.dated if each.starts_at <= timezone.now()]
    assert client.get(url("attendance", past.pk)).context["grid"].current == begun[-1].pk


def test_the_grid_costs_the_same_for_many(client: Client, past: Cohort) -> None:
    log_in(client)
    few = queries_of(client, url("attendance", past.pk))
    for number in range(5):
        place = places_of(past)[0]
        place.pk, place.email, place.token = None, f"{number}@x.example", f"token-{number}"
        place.save()
        note(past.dated[number], place)
    assert queries_of(client, url("attendance", past.pk)) == few


def test_no_names_of_others_are_shown_to_staff_of_other_things(
    client: Client, past: Cohort
) -> None:
    log_in_wrong(client)
    session, place = past.dated[0], places_of(past)[0]
    page = client.get(url("attendance", past.pk), follow=True)
    assert place.name not in page.content.decode()
    client.post(url("attendance", past.pk), {name(session, place): PRESENT})
    assert not Attendance.objects.exists()


def test_an_empty_cohort_says_so(client: Client, cohort: Cohort) -> None:
    log_in(client)
    assert "Nobody has a place" in client.get(url("attendance", cohort.pk)).content.decode()
    assert client.get(url("attendance", 99999)).status_code == 404


def test_only_changed_cells_are_read_from_a_form() -> None:
    from django.http import QueryDict

    posted = QueryDict("was=1-1p 1-2a&at-1-1=present&at-1-2=present&at-1-3=&at-2-1=excused")
    assert changes_in(posted) == {Cell(1, 2): "present", Cell(2, 1): "excused"}
