from django.http import HttpResponse
from django.urls import path

app_name = "media"
urlpatterns = [
    path(
        "recordings/<int:recording>/<int:rendition>/<str:name>",
        lambda request, **kwargs: HttpResponse(""),
        name="recording",
    )
]
