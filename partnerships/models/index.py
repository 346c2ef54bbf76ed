"""The front page of partnership support."""

from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from core.blocks import FigureBlock, body_blocks, plain_text
from core.entries import Cover
from core.models import SitePage
from core.models.enquiry_pages import EnquiryPage
from core.models.pages import SitePageManager
from partnerships.models.case_study import CaseStudyPage
from partnerships.models.case_study_index import CaseStudyIndexPage
from partnerships.models.schemes import SchemePage


class PartnershipIndexPage(SitePage):
    kind = "Partnerships"
    kind_slug = "partnerships"
    icon = "people"
    template = "pages/partnership_index.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = [
        "partnerships.SchemePage",
        "partnerships.CaseStudyIndexPage",
        "core.EnquiryPage",
    ]
    max_count = 1
    page_description = "What partnership support is, its schemes, outcomes and case studies."

    figures = StreamField(
        [("figure", FigureBlock())], blank=True, max_num=4, verbose_name="outcomes"
    )
    body = StreamField(body_blocks(), blank=True)

    content_panels = [*SitePage.content_panels, FieldPanel("figures"), FieldPanel("body")]
    search_fields = (*SitePage.search_fields, index.SearchField("body"))

    objects = SitePageManager()

    class Meta:
        verbose_name = "front page of partnerships"

    def cover(self) -> Cover:
        return Cover(slug=self.slug, motif="steps", sleeve="sea")

    def search_body(self) -> str:
        return f"{plain_text(self.figures)}\n{plain_text(self.body)}"

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        context = super().get_context(request, *args, **kwargs)
        context["schemes"] = SchemePage.objects.child_of(self).visible().order_by("path")
        studies = CaseStudyPage.objects.descendant_of(self).newest()
        context["case_studies"] = [study.entry() for study in studies[:4]]
        context["case_study_index"] = CaseStudyIndexPage.objects.child_of(self).visible().first()
        context["enquiry_page"] = EnquiryPage.objects.nearest(self)
        return context
