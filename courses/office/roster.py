"""The roster of a cohort: who has a place, through whom, and whether the mail arrived."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages
from wagtail.admin.auth import permission_required
from wagtail.log_actions import log

from courses.enums import MessageKind, PlaceState
from courses.models import Cohort, OutboxMessage, Place, WaitingEntry
from courses.office.columns import fill
from courses.services import resend as send_again
from courses.text import csv_cell

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
    "Says it pays dues",
    "Purchase order",
    "Booked on",
    "Mail",
)


@dataclass(frozen=True, slots=True)
class RosterRow:
    """A place with the newest mail to its person, and to who booked it."""

    place: Place
    mail: OutboxMessage | None
    booking_mail: OutboxMessage | None


def roster_rows(cohort: Cohort) -> list[RosterRow]:
    """Two queries, however many people come; the words of the mails stay in the database."""
    mails = OutboxMessage.objects.filter(cohort=cohort).order_by("pk")
    mails = mails.only("kind", "to", "state", "last_error", "place_id", "booking_id")
    to_person = {mail.place_id: mail for mail in mails}
    to_booker = {mail.booking_id: mail for mail in mails if mail.kind == MessageKind.BOOKING}
    places = Place.objects.filter(cohort=cohort).select_related("booking__organisation")
    return [
        RosterRow(place, to_person.get(place.pk), to_booker.get(place.booking_id))
        for place in places
    ]


@require_safe
@permission_required("courses.view_place")
def roster(request: HttpRequest, pk: int) -> HttpResponse:
    cohort = get_object_or_404(Cohort.objects.for_page().select_related("programme"), pk=pk)
    context: dict[str, Any] = {
        "cohort": cohort,
        "state": cohort.state(timezone.now()).label,
        "fill": fill(cohort),
        "rows": roster_rows(cohort),
        "waiting": WaitingEntry.objects.filter(cohort=cohort),
        "header_title": f"Roster: {cohort.dated_title}",
        "page_title": "Roster",
        "header_icon": "group",
        "breadcrumbs_items": crumbs(cohort),
    }
    return render(request, "courses/office/roster.html", context)


def crumbs(cohort: Cohort) -> list[dict[str, str]]:
    return [
        {"url": reverse("wagtailadmin_home"), "label": "Home"},
        {"url": reverse("cohorts:index"), "label": "Cohorts"},
        {"url": "", "label": f"Roster: {cohort.dated_title}"},
    ]


@require_safe
@permission_required("courses.view_place")
def roster_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """The roster as a file; the export is written into the cohort's history."""
    cohort = get_object_or_404(Cohort, pk=pk)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{cohort.slug}.csv"'
    response["Cache-Control"] = "no-store, private"
    response.write("\ufeff")  # so that spreadsheets read the file as UTF-8
    writer = csv.writer(response)
    writer.writerow(HEADINGS)
    for row in csv_rows(cohort):
        writer.writerow([csv_cell(value) for value in row])
    log(instance=cohort, action="courses.export", user=request.user)
    return response


def csv_rows(cohort: Cohort) -> Iterator[tuple[object, ...]]:
    for row in roster_rows(cohort):
        place, booking, mail = row.place, row.place.booking, row.mail
        yield (
            place.name,
            place.email,
            PlaceState(place.state).label,
            booking.organisation.name,
            booking.organisation.postcode,
            booking.organisation.urn,
            booking.booker_name,
            booking.booker_email,
            booking.reference,
            f"{booking.amount} {booking.currency}",
            "yes" if booking.claims_membership else "no",
            booking.purchase_order,
            f"{timezone.localtime(booking.created_at):%Y-%m-%d %H:%M}",
            mail.get_state_display() if mail else "",
        )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("courses.change_outboxmessage")
def resend(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then send a mail again."""
    message = get_object_or_404(OutboxMessage, pk=pk)
    if request.method == "POST":
        send_again(message=message)
        messages.success(request, "The mail is on its way again.")
        if message.cohort_id:
            return redirect("courses_office:roster", message.cohort_id)
        return redirect("outbox:index")
    context = {
        "message": message,
        "header_title": "Send a mail again",
        "page_title": "Send a mail again",
        "header_icon": "mail",
    }
    return render(request, "courses/office/resend.html", context)
