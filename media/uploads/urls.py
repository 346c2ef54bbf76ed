"""Addresses of uploads, inside the admin."""

from django.urls import path

from media.uploads import views

app_name = "uploads"
urlpatterns = [
    path("", views.begin, name="begin"),
    path("<str:token>/", views.upload, name="upload"),
    path("<str:token>/parts/<int:number>/", views.part, name="part"),
    path("<str:token>/finish/", views.finish, name="finish"),
]
