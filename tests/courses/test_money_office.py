"""Invoices on the organisers' side: found, marked, credited, corrected."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from courses.enums import InvoiceState
from courses.models import Booking, Cohort, CreditNote
from courses.services import OrganisationDetails
from courses.services.invoices import add_credit, set_invoice_state
from tests.courses.factories import (
    make_cohort,
    make_registration,
)
from tests.courses.many import fill_with_people


@pytest.fixture
def booking(cohort: Cohort) -> Booking:
    return make_registration(cohort).booking


def listed(client: Client, asked: str = "") -> str:
    return client.get(f"{reverse('courses_office:invoices')}?{asked}").content.decode()


def send(client: Client, booking: Booking, verb: str, **fields: Any) -> Any:
    typed = {f"{verb}-{name}": value for name, value in fields.items()}
    url = reverse("courses_office:booking", args=[booking.pk])
    return client.post(url, {"verb": verb, **typed}, follow=True)


def test_the_list_begins_with_what_is_to_be_invoiced(
    organiser: Client, cohort: Cohort, booking: Booking
) -> None:
    other = make_registration(make_cohort(cohort.programme, term="Later", slug="later"))
    set_invoice_state(booking=other.booking, state=InvoiceState.SENT, number="INV 7", by=None)
    page = listed(organiser)
    assert booking.reference in page
    assert other.booking.reference not in page
    assert other.booking.reference in listed(organiser, "state=sent")
    assert other.booking.reference in listed(organiser, "state=all&q=INV+7")
    assert booking.reference not in listed(organiser, f"state=all&cohort={other.booking.cohort_id}")
    assert "No booking is found" in listed(organiser, "state=odd")


def test_who_says_it_pays_dues_is_listed_until_somebody_has_checked(
    organiser: Client, cohort: Cohort
) -> None:
    details = OrganisationDetails("Claiming school", "BD1 1AA", claims_membership=True)
    booking = make_registration(cohort, organisation=details).booking
    assert booking.reference in listed(organiser, "state=dues")
    page = send(organiser, booking, "member", is_member="yes").content.decode()
    assert "The price of this booking stays as it is" in page
    assert booking.reference not in listed(organiser, "state=dues")


def test_the_list_says_what_is_open_in_all(organiser: Client, booking: Booking) -> None:
    set_invoice_state(booking=booking, state=InvoiceState.SENT, number="1", by=None)
    add_credit(booking=booking, amount=Decimal("120.50"), reason="Ill", by=None)
    page = listed(organiser, "state=sent")
    assert "£379.50" in page
    assert "£120.50 credited" in page


def test_the_list_costs_the_same_for_many(
    organiser: Client, cohort: Cohort, django_assert_max_num_queries: Any
) -> None:
    fill_with_people(cohort, 200)
    listed(organiser)
    with django_assert_max_num_queries(20):
        page = listed(organiser)
    assert "page=2" in page


def test_an_invoice_goes_its_way(organiser: Client, booking: Booking) -> None:
    assert "required" in send(organiser, booking, "sent", number="").content.decode()
    assert "marked as sent" in send(organiser, booking, "sent", number="INV 1").content.decode()
    assert "marked as paid" in send(organiser, booking, "paid").content.decode()
    page = send(organiser, booking, "credit", amount="600", reason="Too much").content.decode()
    assert "At most £500 can still be credited" in page
    assert "Too much" in page
    send(organiser, booking, "credit", amount="500", reason="All of it")
    booking.refresh_from_db()
    assert booking.invoice_state == InvoiceState.CREDITED
    assert CreditNote.objects.filter(made_by__username="organiser").count() == 1
    assert "Not possible" in send(organiser, booking, "paid").content.decode()


@pytest.mark.parametrize("amount", ["-1", "x", "0.001", "1e9", "", "NaN", "٣"])
def test_an_amount_that_is_none_is_refused(
    organiser: Client, booking: Booking, amount: str
) -> None:
    set_invoice_state(booking=booking, state=InvoiceState.SENT, number="1", by=None)
    answer = send(organiser, booking, "credit", amount=amount, reason="Odd")
    assert answer.status_code == (200 if amount == "٣" else 422)
    assert CreditNote.objects.count() == (amount == "٣")  # digits are digits in every script


def test_a_price_is_corrected_on_the_page(organiser: Client, booking: Booking) -> None:
    url = reverse("courses_office:booking", args=[booking.pk])
    assert "the price becomes nothing" in organiser.get(url).content.decode()
    send(organiser, booking, "price", amount="250")
    booking.refresh_from_db()
    assert booking.amount == 250
    send(organiser, booking, "member", is_member="yes")
    booking.refresh_from_db()
    assert booking.amount == 0
    set_invoice_state_of_another(booking)
    page = organiser.get(url).content.decode()
    assert "the invoice is out, so the price stays" in page


def set_invoice_state_of_another(booking: Booking) -> None:
    Booking.objects.filter(pk=booking.pk).update(invoice_state=InvoiceState.REQUESTED)
    Booking.objects.filter(pk=booking.pk).update(invoice_state=InvoiceState.SENT)


def test_a_download_of_invoices_stands_in_the_history_of_its_cohorts(
    organiser: Client, booking: Booking
) -> None:
    answer: Any = organiser.get(reverse("courses_office:invoices_sheet", args=["csv"]))
    assert booking.reference in b"".join(answer.streaming_content).decode()
    (entry,) = ModelLogEntry.objects.filter(action="courses.invoices_exported")
    assert entry.object_id == str(booking.cohort_id)
    odd = reverse("courses_office:invoices_sheet", args=["csv"])
    assert organiser.get(f"{odd}?state=odd").status_code == 404
