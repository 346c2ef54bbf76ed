from django.urls import path

from courses.views import (
    bookings,
    calendars,
    certificates,
    changes,
    entries,
    registration,
    waiting,
)

app_name = "courses"

urlpatterns = [
    path("training/certificate/<slug:code>/", certificates.certificate, name="certificate"),
    path("training/certificate/<slug:code>/paper.pdf", certificates.pdf, name="certificate_pdf"),
    path("training/register/<slug:slug>/", registration.register, name="register"),
    path("training/register/<slug:slug>/list/", waiting.join, name="join"),
    path("training/register/<slug:slug>/listed/", waiting.joined, name="joined"),
    path("training/waiting/<str:token>/", entries.entry, name="waiting"),
    path("training/waiting/<str:token>/leave/", entries.leave, name="leave"),
    path("training/given/", bookings.given, name="given"),
    path("training/booking/<str:token>/", bookings.booking, name="booking"),
    path("training/booking/<str:token>/calendar.ics", bookings.calendar, name="calendar"),
    path("training/booking/<str:token>/feed.ics", calendars.feed, name="feed"),
    path("training/booking/<str:token>/add/", changes.add, name="add"),
    path("training/booking/<str:token>/order/", changes.order, name="order"),
    path("training/booking/<str:token>/cancel/", changes.cancel, name="cancel"),
    path("training/booking/<str:token>/move/", changes.move, name="move"),
    path("training/booking/<str:token>/swap/", changes.swap, name="swap"),
    path("training/booking/<str:token>/<int:number>/cancel/", changes.cancel, name="cancel"),
    path("training/booking/<str:token>/<int:number>/move/", changes.move, name="move"),
    path("training/booking/<str:token>/<int:number>/swap/", changes.swap, name="swap"),
]
