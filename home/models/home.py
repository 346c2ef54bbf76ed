"""The home page: the newest of everything, and one sentence worth hearing."""

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from core.blocks import FigureBlock
from core.models import SitePage
from core.timecodes import parse_clock
from episodes.copying import TalkCopyForm
from home.front import front


def validate_clock(text: str) -> None:
    if parse_clock(text) is None:
        raise ValidationError("Write the time as the player shows it: 1:33.")


class HomePage(SitePage):
    kind = "Home"
    kind_slug = "home"
    in_search = False
    copy_form_class = TalkCopyForm
    template = "pages/home.html"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "episodes.EpisodeIndexPage",
        "episodes.SeriesIndexPage",
        "courses.ProgrammeIndexPage",
        "partnerships.PartnershipIndexPage",
        "community.CivicPage",
        "resources.ResourceIndexPage",
        "core.TopicIndexPage",
        "core.PersonIndexPage",
        "core.EnquiryPage",
        "home.ArticleIndexPage",
        "home.StandardPage",
    ]
    max_count = 1
    page_description = "The front page: search, what is new, series, training, evidence."

    headline = models.CharField(
        max_length=80, default="Two minutes from a school that has tried it."
    )
    heard_in = models.ForeignKey(
        "episodes.EpisodePage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="episode",
    )
    heard_at = models.CharField(
        "time", max_length=9, blank=True, validators=[validate_clock], help_text="Such as 1:33."
    )
    heard_words = models.CharField(
        "words", max_length=200, blank=True, help_text="As they are said, without quotation marks."
    )
    heard_by = models.CharField("said by", max_length=120, blank=True)
    figures = StreamField([("figure", FigureBlock())], blank=True, max_num=3)

    content_panels = [
        *SitePage.content_panels,
        FieldPanel("headline"),
        MultiFieldPanel(
            [
                PageChooserPanel("heard_in"),
                FieldRowPanel([FieldPanel("heard_at"), FieldPanel("heard_by")]),
                FieldPanel("heard_words"),
            ],
            heading="Heard this week: one sentence worth playing",
        ),
        FieldPanel("figures", heading="Figures, at most three"),
    ]
    search_fields = (*SitePage.search_fields, index.SearchField("headline"))

    def breadcrumbs(self) -> list[Page]:
        return []

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        context = super().get_context(request, *args, **kwargs)
        return {**context, "front": front(self)}
