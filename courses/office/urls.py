"""The addresses of the organisers' own pages, below /admin/training/office/."""

from django.urls import URLPattern, path, register_converter

from courses.office import (
    actions,
    booking,
    duplicates,
    exports,
    invoices,
    mails,
    place,
    printing,
    roster,
    waiting,
)
from courses.office.sheets import SheetFormat


class EndingConverter:
    regex = "|".join(SheetFormat.values)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(EndingConverter, "sheet")

urlpatterns: list[URLPattern] = [
    path("<int:pk>/roster/", roster.roster, name="roster"),
    path("<int:pk>/roster.<sheet:ending>", exports.roster_sheet, name="roster_sheet"),
    path("<int:pk>/roster/print/", printing.roster_print, name="roster_print"),
    path("<int:pk>/act/", actions.act, name="act"),
    path("<int:pk>/waiting/", waiting.waiting_list, name="waiting"),
    path("waiting/<int:pk>/", waiting.change_entry, name="change_entry"),
    path("places/<int:pk>/", place.place, name="place"),
    path("bookings/<int:pk>/", booking.booking, name="booking"),
    path("invoices/", invoices.invoices, name="invoices"),
    path("invoices.<sheet:ending>", invoices.invoices_sheet, name="invoices_sheet"),
    path("duplicates/", duplicates.duplicates, name="duplicates"),
    path("mails/<int:pk>/again/", mails.resend, name="resend"),
]
