"""The front page of civic work: the newest campaign, the newest framework, what comes."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from community.lists import read_lists
from community.models.campaigns import CampaignPage
from community.models.event_index import EventIndexPage
from community.models.frameworks import PARTS, FrameworkPage, framework_parts
from core.full import all_in_full
from core.models import SitePage
from core.models.enquiry_pages import EnquiryPage
from core.models.pages import SitePageManager, visible_pages

EVENTS_SHOWN = 4
BELOW = (CampaignPage, FrameworkPage, EventIndexPage, EnquiryPage)


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
        below = children(self)
        campaign, framework, calendar = below.campaign, below.framework, below.calendar
        wanted = [(campaign, name) for name in ("answers", "meetings") if campaign]
        read_lists(*wanted, *((framework, name) for name in PARTS if framework))
        context["campaign"] = campaign
        context["answers"] = list(campaign.answers.all()) if campaign else []
        context["meetings"] = list(campaign.meetings.all()) if campaign else []
        context["framework"] = framework
        context["parts"] = framework_parts(framework) if framework else {}
        context["calendar"] = calendar
        context["events"] = calendar.coming(EVENTS_SHOWN) if calendar else []
        context["related"] = [each.entry() for each in self.relations.linked]
        context["enquiry_page"] = below.enquiry_page
        return context


@dataclass(frozen=True, slots=True)
class Children:
    """The newest campaign and framework; the first calendar and form."""

    campaign: CampaignPage | None
    framework: FrameworkPage | None
    calendar: EventIndexPage | None
    enquiry_page: EnquiryPage | None


def children(page: CivicPage) -> Children:
    """What is shown of the visible pages below, in one query."""
    pages = all_in_full(visible_pages().child_of(page).order_by("path"), *BELOW)

    def of(type_: type[Page]) -> list[Any]:
        return [each for each in pages if isinstance(each, type_)]

    newest = sorted(of(CampaignPage), key=lambda each: (each.year, each.pk), reverse=True)
    frameworks = sorted(of(FrameworkPage), key=lambda each: each.pk, reverse=True)
    groups: list[list[Any]] = [newest, frameworks, of(EventIndexPage), of(EnquiryPage)]
    return Children(*(next(iter(group), None) for group in groups))
