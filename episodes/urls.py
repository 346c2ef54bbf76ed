from django.http import HttpRequest, HttpResponse
from django.urls import path

urlpatterns = [path("", lambda request: HttpResponse(""), name="feed")]
