"""Addresses below /media/."""

from django.urls import path

from media import views

app_name = "media"
urlpatterns = [
    path("images/<path:name>", views.image, name="image"),
    path("captions/<int:transcript>.<str:form>", views.captions, name="captions"),
    path("recordings/<int:recording>/<str:name>", views.poster, name="poster"),
    path(
        "recordings/<int:recording>/<int:rendition>/<str:name>",
        views.recording_file,
        name="recording",
    ),
]
