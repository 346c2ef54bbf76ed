"""The read-only API of pages: live and public ones, whoever asks."""

from typing import Any

from rest_framework.renderers import JSONRenderer
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import PagesAPIViewSet

from core.models.querysets import visible_pages

MOST_DIGITS = 9


class PagesViewSet(PagesAPIViewSet):
    renderer_classes = [JSONRenderer]

    def check_query_parameters(self, queryset: Any) -> None:
        """Refuse numbers that no database can hold, before they reach one."""
        super().check_query_parameters(queryset)
        for name in ("offset", "limit", "child_of", "descendant_of", "ancestor_of", "id"):
            if len(self.request.GET.get(name, "")) > MOST_DIGITS:
                raise BadRequestError(f"{name} is too large")

    def get_base_queryset(self) -> Any:
        """What every list shows, and of this site only."""
        shown = super().get_base_queryset()
        return shown.filter(pk__in=visible_pages().values("pk"))


api = WagtailAPIRouter("wagtailapi")
api.register_endpoint("pages", PagesViewSet)
