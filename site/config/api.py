"""The read-only API of pages: live and public ones, whoever asks."""

from typing import Any

from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet

from core.models.querysets import visible_pages


class PagesViewSet(PagesAPIViewSet):
    def get_base_queryset(self) -> Any:
        """What every list shows, and of this site only."""
        shown = super().get_base_queryset()
        return shown.filter(pk__in=visible_pages().values("pk"))


api = WagtailAPIRouter("wagtailapi")
api.register_endpoint("pages", PagesViewSet)
