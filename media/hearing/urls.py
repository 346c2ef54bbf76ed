"""Addresses below /admin/speech/."""

from django.urls import path

from media.hearing import views

app_name = "speech"
urlpatterns = [
    path("<int:pk>/", views.hear, name="hear"),
    path("<int:pk>/state/", views.speech_state, name="state"),
]
