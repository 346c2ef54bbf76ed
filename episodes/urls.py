"""Addresses below /feed/."""

from django.urls import path

from episodes import feeds

urlpatterns = [
    path("", feeds.newest, name="feed"),
    path("series/<slug:slug>/", feeds.series, name="series-feed"),
]
