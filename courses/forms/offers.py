"""Taking the place that is kept for somebody from the waiting list."""

from typing import Any

from courses.consent import CURRENT
from courses.forms.orders import OrderForm
from courses.models import Booking, WaitingEntry
from courses.services import Attendee, Order


class OfferForm(OrderForm):
    """Who comes is known: only the organisation, its paying and the agreement are asked."""

    def __init__(self, entry: WaitingEntry, data: Any = None) -> None:
        super().__init__(entry.cohort.price, data)
        self.entry = entry
        known = {"organisation": entry.organisation, **booked_before(entry)}
        self.initial = {**self.initial, **known}

    def to_order(self) -> Order:
        person = Attendee(self.entry.name, self.entry.email)
        return Order(
            organisation=self.details,
            booker=person,
            people=(person,),
            purchase_order=self.cleaned_data.get("order", ""),
            consent_version=CURRENT.version,
        )

    @property
    def button(self) -> str:
        return f"Take the place, {self.cost}"


def booked_before(entry: WaitingEntry) -> dict[str, str]:
    """What this very address once gave about its organisation; only its mail opens this form."""
    bookings = Booking.objects.filter(booker_email__iexact=entry.email)
    latest = bookings.select_related("organisation").first()
    if latest is None:
        return {}
    known = latest.organisation
    return {
        "organisation": known.name,
        "postcode": known.postcode,
        "urn": known.urn,
        "type": known.type,
    }
