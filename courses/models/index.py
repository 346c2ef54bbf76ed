"""The page that gathers all training."""

from django.http import HttpRequest

from core.listing import listing
from core.models import SitePage
from courses.cards import next_cards
from courses.models.programmes import ProgrammePage


class ProgrammeIndexPage(SitePage):
    kind = "Training"
    kind_slug = "training"
    icon = "people"
    in_search = False
    template = "pages/programme_index.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["courses.ProgrammePage"]
    max_count = 1
    page_description = "The list of all training programmes, with the next cohorts."

    class Meta:
        verbose_name = "list of programmes"

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        context = super().get_context(request, *args, **kwargs)
        programmes = ProgrammePage.objects.child_of(self).visible().order_by("title")
        context["listing"] = listing(request, programmes)
        context["cards"] = next_cards()
        return context
