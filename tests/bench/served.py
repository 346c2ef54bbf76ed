"""The site for gunicorn, with one address more: a file as Django's own FileResponse sends it."""

import os
from importlib import import_module
from pathlib import Path

from django.http import FileResponse, HttpRequest
from django.urls import path

from config.wsgi import application

__all__ = ["application"]


def plain(request: HttpRequest) -> FileResponse:
    return FileResponse(Path(os.environ["BENCH_FILE"]).open("rb"), content_type="video/webm")


# The site is set up by now; its addresses are read at the first request.
import_module("config.urls").urlpatterns.insert(0, path("plain/", plain))
