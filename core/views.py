"""Answers that belong to no page: health, robots, not found, the login of closed pages."""

import re
from typing import Any

from django.conf import settings
from django.contrib.auth.views import LoginView
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


class LogIn(LoginView):
    """The login of pages that are for colleagues. Django's own hands the template a `site` of
    another kind, which would stand before ours: the page would lose its name and navigation."""

    template_name = "wagtailcore/login.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {key: value for key, value in context.items() if key not in {"site", "site_name"}}
