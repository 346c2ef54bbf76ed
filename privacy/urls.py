"""Addresses in the admin. None ever holds an e-mail address."""

from django.urls import path

from privacy import views

app_name = "privacy"
urlpatterns = [
    path("person/", views.person, name="person"),
    path("person/export/", views.export, name="export"),
    path("person/erase/", views.erase, name="erase"),
    path("kept/", views.kept, name="kept"),
    path("runs/", views.runs, name="runs"),
    path("runs/<int:pk>/", views.receipt, name="receipt"),
]
