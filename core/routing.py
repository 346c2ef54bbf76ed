"""Find the page of an address in one query; Wagtail's own walk takes two for every level."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve

from core.models.querysets import in_private_section


class FindPage:
    """Middleware: hands Wagtail's view the route of a page that it would find slug by slug.

    What is not found this way is left to Wagtail: drafts, routes inside a page, real 404s.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        if view is serve:
            route = route_of(request, kwargs.get("path") or "".join(args))
            if route is not None:
                request._wagtail_route_for_request = route  # type: ignore[attr-defined]  # Wagtail's


def route_of(request: HttpRequest, path: str) -> RouteResult | None:
    slugs = [part for part in path.split("/") if part]
    site = Site.find_for_request(request)
    if not slugs or site is None:
        return None
    root = site.root_page
    page = (
        Page.objects.live()
        .filter(slug=slugs[-1], url_path=f"{root.url_path}{'/'.join(slugs)}/")
        .annotate(in_private_section=in_private_section())
        .first()
    )
    return page.specific.route(request, []) if page else None
