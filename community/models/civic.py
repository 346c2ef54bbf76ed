"""The front page of civic work: the newest campaign, the newest framework, what comes."""

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from community.models.campaigns import CampaignPage
from community.models.event_index import EventIndexPage
from community.models.frameworks import FrameworkPage, framework_parts
from core.models import SitePage
from core.models.enquiry_pages import EnquiryPage
from core.models.pages import SitePageManager

EVENTS_SHOWN = 4


class CivicPage(SitePage):
    kind = "Civic work"
    kind_slug = "civic"
    icon = "people"
    template = "pages/civic.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = [
        "community.FrameworkPage",
        "community.CampaignPage",
        "community.EventIndexPage",
        "core.EnquiryPage",
    ]
    max_count = 1
    page_description = "The front page of civic work. It shows the newest campaign and framework."

    task_force = models.CharField("task force", max_length=80, default="Community Task Force")
    task_force_text = RichTextField(blank=True, features=["bold", "link", "ul"])

    content_panels = [
        *SitePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("task_force"), FieldPanel("task_force_text")], heading="Get involved"
        ),
        InlinePanel("links_out", label="page", heading="Read on"),
    ]
    search_fields = (*SitePage.search_fields, index.SearchField("task_force_text"))

    objects = SitePageManager()

    class Meta:
        verbose_name = "front page of civic work"

    def search_body(self) -> str:
        return f"{self.task_force} {self.task_force_text}"

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        context = super().get_context(request, *args, **kwargs)
        campaigns = CampaignPage.objects.child_of(self).visible().order_by("-year", "-pk")
        frameworks = FrameworkPage.objects.child_of(self).visible().order_by("-pk")
        calendar = EventIndexPage.objects.child_of(self).visible().first()
        campaign = campaigns.first()
        context["campaign"] = campaign
        context["answers"] = list(campaign.answers.all()) if campaign else []
        context["meetings"] = list(campaign.meetings.all()) if campaign else []
        context["framework"] = frameworks.first()
        context["parts"] = framework_parts(context["framework"]) if context["framework"] else {}
        context["calendar"] = calendar
        context["events"] = calendar.coming(EVENTS_SHOWN) if calendar else []
        context["related"] = [each.entry() for each in self.relations.linked]
        context["enquiry_page"] = EnquiryPage.objects.nearest(self)
        return context
