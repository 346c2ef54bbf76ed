"""Answers that belong to no page: health, robots, not found."""

import re

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static


def health(request: HttpRequest) -> JsonResponse:
    """Say that the process runs and the database answers; a failure is an honest 500."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for this address where a page, such as a PDF or the admin, names no icon."""
    return redirect(static("img/icon.svg"))


def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /search/"]
    return HttpResponse(
        "\n".join([*lines, f"Sitemap: {settings.SITE_URL}/sitemap.xml", ""]),
        content_type="text/plain; charset=utf-8",
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 that searches: the words of the address stand in the search box."""
    guess = " ".join(re.findall(r"[^\W_]+", request.path)[-6:])[:80]
    return render(request, "404.html", {"guess": guess}, status=404)
