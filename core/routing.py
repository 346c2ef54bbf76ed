"""Find the page of an address, and those above it, in one query; Wagtail's own walk takes two a
level."""

from collections.abc import Callable
from functools import cache
from itertools import accumulate
from typing import Any

from django.db.models import IntegerField
from django.http import HttpRequest, HttpResponseBase
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve

from core.prepared import Prepared
from search.visibility import in_private_section

HOME_DEPTH = 2
DEEPEST = 20


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
    """The page and those above it, which it keeps as `found_above` for its breadcrumbs."""
    site = Site.find_for_request(request)
    if site is None or path.count("/") > DEEPEST:
        return None
    root = site.root_page
    slugs = [root.slug, *(part for part in path.split("/") if part)]
    ways = list(accumulate(slugs[1:], lambda way, slug: f"{way}{slug}/", initial=root.url_path))
    found = list(
        Page.objects.live()
        .filter(slug__in=slugs, url_path__in=ways)
        .annotate(in_private_section=in_private_section())
        .order_by("depth")
    )
    if not found or found[-1].url_path != ways[-1]:
        return None
    *above, page = found
    page.found_above = [each for each in above if each.depth > HOME_DEPTH]
    specific = in_full(page)
    return specific.route(request, []) if specific else None


def in_full(page: Page) -> Any:
    """The page as its own type, with what the route has found; none if it is gone meanwhile."""
    if page.specific_class in (None, Page):
        return page.specific
    found = of_type(page.specific_class)(page.pk)
    for each in found:
        each.found_above, each.in_private_section = page.found_above, page.in_private_section
    return found[0] if found else None


@cache
def of_type(model: Any) -> Prepared:
    return Prepared(lambda pk: model._default_manager.filter(pk=pk).order_by(), IntegerField())
