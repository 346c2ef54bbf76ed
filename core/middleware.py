"""Guards around every request: input no database can hold, and the content security policy."""

import re
from collections.abc import Callable
from typing import Any

from csp.constants import SELF
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render

ADMIN = "/admin/"
# A part of an address that is a number, and more than 64 bits can hold.
TOO_LONG = re.compile(r"/[0-9]{19,}(?=/|$)")


class RefuseBadInput:
    """A NUL in an address can match nothing and makes PostgreSQL fail: say so, with 400. A number
    longer than any key can name nothing, and makes every database fail: there is no such page.

    Forms are left alone: their fields refuse NUL themselves and keep what was typed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "\x00" in request.path_info or has_nul(request.GET):
            return render(request, "400.html", status=400)
        if TOO_LONG.search(request.path_info):
            raise Http404("No key is so long.")
        return self.get_response(request)


class RefuseLongForms:
    """Only people of the admin send files. The check against forged forms reads all that is sent,
    and Django writes it to the disk, before any view asks who sends it: so we ask first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if is_long(request) and not request.user.has_perm("wagtailadmin.access_admin"):
            return HttpResponse("That is more than a form holds.", "text/plain", status=413)
        return self.get_response(request)


def is_long(request: HttpRequest) -> bool:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return not (length.isascii() and length.isdecimal() and len(length) < 7)


def has_nul(values: QueryDict) -> bool:
    return any("\x00" in part for key, many in values.lists() for part in (key, *many))


class ContentSecurityPolicy(CSPMiddleware):
    """django-csp with Wagtail's admin under a policy of its own (docs/adr/0004)."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponse, *args: Any, **kwargs: Any
    ) -> PolicyParts:
        parts: PolicyParts = super().get_policy_parts(request, response, *args, **kwargs)
        if request.path_info.startswith(ADMIN):
            parts.config = settings.ADMIN_CONTENT_SECURITY_POLICY
        elif getattr(request, "is_dummy", False):  # a preview, which the admin shows in a frame
            parts.replace = {**(parts.replace or {}), "frame-ancestors": [SELF]}
        return parts
