"""What a hostile outsider, a hurried one and a curious colleague tried on registration."""

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from courses.models import (
    Booking,
    Certificate,
    Cohort,
    Organisation,
    OutboxMessage,
    Place,
    ProgrammePage,
)
from courses.models.programmes import TAKEN_SLUGS
from courses.services import (
    Attendee,
    NothingToChange,
    TooLate,
    cancel_place,
    join_waiting_list,
    move_place,
    send_due,
    swap_person,
)
from courses.services.attendance import Cell, note_attendance
from courses.services.certificates import issue_for
from courses.urls import urlpatterns
from tests.courses.changing import form
from tests.courses.factories import (
    make_cohort,
    make_registration,
    registration_form,
)

VICTIM = "victim@school.example"


# Mails to strangers ------------------------------------------------------------------------------


@pytest.mark.parametrize("instead", [{}, {"join_list": "1"}])
def test_whoever_is_named_by_others_is_not_written_to_without_end(
    client: Client, cohort: Cohort, instead: dict[str, str]
) -> None:
    """With another booker each time: everybody who would get a mail is counted."""
    Cohort.objects.filter(pk=cohort.pk).update(capacity=None)
    if instead:
        Cohort.objects.filter(pk=cohort.pk).update(capacity=0)
    for number in range(12):
        booker = {"booker_email": f"{number}@evil.example", "person_1_email": VICTIM}
        others = {"person_2_email": f"other-{number}@school.example"}
        answer = client.post(cohort.register_url, registration_form(**booker, **others) | instead)
    assert answer.status_code == 422
    assert OutboxMessage.objects.filter(to=VICTIM).count() <= 8


def test_a_booker_is_not_written_to_without_end_by_adding_and_cancelling(
    client: Client, cohort: Cohort
) -> None:
    booking = make_registration(cohort).booking
    for number in range(12):
        person = {"name": "Sample", "email": f"{number}@school.example"}
        form = {**registration_form(), **person}
        client.post(f"{booking.url}add/", form)
        for place in booking.places.filter(email=person["email"]):
            client.post(f"{booking.url}{place.pk}/cancel/", registration_form())
    changed = OutboxMessage.objects.filter(kind="booking_changed")
    assert 0 < changed.count() <= 8


# A form that was open for a while ----------------------------------------------------------------


def opened(client: Client, cohort: Cohort) -> dict[str, str]:
    """The page's own word for what it showed that it costs."""
    page = client.get(cohort.register_url).content.decode()
    return {"terms": page.split('name="terms" value="')[1].split('"')[0]}


