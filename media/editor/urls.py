"""Addresses of the editor of words, inside the admin."""

from django.urls import path

from media.editor import history, replacing, views

app_name = "editor"
urlpatterns = [
    path("<int:pk>/", views.lines, name="lines"),
    path("<int:pk>/state/", views.state, name="state"),
    path("<int:pk>/save/", views.save, name="save"),
    path("<int:pk>/checked/", views.check, name="check"),
    path("<int:pk>/names/", views.names, name="names"),
    path("<int:pk>/history/", history.history, name="history"),
    path("<int:pk>/history/<int:number>/", history.compare, name="compare"),
    path("<int:pk>/history/<int:number>/take/", history.take, name="take"),
    path("<int:pk>/keep/", history.refuse, name="refuse"),
    path("replace/", replacing.replace_words, name="replace"),
]
