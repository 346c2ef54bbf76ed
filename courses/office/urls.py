"""The addresses of the organisers' own pages, below /admin/training/office/."""

from django.urls import URLPattern, path

from courses.office import roster

urlpatterns: list[URLPattern] = [
    path("<int:pk>/roster/", roster.roster, name="roster"),
    path("<int:pk>/roster.csv", roster.roster_csv, name="roster_csv"),
    path("mails/<int:pk>/again/", roster.resend, name="resend"),
]
