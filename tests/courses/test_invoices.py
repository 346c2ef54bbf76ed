"""Invoices, credit notes and corrected prices: no step twice, no penny too much."""

from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from wagtail.models import ModelLogEntry

from courses.enums import InvoiceState
from courses.models import Booking, Cohort, CreditNote, OutboxMessage
from courses.services import NothingToChange, OrganisationDetails, cancel_booking
from courses.services.errors import CreditTooHigh
from courses.services.invoices import (
    add_credit,
    check_membership,
    correct_price,
    credited,
    set_invoice_state,
)
from tests.courses.factories import make_organiser, make_registration


@pytest.fixture
def booking(cohort: Cohort) -> Booking:
    return make_registration(cohort).booking


@pytest.fixture
def by(cohort: Cohort) -> User:
    return make_organiser()


def sent(booking: Booking, by: User) -> Booking:
    set_invoice_state(booking=booking, state=InvoiceState.SENT, number="INV 1", by=by)
    return booking


def stored(booking: Booking) -> Booking:
    return Booking.objects.get(pk=booking.pk)


def actions() -> list[str]:
    entries = ModelLogEntry.objects.filter(action__startswith="courses.")
    return list(entries.order_by("pk").values_list("action", flat=True))


def test_an_invoice_is_sent_with_its_number_and_then_paid(booking: Booking, by: User) -> None:
    sent(booking, by)
    set_invoice_state(booking=booking, state=InvoiceState.PAID, by=by)
    assert stored(booking).invoice_state == InvoiceState.PAID
    assert stored(booking).invoice_number == "INV 1"
    assert actions() == ["courses.invoice_changed"] * 2


@pytest.mark.parametrize(
    "state", [InvoiceState.PAID, InvoiceState.NOTHING, InvoiceState.CREDITED, InvoiceState.SENT]
)
def test_no_other_step_is_taken_nor_one_without_a_number(
    booking: Booking, by: User, state: InvoiceState
) -> None:
    with pytest.raises(NothingToChange):
        set_invoice_state(booking=booking, state=state, by=by)
    assert stored(booking).invoice_state == InvoiceState.REQUESTED
    assert actions() == []


def test_credit_notes_never_exceed_the_price(booking: Booking, by: User) -> None:
    sent(booking, by)
    add_credit(booking=booking, amount=Decimal("300.00"), reason="One came", by=by)
    with pytest.raises(CreditTooHigh) as refused:
        add_credit(booking=booking, amount=Decimal("200.01"), reason="More", by=by)
    assert refused.value.left == Decimal("200.00")
    assert credited(booking) == Decimal("300.00")


@pytest.mark.parametrize("amount", ["0", "-1"])
def test_a_credit_note_gives_something_back(booking: Booking, by: User, amount: str) -> None:
    with pytest.raises(CreditTooHigh):
        add_credit(booking=sent(booking, by), amount=Decimal(amount), reason="Odd", by=by)
    assert not CreditNote.objects.exists()


def test_what_is_credited_wholly_is_at_its_end(booking: Booking, by: User) -> None:
    sent(booking, by)
    for amount in ("499.99", "0.01"):
        add_credit(booking=booking, amount=Decimal(amount), reason="Illness", by=by)
    assert stored(booking).invoice_state == InvoiceState.CREDITED
    with pytest.raises(NothingToChange):
        add_credit(booking=booking, amount=Decimal("0.01"), reason="Illness", by=by)


def test_nothing_is_credited_that_was_not_invoiced(booking: Booking, by: User) -> None:
    with pytest.raises(NothingToChange):
        add_credit(booking=booking, amount=Decimal("1.00"), reason="Early", by=by)


def test_a_price_is_corrected_and_its_booker_told(booking: Booking, by: User) -> None:
    correct_price(booking=booking, amount=Decimal("250.00"), by=by)
    assert stored(booking).amount == Decimal("250.00")
    mail = OutboxMessage.objects.get(kind="booking_changed")
    assert (mail.to, "£250" in mail.text) == ("office@school.example", True)
    (entry,) = ModelLogEntry.objects.filter(action="courses.price_corrected")
    assert (entry.data["before"], entry.data["after"]) == ("500.00", "250.00")


def test_a_price_of_nothing_needs_no_invoice_and_back(booking: Booking, by: User) -> None:
    correct_price(booking=booking, amount=Decimal("0.00"), by=by)
    assert stored(booking).invoice_state == InvoiceState.NOTHING
    correct_price(booking=booking, amount=Decimal("500.00"), by=by)
    assert stored(booking).invoice_state == InvoiceState.REQUESTED


def test_a_price_stays_once_its_invoice_is_out(booking: Booking, by: User) -> None:
    sent(booking, by)
    with pytest.raises(NothingToChange):
        correct_price(booking=booking, amount=Decimal("1.00"), by=by)
    assert stored(booking).amount == Decimal("500.00")


def test_a_cancelled_booking_gets_no_price(booking: Booking, by: User) -> None:
    cancel_booking(booking=booking, by=by)
    with pytest.raises(NothingToChange):
        correct_price(booking=booking, amount=Decimal("1.00"), by=by)


def test_who_pays_dues_pays_nothing_here(booking: Booking, by: User) -> None:
    assert check_membership(booking=booking, is_member=True, by=by)
    assert stored(booking).amount == 0
    assert stored(booking).organisation.is_member


def test_who_says_so_but_does_not_pays_after_all(cohort: Cohort, by: User) -> None:
    details = OrganisationDetails("Claiming school", "BD1 1AA", claims_membership=True)
    booking = make_registration(cohort, organisation=details).booking
    assert booking.amount == 0
    assert check_membership(booking=booking, is_member=False, by=by)
    assert stored(booking).amount == Decimal("500.00")
    assert stored(booking).invoice_state == InvoiceState.REQUESTED
    mail = OutboxMessage.objects.get(kind="booking_changed")
    assert "£500" in mail.text
    assert "pays dues" not in mail.text


def test_a_check_after_the_invoice_leaves_the_price_and_says_so(booking: Booking, by: User) -> None:
    sent(booking, by)
    assert not check_membership(booking=booking, is_member=True, by=by)
    assert stored(booking).amount == Decimal("500.00")
    assert stored(booking).organisation.is_member
