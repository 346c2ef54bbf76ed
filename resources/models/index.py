"""The list of all resources."""

from django.http import HttpRequest
from wagtail.models import Page
from wagtail.search import index

from core.listing import listing
from core.models import SitePage
from resources.models.resource import ResourcePage, ResourceType


class ResourceIndexPage(SitePage):
    kind = "Resources"
    kind_slug = "resources"
    in_search = False
    template = "pages/resource_index.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["resources.ResourcePage"]
    max_count = 1
    page_description = "The list of everything that schools can take and adapt."

    search_fields = (*SitePage.search_fields, index.FilterField("live"))

    class Meta:
        verbose_name = "list of resources"

    def breadcrumbs(self) -> list[Page]:
        return []  # it stands right below the home page

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        """Originals with the types to narrow by; each page names its adaptations."""
        context = super().get_context(request, *args, **kwargs)
        visible = ResourcePage.objects.child_of(self).visible()
        offered = set(visible.order_by().values_list("type", flat=True).distinct())
        asked = request.GET.get("type", "")
        chosen = asked if asked in offered else ""
        if chosen:
            visible = visible.filter(type=chosen)
        context["types"] = [
            {"value": value, "label": label, "is_here": value == chosen}
            for value, label in ResourceType.choices
            if value in offered
        ]
        context["unknown"] = asked[:40] if asked and not chosen else ""
        context["listing"] = listing(request, visible.order_by("title", "pk"))
        return context
