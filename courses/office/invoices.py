"""Invoices of all cohorts: what is to be invoiced, what was sent, what came back."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import DecimalField, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_GET, require_safe
from wagtail.admin.auth import permission_required

from courses.enums import InvoiceState
from courses.models import Booking, Cohort, CreditNote
from courses.money import NOTHING, money_words
from courses.office.exports import CHUNK, yes_no
from courses.office.frame import office_page
from courses.office.roster import page_number, without_page
from courses.office.sheets import Sheet, SheetFormat, sheet_response
from courses.services.history import note

STATES = [
    (InvoiceState.REQUESTED.value, "To be invoiced"),
    (InvoiceState.SENT.value, "Invoice sent, not paid"),
    (InvoiceState.PAID.value, "Paid"),
    (InvoiceState.CREDITED.value, "Credited in full"),
    ("dues", "Says it pays dues, not checked"),
    ("all", "All bookings"),
]
SEARCHED = (
    "reference",
    "invoice_number",
    "purchase_order",
    "organisation__name",
    "organisation__postcode",
    "booker_name",
    "booker_email",
)
HEADINGS = (
    "Reference",
    "Organisation",
    "Postcode",
    "URN",
    "Booked by",
    "E-mail",
    "Purchase order",
    "Price",
    "Credited",
    "Currency",
    "Invoice",
    "Invoice number",
    "Says it pays dues",
    "Pays dues, checked",
    "Booking",
    "Programme",
    "Cohort",
    "Booked on",
)
A_PAGE = 50


class CohortChoice(forms.ModelChoiceField):
    """By programme and first day: several cohorts may share a term."""

    def label_from_instance(self, cohort: Cohort) -> str:
        return cohort.full_title


class InvoiceFilter(forms.Form):
    q = forms.CharField(label="Search", required=False, max_length=200)
    state = forms.ChoiceField(label="Invoice", choices=STATES, required=False)
    cohort = CohortChoice(
        queryset=Cohort.objects.select_related("version").with_sessions(),
        required=False,
        empty_label="All cohorts",
    )

    def __init__(self, data: Any) -> None:
        asked = {**data.dict(), "state": data.get("state") or InvoiceState.REQUESTED.value}
        super().__init__(asked, label_suffix="")
        self.fields["q"].widget.attrs["placeholder"] = "Organisation, reference, number"

    def bookings(self) -> QuerySet[Booking]:
        rows = Booking.objects.select_related(
            "organisation", "cohort__version", "cohort__programme"
        ).annotate(credited=credited_sum())
        if not self.is_valid():
            return rows.none()
        wanted = self.cleaned_data
        rows = rows.filter(by_state(wanted["state"]))
        if wanted["cohort"]:
            rows = rows.filter(cohort=wanted["cohort"])
        for word in wanted["q"].split():
            found = Q()
            for name in SEARCHED:
                found |= Q(**{f"{name}__icontains": word})
            rows = rows.filter(found)
        return rows.order_by("created_at", "pk")


def by_state(state: str) -> Q:
    if state == "all":
        return Q()
    if state == "dues":
        return Q(claims_membership=True, organisation__is_member=False, state="booked")
    return Q(invoice_state=state)


def credited_sum() -> Any:
    notes = CreditNote.objects.filter(booking=OuterRef("pk")).order_by().values("booking")
    money = DecimalField(max_digits=10, decimal_places=2)
    total = Subquery(notes.annotate(total=Sum("amount")).values("total"), output_field=money)
    return Coalesce(total, Value(NOTHING), output_field=money)


@require_safe
@permission_required("courses.view_booking")
def invoices(request: HttpRequest) -> HttpResponse:
    filters = InvoiceFilter(request.GET)
    bookings = filters.bookings()
    page = Paginator(bookings, A_PAGE).get_page(page_number(request))
    return office_page(
        request,
        "invoices",
        title="Invoices",
        icon="doc-full",
        filters=filters,
        page=page,
        rows=[(each, credited_words(each)) for each in page],
        totals=total_words(bookings),
        asked=without_page(request),
    )


def credited_words(booking: Any) -> str:
    return money_words(booking.credited, booking.currency) if booking.credited else ""


def total_words(bookings: QuerySet[Booking]) -> list[str]:
    """The sum of each currency, less what was credited."""
    sums = bookings.order_by().values_list("currency").annotate(total=Sum("amount"))
    given = CreditNote.objects.filter(booking__in=bookings.order_by().values("pk"))
    back = dict(given.order_by().values_list("booking__currency").annotate(total=Sum("amount")))
    return [money_words(total - back.get(currency, NOTHING), currency) for currency, total in sums]


@require_GET
@permission_required("courses.view_booking")
def invoices_sheet(request: HttpRequest, ending: str) -> HttpResponseBase:
    """What the filter finds. It stands in the history of each cohort that is in it."""
    filters, wanted = InvoiceFilter(request.GET), SheetFormat(ending)
    if not filters.is_valid():
        raise Http404
    bookings = filters.bookings()
    cohorts = Cohort.objects.filter(pk__in=bookings.order_by().values("cohort"))
    for cohort in cohorts:
        note("invoices_exported", cohort=cohort, by=request.user, format=wanted.label)
    name = f"invoices-{timezone.localdate():%Y-%m-%d}"
    return sheet_response(Sheet(name, HEADINGS, sheet_rows(bookings)), wanted)


def sheet_rows(bookings: QuerySet[Booking]) -> Iterator[tuple[object, ...]]:
    for booking in bookings.iterator(chunk_size=CHUNK):
        yield sheet_row(booking)


def sheet_row(booking: Any) -> tuple[object, ...]:
    organisation = booking.organisation
    return (
        booking.reference,
        organisation.name,
        organisation.postcode,
        organisation.urn,
        booking.booker_name,
        booking.booker_email,
        booking.purchase_order,
        booking.amount,
        booking.credited,
        booking.currency,
        booking.get_invoice_state_display(),
        booking.invoice_number,
        yes_no(booking.claims_membership),
        yes_no(organisation.is_member),
        booking.get_state_display(),
        booking.cohort.version.name,
        booking.cohort.title,
        booking.created_at,
    )
