"""The list of all case studies, narrowed by phase, region, setting and scheme."""

from django.http import HttpRequest
from django.utils.functional import cached_property

from core.facets import Facet, Item, narrow
from core.listing import listing
from core.models import SitePage
from core.models.enquiry_pages import EnquiryPage
from core.models.pages import SitePageManager
from partnerships.models.case_study import CaseStudyPage
from partnerships.models.context import Phase, Region, Setting
from partnerships.models.schemes import SchemePage


class CaseStudyIndexPage(SitePage):
    kind = "Case studies"
    kind_slug = "case-studies"
    icon = "school"
    in_search = False
    template = "pages/case_study_index.html"
    parent_page_types = ["partnerships.PartnershipIndexPage"]
    subpage_types = ["partnerships.CaseStudyPage"]
    max_count = 1
    page_description = "The list of all case studies, newest first, with filters."

    objects = SitePageManager()

    @cached_property
    def facets(self) -> list[Facet]:
        schemes = SchemePage.objects.visible().order_by("path").values_list("slug", "title")
        return [
            Facet("phase", "Phase", tuple(Phase.choices)),
            Facet("region", "Region", tuple(Region.choices)),
            Facet("setting", "Setting", tuple(Setting.choices)),
            Facet("scheme", "Scheme", tuple(schemes)),
        ]

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        context = super().get_context(request, *args, **kwargs)
        studies = CaseStudyPage.objects.child_of(self).newest()
        columns = ("pk", "phase", "region", "setting", "scheme__slug")
        items = [
            Item(pk, {"phase": phase, "region": region, "setting": setting, "scheme": scheme or ""})
            for pk, phase, region, setting, scheme in studies.values_list(*columns)
        ]
        context["narrowed"] = narrow(items, self.facets, request.GET)
        context["listing"] = listing(request, studies.filter(pk__in=context["narrowed"].keys))
        context["enquiry_page"] = EnquiryPage.objects.nearest(self)
        return context