def test_nobody_books_at_a_price_that_their_page_did_not_show(
    client: Client, cohort: Cohort
) -> None:
    form = registration_form(**opened(client, cohort))
    cohort.price.amount = Decimal("900.00")
    cohort.price.save()
    answer = client.post(cohort.register_url, form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "now £900 for the organisation, two people included. Nothing is booked" in page
    assert not Booking.objects.exists()
    shown = page.split('name="terms" value="')[1].split('"')[0]
    assert client.post(cohort.register_url, {**form, "terms": shown}).status_code == 302
    assert Booking.objects.get().amount == Decimal("900.00")


def test_the_same_price_books_however_long_the_page_was_open(
    client: Client, cohort: Cohort
) -> None:
    form = registration_form(**opened(client, cohort))
    assert client.post(cohort.register_url, form).status_code == 302


def test_nobody_whom_a_price_covered_before_is_left_out_without_a_word(
    client: Client, cohort: Cohort
) -> None:
    form = registration_form(person_3="Sample third", person_3_email="third@school.example")
    answer = client.post(cohort.register_url, form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "That is too many: a booking covers two people" in page
    assert 'value="Sample third"' in page
    assert not Booking.objects.exists()


def test_five_hundred_people_are_too_many(client: Client, cohort: Cohort) -> None:
    people = {f"person_{number}": f"Person {number}" for number in range(1, 501)}
    mails = {f"person_{number}_email": f"{number}@school.example" for number in range(1, 501)}
    answer = client.post(cohort.register_url, registration_form(**people, **mails))
    assert answer.status_code == 422
    assert not Booking.objects.exists()


# Letters that grow -------------------------------------------------------------------------------

GROWING = {
    "postcode": "\u0390" * 12,  # three letters each in capitals
    "booker_email": "a@" + ".".join(["\u0130" * 50] * 4) + ".com",  # two each in small letters
    "person_1_email": "\u0130" * 200 + "@school.example",
    "organisation": "\ufb03" * 160,  # three each when case is folded
}


@pytest.mark.parametrize("field", GROWING)
def test_letters_that_grow_fit_their_columns_or_are_refused(
    client: Client, cohort: Cohort, field: str
) -> None:
    """SQLite would take them; PostgreSQL would answer with a fault of the site."""
    answer = client.post(cohort.register_url, registration_form(**{field: GROWING[field]}))
    assert answer.status_code == (302 if field == "organisation" else 422)
    for row in [*Organisation.objects.all(), *Booking.objects.all(), *Place.objects.all()]:
        for column in row._meta.concrete_fields:
            longest = column.max_length
            assert not longest or len(str(getattr(row, column.attname))) <= longest, column


@pytest.mark.parametrize("typed", ["\u017fam@school.example", "\u0131@school.example"])
def test_no_letter_that_only_looks_latin_stands_before_the_at(
    client: Client, cohort: Cohort, typed: str
) -> None:
    answer = client.post(cohort.register_url, registration_form(person_1_email=typed))
    assert "Person 1: this is not a full e-mail address" in answer.content.decode()


def test_an_address_that_was_copied_with_signs_nobody_sees_is_understood(
    client: Client, cohort: Cohort
) -> None:
    typed = "\u200bTeacher@school.example\u200b\u00a0"
    answer = client.post(cohort.register_url, registration_form(person_1_email=typed))
    assert answer.status_code == 302
    assert Place.objects.filter(email="teacher@school.example").exists()


# The office --------------------------------------------------------------------------------------


def test_an_organisation_cannot_take_the_name_of_another(organiser: Client, cohort: Cohort) -> None:
    make_registration(cohort)
    mine = Organisation.objects.get()
    other = Organisation.objects.create(name="Sample primary", postcode="LS1 1AA")
    url = f"/admin/training/organisations/edit/{other.pk}/"
    typed = {"name": mine.name.upper(), "postcode": mine.postcode.lower(), "urn": ""}
    answer = organiser.post(url, typed)
    assert "There is another organisation of this name and postcode" in answer.content.decode()
    answer = organiser.post(url, {**typed, "name": "Sample primary, Leeds"})
    assert answer.status_code == 302
    other.refresh_from_db()
    assert (other.name, other.postcode) == ("Sample primary, Leeds", "BD1 1AA")


@pytest.mark.parametrize("field", ["name", "postcode"])
def test_nothing_that_can_be_seen_is_no_name(organiser: Client, db: None, field: str) -> None:
    found = Organisation.objects.create(name="Sample primary", postcode="LS1 1AA")
    typed = {"name": "Sample primary", "postcode": "LS1 1AA", "urn": "", field: "\u202e"}
    answer = organiser.post(f"/admin/training/organisations/edit/{found.pk}/", typed)
    assert "Give a name and a postcode" in answer.content.decode()


@pytest.mark.parametrize("verb", ["correct", "swap"])
def test_a_place_keeps_a_name_and_an_address_that_fits(
    organiser: Client, cohort: Cohort, verb: str
) -> None:
    place = make_registration(cohort).booking.places.get()
    url = f"/admin/training/office/places/{place.pk}/"
    for name, email in (("\u202e", "a@school.example"), ("Sample", "\u0130" * 200 + "@a.example")):
        typed = {"verb": verb, f"{verb}-name": name, f"{verb}-email": email}
        assert organiser.post(url, typed).status_code == 422
    place.refresh_from_db()
    assert (place.name, place.email) == ("Person 1", "one@school.example")


@pytest.mark.parametrize("number", ["9223372036854775808", "9" * 40, "-1", "x"])
def test_a_filter_by_a_number_that_no_database_holds_finds_nobody(
    organiser: Client, cohort: Cohort, number: str
) -> None:
    make_registration(cohort)
    answer = organiser.get(f"/admin/training/office/{cohort.pk}/roster/?organisation={number}")
    assert answer.status_code == 200
    assert "Person 1" not in answer.content.decode()


def waits(cohort: Cohort) -> None:
    Cohort.objects.filter(pk=cohort.pk).update(capacity=0)
    person = Attendee("Sample", "waits@school.example")
    join_waiting_list(cohort_id=cohort.pk, person=person, consent_version="2026-11")


@pytest.mark.parametrize("somebody", [make_registration, waits])
def test_a_cohort_that_people_know_of_cannot_be_deleted(
    organiser: Client, cohort: Cohort, somebody: Any
) -> None:
    somebody(cohort)
    url = f"/admin/training/cohorts/delete/{cohort.pk}/"
    for answer in (organiser.get(url, follow=True), organiser.post(url, follow=True)):
        assert "so it cannot be deleted. Call it off instead" in answer.content.decode()
    assert Cohort.objects.filter(pk=cohort.pk).exists()


def test_a_cohort_that_nobody_knows_of_can_be_deleted(organiser: Client, cohort: Cohort) -> None:
    assert organiser.post(f"/admin/training/cohorts/delete/{cohort.pk}/").status_code == 302
    assert not Cohort.objects.filter(pk=cohort.pk).exists()


@pytest.mark.parametrize(
    ("how", "above"),
    [
        ("pages/{}/delete/", False),
        ("pages/{}/delete/", True),
        ("bulk/wagtailcore/page/delete/?id={}", True),
    ],
)
def test_no_programme_with_cohorts_goes_with_its_page_or_the_page_above(
    admin_client: Client, cohort: Cohort, how: str, above: bool
) -> None:
    page = cohort.programme.get_parent() if above else cohort.programme
    answer = admin_client.post(f"/admin/{how.format(page.pk)}", follow=True)
    assert f"Nothing was deleted: “{cohort.programme.title}”" in answer.content.decode()
    assert ProgrammePage.objects.filter(pk=cohort.programme_id).exists()


def test_a_programme_without_cohorts_can_be_deleted(
    admin_client: Client, programme: ProgrammePage
) -> None:
    admin_client.post(f"/admin/pages/{programme.pk}/delete/")
    assert not ProgrammePage.objects.exists()


# Whose it is -------------------------------------------------------------------------------------


@pytest.fixture
def attended(programme: ProgrammePage) -> Place:
    """One person came to the first of three sessions, and two are to come."""
    now = timezone.now()
    cohort = make_cohort(programme, weeks=3)
    place = make_registration(cohort).booking.places.get()
    for number, session in enumerate(cohort.dated):
        session.starts_at = now + timedelta(days=7 * number - 3)
        session.ends_at = session.starts_at + timedelta(hours=2)
        session.save()
    came = {Cell(cohort.dated[0].pk, place.pk): "present"}
    assert note_attendance(cohort=cohort, changes=came, by=None) == 1
    return place


def certified(cohort: Cohort) -> list[tuple[str, int]]:
    """Names and sessions, once the last session has ended."""
    issue_for(cohort=cohort, now=timezone.now() + timedelta(days=60))
    return [(each.name, len(each.sessions)) for each in Certificate.objects.order_by("pk")]


def test_nobody_is_certified_what_the_person_before_attended(attended: Place) -> None:
    cohort = attended.cohort
    swap_person(place=attended, person=Attendee("Sample next", "next@school.example"))
    assert certified(cohort) == []
    came = {Cell(cohort.dated[1].pk, attended.pk): "present"}
    later = timezone.now() + timedelta(days=30)
    note_attendance(cohort=cohort, changes=came, by=None, now=later)
    assert certified(cohort) == [("Sample next", 1)]
    earlier = Place.objects.get(email="one@school.example")
    assert (earlier.state, earlier.attendance.count()) == ("cancelled", 1)


@pytest.mark.parametrize(
    "person",
    [
        Attendee("Person One", "one@school.example"),
        Attendee("Person 1", "person.one@school.example"),
    ],
)
def test_a_name_or_an_address_put_right_keeps_what_was_attended(
    attended: Place, person: Attendee
) -> None:
    swap_person(place=attended, person=person)
    assert certified(attended.cohort) == [(person.name, 1)]


def test_a_place_that_was_certified_goes_to_nobody_else(attended: Place) -> None:
    assert certified(attended.cohort) == [("Person 1", 1)]
    with pytest.raises(TooLate):
        swap_person(place=attended, person=Attendee("Next", "next@school.example"), by=None)


def test_a_name_changed_twice_at_once_sends_one_link_that_opens(
    client: Client, cohort: Cohort
) -> None:
    """Both of a double click have read the place before either changed it."""
    place = make_registration(cohort).booking.places.get()
    first, second = Place.objects.get(pk=place.pk), Place.objects.get(pk=place.pk)
    person = Attendee("Sample next", "next@school.example")
    swap_person(place=first, person=person)
    with pytest.raises(NothingToChange):
        swap_person(place=second, person=person)
    place.refresh_from_db()
    send_due()
    mail = OutboxMessage.objects.get(to="next@school.example")
    assert place.url in mail.text


@pytest.mark.parametrize("verb", ["cancel", "swap", "move"])
def test_a_link_that_was_read_before_the_place_went_to_a_colleague_changes_nothing(
    cohort: Cohort, verb: str
) -> None:
    """Both have pressed in the same moment; the first is through when the second begins."""
    place, other = make_registration(cohort).booking.places.get(), make_cohort(cohort.programme)
    read = Place.objects.get(pk=place.pk)
    swap_person(place=place, person=Attendee("Colleague", "new@school.example"), link=place.token)
    verbs: dict[str, Callable[[], object]] = {
        "cancel": lambda: cancel_place(place=read, link=read.token),
        "swap": lambda: swap_person(
            place=read, person=Attendee("B", "b@x.example"), link=read.token
        ),
        "move": lambda: move_place(place=read, to_cohort_id=other.pk, link=read.token),
    }
    with pytest.raises(NothingToChange):
        verbs[verb]()
    place.refresh_from_db()
    assert (place.email, place.state, place.cohort) == ("new@school.example", "booked", cohort)


def test_a_bookers_page_from_before_a_change_asks_again(client: Client, cohort: Cohort) -> None:
    """The page names one person; by the time the button is pressed another has the place."""
    place = make_registration(cohort).booking.places.get()
    url = reverse("courses:cancel", args=[place.booking.token, place.pk])
    shown = re.findall(r'name="seen" value="(\w+)"', client.get(url).content.decode())
    swap_person(place=place, person=Attendee("Colleague", "new@school.example"), link=place.token)
    answer = client.post(url, {**form(), "seen": shown[0]})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "The place has changed meanwhile" in page
    assert "Cancel the place of Colleague" in page
    place.refresh_from_db()
    assert place.state == "booked"
    now_shown = re.findall(r'name="seen" value="(\w+)"', page)
    assert client.post(url, {**form(), "seen": now_shown[0]}).status_code == 302


# Addresses ---------------------------------------------------------------------------------------


def test_no_programme_can_hide_a_page_of_registration(programme: ProgrammePage) -> None:
    routes = [str(each.pattern) for each in urlpatterns]
    first: set[Any] = {route.removeprefix("training/").split("/")[0] for route in routes}
    assert first == set(TAKEN_SLUGS)
