from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from courses.models import Booking, Cohort, Place, Session
from courses.services import cancel_place
from courses.services.timetable import call_off_cohort
from tests.courses.factories import make_cohort, make_registration


def test_private_pages_are_kept_by_nobody(client: Client, booking: Booking, place: Place) -> None:
    for url in (booking.url, place.url, f"{place.url}calendar.ics"):
        answer = client.get(url)
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"]
        assert "noindex" in answer["X-Robots-Tag"]
        assert answer["Referrer-Policy"] == "same-origin"


def test_a_person_sees_only_themselves(client: Client, place: Place) -> None:
    page = client.get(place.url).content.decode()
    assert "one@school.example" in page
    assert "two@school.example" not in page
    assert "office@school.example" not in page


@pytest.mark.parametrize(
    ("hours", "shown"), [(25, False), (23, True), (0.5, True), (-1, True), (-3, False)]
)
def test_a_joining_link_is_shown_from_a_day_before_until_the_end(
    client: Client, place: Place, hours: float, shown: bool
) -> None:
    session = Session.objects.filter(cohort=place.cohort).earliest("starts_at")
    session.starts_at = timezone.now() + timedelta(hours=hours)
    session.ends_at = session.starts_at + timedelta(hours=2)
    session.save()
    page = client.get(place.url).content.decode()
    assert (session.joining_link in page) == shown
    assert page.count("zoom.example") == int(shown)


def test_a_booker_who_does_not_attend_sees_no_joining_link(
    client: Client, booking: Booking
) -> None:
    session = Session.objects.filter(cohort=booking.cohort).earliest("starts_at")
    session.starts_at = timezone.now() + timedelta(hours=2)
    session.ends_at = session.starts_at + timedelta(hours=2)
    session.save()
    assert "zoom.example" not in client.get(booking.url).content.decode()


def test_the_calendar_file_agrees_with_the_page_and_holds_no_secret(
    client: Client, place: Place
) -> None:
    answer = client.get(f"{place.url}calendar.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    text = answer.content.decode()
    events = Calendar.from_ical(text).walk("VEVENT")
    sessions = place.cohort.dated
    assert [event["DTSTART"].dt for event in events] == [each.starts_at for each in sessions]
    assert [str(event["UID"]) for event in events] == [str(each.uid) for each in sessions]
    assert "zoom.example" not in text
    assert place.token not in text


@pytest.mark.parametrize("token", ["x", "0" * 43, "%00", "a" * 5000, "😀"])
def test_a_guessed_address_opens_nothing(client: Client, booking: Booking, token: str) -> None:
    assert client.get(f"/training/booking/{token}/").status_code in (400, 404)
    assert client.get(f"/training/booking/{token}/calendar.ics").status_code in (400, 404)


def test_a_place_that_was_given_up_says_so_and_names_nobody(client: Client, place: Place) -> None:
    cancel_place(place=place)
    page = client.get(place.url)
    assert "Your place is cancelled" in page.content.decode()
    assert place.email not in page.content.decode()
    assert client.get(f"{place.url}calendar.ics").status_code == 404


def test_a_private_page_takes_no_orders(client: Client, booking: Booking) -> None:
    assert client.post(booking.url).status_code == 405


def test_a_booking_outlives_its_public_page(client: Client, booking: Booking) -> None:
    booking.cohort.programme.unpublish()
    page = client.get(booking.url)
    assert page.status_code == 200
    assert b">The programme" not in page.content


def test_a_session_that_is_over_says_so(client: Client, cohort: Cohort) -> None:
    running = make_cohort(cohort.programme)
    place = make_registration(running, "three@school.example").booking.places.get()
    Session.objects.filter(cohort=running).update(
        starts_at=timezone.now() - timedelta(days=1),
        ends_at=timezone.now() - timedelta(hours=20),
    )
    assert client.get(place.url).content.decode().split().count("Over") == 5


@pytest.mark.parametrize(
    ("invoices", "said", "unsaid"),
    [
        (["requested"], "There is nothing to pay.", "£500"),
        (["sent"], "We will write to you about the invoice.", "There is nothing to pay."),
        (["sent", "credited"], "There is nothing to pay.", "We will write"),
    ],
)
def test_a_booking_that_nobody_has_a_place_on_says_what_is_to_pay_and_what_is_open(
    client: Client, booking: Booking, invoices: list[str], said: str, unsaid: str
) -> None:
    other = make_cohort(booking.cohort.programme, term="Another term")
    for invoice in invoices:
        Booking.objects.filter(pk=booking.pk).update(invoice_state=invoice)
    call_off_cohort(cohort=booking.cohort, by=None)
    page = client.get(booking.url).content.decode()
    main = page[page.index("<h1") : page.index('id="others"')]
    assert said in main
    assert unsaid not in main
    assert other.register_url in page
