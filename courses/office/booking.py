"""One booking: its people, its price, its invoice and what was credited."""

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from courses.enums import BookingState, InvoiceState
from courses.models import Booking
from courses.money import money_words
from courses.office.forms import CreditForm, MemberForm, OfficeForm, PriceForm, SentForm
from courses.office.frame import office_page
from courses.services import NothingToChange, RegistrationRefused
from courses.services.errors import CreditTooHigh
from courses.services.invoices import (
    CREDITABLE,
    NOT_SENT,
    add_credit,
    check_membership,
    correct_price,
    credited,
    set_invoice_state,
)

FORMS: dict[str, type[OfficeForm]] = {
    "sent": SentForm,
    "paid": OfficeForm,
    "credit": CreditForm,
    "price": PriceForm,
    "member": MemberForm,
}


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("courses.change_booking")
def booking(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(
        Booking.objects.select_related("organisation", "cohort__version"), pk=pk
    )
    forms = {name: form(prefix=name) for name, form in FORMS.items()}
    verb = request.POST.get("verb", "")
    if request.method == "POST" and verb in FORMS:
        forms[verb] = FORMS[verb](request.POST, prefix=verb)
        if forms[verb].is_valid() and change(request, found, verb, forms[verb]):
            return redirect("courses_office:booking", pk)
        found.refresh_from_db()
    return show(request, found, forms)


def change(request: HttpRequest, found: Booking, verb: str, form: OfficeForm) -> bool:
    """False: it was refused, and the form says why."""
    try:
        with transaction.atomic():
            words = carry_out(found, verb, form.cleaned_data, by=request.user)
    except CreditTooHigh as error:
        left = money_words(error.left, found.currency)
        form.add_error("amount", f"At most {left} can still be credited.")
        return False
    except NothingToChange:
        form.add_error(None, "Not possible, or done already. Look at the booking as it is now.")
        return False
    except RegistrationRefused as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, words)
    return True


def carry_out(found: Booking, verb: str, typed: dict[str, Any], *, by: Any) -> str:
    if verb == "sent":
        state = InvoiceState.SENT
        set_invoice_state(booking=found, state=state, number=typed["number"], by=by)
        return "The invoice is marked as sent."
    if verb == "paid":
        set_invoice_state(booking=found, state=InvoiceState.PAID, by=by)
        return "The invoice is marked as paid."
    if verb == "credit":
        add_credit(booking=found, by=by, **typed)
        return "The credit note is made. No mail goes out: send it with your accounts."
    if verb == "price":
        correct_price(booking=found, amount=typed["amount"], by=by)
        return "The price is corrected, and the booker gets a mail."
    if check_membership(booking=found, is_member=typed["is_member"], by=by):
        return "Noted. The price has changed, and the booker gets a mail."
    return "Noted. The price of this booking stays as it is."


def show(request: HttpRequest, found: Booking, forms: dict[str, Any]) -> HttpResponse:
    back, can = credited(found), possible(found)
    hidden = [
        str(error) for name in FORMS if not can[name] for error in forms[name].non_field_errors()
    ]
    return office_page(
        request,
        "booking",
        title=f"Booking {found.reference}",
        icon="doc-full",
        crumbs=((reverse("courses_office:invoices"), "Invoices"),),
        status=422 if any(form.errors for form in forms.values()) else 200,
        booking=found,
        people=found.places.select_related("cohort"),
        credits=found.credits.select_related("made_by"),
        credited=money_words(back, found.currency) if back else "",
        left=money_words(found.amount - back, found.currency),
        can=can,
        problem=" ".join(hidden),
        dues_words=dues_words(found),
        **forms,
    )


def possible(found: Booking) -> dict[str, bool]:
    """Which forms have something to do."""
    is_booked = found.state == BookingState.BOOKED
    return {
        "sent": found.invoice_state == InvoiceState.REQUESTED,
        "paid": found.invoice_state == InvoiceState.SENT,
        "credit": found.invoice_state in CREDITABLE,
        "price": is_booked and found.invoice_state in NOT_SENT,
        "member": is_booked,
    }


def dues_words(found: Booking) -> dict[str, str]:
    """What the answer to the question of dues would make of the price."""
    stays = found.invoice_state not in NOT_SENT
    return {
        name: outcome_words(found, found.cohort.price.due_from(is_member=is_member), stays)
        for name, is_member in (("yes", True), ("no", False))
    }


def outcome_words(found: Booking, due: Decimal, stays: bool) -> str:
    if due == found.amount:
        return "the price stays as it is"
    if stays:
        return "the invoice is out, so the price stays; make a credit note if money goes back"
    words = money_words(due, found.currency).lower()
    return f"the price becomes {words}, and the booker gets a mail"
