"""The five addresses that wagtail_transcription’s widget asks for by name: all are ours."""

from django.urls import path

from media.provider import views, webhook

app_name = "wagtail_transcription"
urlpatterns = [
    path("check/", views.validate_transcription_data, name="validate_transcription_data"),
    path("ask/<str:token>/", views.request_transcription, name="request_transcription"),
    path("open/", views.processing_transcriptions, name="processing_transcriptions"),
    path("state/", views.transcription_data, name="transcription_data"),
    path("done/<str:token>/", webhook.receive_transcription, name="receive_transcription"),
]
