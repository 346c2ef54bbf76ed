"""Listening campaigns: who was heard, what they chose, whom they met, what was done."""

from django.db import models
from django.http import HttpRequest
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable
from wagtail.rich_text import get_text_for_indexing
from wagtail.search import index

from community.lists import read_lists
from community.models.campaign_facts import CampaignFacts
from community.models.parts import Part
from core.entries import Cover
from core.models import SitePage
from core.models.pages import SitePageManager

LISTS = ("answers", "priorities", "meetings", "commitments")


class CampaignPage(CampaignFacts, SitePage):
    kind = "Listening campaign"
    kind_slug = "campaign"
    icon = "quote"
    template = "pages/campaign.html"
    parent_page_types = ["community.CivicPage"]
    subpage_types: list[str] = []
    page_description = "One year of listening: who was heard, what was promised, what was done."

    content_panels = [
        *SitePage.content_panels,
        *CampaignFacts.fact_panels,
        InlinePanel("priorities", label="priority", heading="Priorities"),
        InlinePanel("answers", label="answer", heading="You said, we did"),
        InlinePanel("meetings", label="meeting", heading="Whom students met"),
        InlinePanel("commitments", label="commitment", heading="Commitments"),
        *SitePage.about_panels,
    ]
    search_fields = (*SitePage.search_fields, index.SearchField("area"), index.FilterField("year"))

    objects = SitePageManager()

    class Meta:
        verbose_name = "listening campaign"
        constraints = CampaignFacts.fact_constraints

    def cover(self) -> Cover:
        return Cover(slug=self.slug, motif="dots", sleeve="moss")

    def entry_meta(self) -> tuple[str, ...]:
        reach = f"{self.reach:,} {self.reach_what}" if self.reach else ""
        return tuple(fact for fact in (self.area, self.year, reach) if fact)

    def search_body(self) -> str:
        parts = (*self.priorities.all(), *self.meetings.all())
        told = [f"{part.title} {part.text}" for part in parts]
        answers = [f"{each.topic} {each.said} {each.did}" for each in self.answers.all()]
        promised = [f"{each.who} {each.what}" for each in self.commitments.all()]
        words = [self.area, self.year, self.partner, get_text_for_indexing(self.method)]
        return "\n".join([*words, *told, *answers, *promised])

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        context = super().get_context(request, *args, **kwargs)
        read_lists(*((self, name) for name in LISTS))
        for name in LISTS:
            context[name] = list(getattr(self, name).all())
        context["related"] = [page.entry() for page in self.relations.linked]
        return context


CAMPAIGN = "community.CampaignPage"


class CampaignPriority(Part):
    page = ParentalKey(CAMPAIGN, on_delete=models.CASCADE, related_name="priorities")


class Answer(Orderable):
    """You said, we did."""

    page = ParentalKey(CAMPAIGN, on_delete=models.CASCADE, related_name="answers")
    topic = models.CharField(max_length=80, blank=True, help_text="Such as cost of living.")
    said = models.TextField("you said", help_text="Without quotation marks.")
    did = models.TextField("we did", blank=True, help_text="Empty: the page says “not yet”.")
    is_sample = models.BooleanField("sample wording", default=False)

    panels = [FieldPanel("topic"), FieldPanel("said"), FieldPanel("did"), FieldPanel("is_sample")]

    def __str__(self) -> str:
        return self.said


class Meeting(Part):
    page = ParentalKey(CAMPAIGN, on_delete=models.CASCADE, related_name="meetings")


class Commitment(Orderable):
    class State(models.TextChoices):
        PROMISED = "promised", "Promised"
        KEPT = "kept", "Kept"
        BROKEN = "broken", "Not kept"

    page = ParentalKey(CAMPAIGN, on_delete=models.CASCADE, related_name="commitments")
    who = models.CharField(max_length=120, help_text="Who promised.")
    what = models.CharField(max_length=300)
    by_when = models.CharField("by when", max_length=60, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PROMISED)
    is_sample = models.BooleanField("sample", default=False)

    panels = [
        FieldPanel("who"),
        FieldPanel("what"),
        FieldRowPanel([FieldPanel("by_when"), FieldPanel("state")]),
        FieldPanel("is_sample"),
    ]

    def __str__(self) -> str:
        return self.what
