"""The roster as a file. Each download stands in the cohort's history."""

from collections.abc import Iterator
from typing import Any

from django.db.models import OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_GET
from wagtail.admin.auth import permission_required

from courses.enums import InvoiceState, PlaceState
from courses.models import Place
from courses.office.frame import open_cohort
from courses.office.roster import Mail, newest_mail
from courses.office.roster_filter import RosterFilter
from courses.office.sheets import Sheet, SheetFormat, sheet_response
from courses.services.history import note

HEADINGS = (
    "Name",
    "E-mail",
    "State",
    "Organisation",
    "Postcode",
    "URN",
    "Booked by",
    "Booker’s e-mail",
    "Reference",
    "Price",
    "Currency",
    "Says it pays dues",
    "Pays dues, checked",
    "Purchase order",
    "Invoice",
    "Invoice number",
    "Booked on",
    "Mail",
)
CHUNK = 500


@require_GET
@permission_required("courses.view_place")
def roster_sheet(request: HttpRequest, pk: int, ending: str) -> HttpResponseBase:
    """Who the filter in the address finds, in its order."""
    cohort, filters = open_cohort(pk), RosterFilter(request.GET)
    if not filters.is_valid():
        raise Http404
    places = filters.places(cohort)
    wanted = SheetFormat(ending)
    people = {"people": places.count(), "filtered": filters.is_used}
    note("export", cohort=cohort, by=request.user, format=wanted.label, **people)
    return sheet_response(Sheet(cohort.slug, HEADINGS, sheet_rows(places)), wanted)


def sheet_rows(places: QuerySet[Place]) -> Iterator[tuple[object, ...]]:
    with_mail = places.annotate(person_mail=newest_mail(place=OuterRef("pk")))
    for place in with_mail.iterator(chunk_size=CHUNK):
        yield sheet_row(place)


def sheet_row(place: Any) -> tuple[object, ...]:
    booking, organisation = place.booking, place.booking.organisation
    return (
        place.name,
        place.email,
        PlaceState(place.state).label,
        organisation.name,
        organisation.postcode,
        organisation.urn,
        booking.booker_name,
        booking.booker_email,
        booking.reference,
        booking.amount,
        booking.currency,
        yes_no(booking.claims_membership),
        yes_no(organisation.is_member),
        booking.purchase_order,
        InvoiceState(booking.invoice_state).label,
        booking.invoice_number,
        booking.created_at,
        Mail(**place.person_mail).words if place.person_mail else "",
    )


def yes_no(value: bool) -> str:
    return "yes" if value else "no"
