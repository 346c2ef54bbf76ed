from django.urls import path

from courses.views import bookings, entries, registration, waiting

app_name = "courses"

urlpatterns = [
    path("training/register/<slug:slug>/", registration.register, name="register"),
    path("training/register/<slug:slug>/list/", waiting.join, name="join"),
    path("training/register/<slug:slug>/listed/", waiting.joined, name="joined"),
    path("training/waiting/<str:token>/", entries.entry, name="waiting"),
    path("training/booking/<str:token>/", bookings.booking, name="booking"),
    path("training/booking/<str:token>/calendar.ics", bookings.calendar, name="calendar"),
]
