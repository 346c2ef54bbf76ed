"""The addresses of the organisers' own pages, below /admin/training/office/."""

from django.urls import URLPattern, path, register_converter

from courses.office import (
    actions,
    attendance,
    booking,
    certificates,
    duplicates,
    exports,
    figures,
    invoices,
    mails,
    messages,
    place,
    printing,
    roster,
    sessions,
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
    path("waiting/<int:pk>/next/", waiting.give_next, name="give_next"),
    path("waiting/<int:pk>/off/", waiting.take_off, name="take_off"),
    path("places/<int:pk>/", place.place, name="place"),
    path("bookings/<int:pk>/", booking.booking, name="booking"),
    path("invoices/", invoices.invoices, name="invoices"),
    path("invoices.<sheet:ending>", invoices.invoices_sheet, name="invoices_sheet"),
    path("duplicates/", duplicates.duplicates, name="duplicates"),
    path("mails/<int:pk>/again/", mails.resend, name="resend"),
    path("<int:pk>/attendance/", attendance.attendance, name="attendance"),
    path("<int:pk>/message/", messages.message, name="message"),
    path("<int:pk>/sessions/", sessions.sessions, name="sessions"),
    path("<int:pk>/call-off/", sessions.call_off, name="call_off"),
    path("sessions/<int:pk>/move/", sessions.move, name="move_session"),
    path("sessions/<int:pk>/cancel/", sessions.cancel, name="cancel_session"),
    path("<int:pk>/certificates/", certificates.certificates, name="certificates"),
    path("<int:pk>/figures/", figures.figures, name="figures"),
    path("figures/", figures.all_figures, name="all_figures"),
]
