"""Addresses of the editor of words, inside the admin."""

from django.urls import path

from media.editor import views

app_name = "editor"
urlpatterns = [
    path("<int:pk>/", views.lines, name="lines"),
    path("<int:pk>/state/", views.state, name="state"),
    path("<int:pk>/save/", views.save, name="save"),
    path("<int:pk>/checked/", views.check, name="check"),
]
