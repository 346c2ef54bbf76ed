"""A talk: short, stands alone, can be watched, listened to or read."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.fields import StreamField
from wagtail.search import index

from core.models import SitePage
from core.models.querysets import SitePageManager
from episodes.blocks import ChapterBlock, PointBlock
from episodes.copying import TalkCopyForm
from episodes.forms import EpisodeForm
from episodes.gate import Gated
from episodes.models.series import SeriesPage
from episodes.panels import ReadinessPanel
from episodes.talk import HasTalk

TOLD_WITH = ("series", "recording")


class EpisodeManager(SitePageManager):
    """With series and recording: code, cover and length are wanted wherever an episode shows."""

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related(*TOLD_WITH)


class EpisodePage(HasTalk, Gated, SitePage):
    kind = "Episode"
    kind_slug = "episode"
    icon = "play"
    entry_joins = TOLD_WITH
    base_form_class = EpisodeForm
    copy_form_class = TalkCopyForm
    exclude_fields_in_copy = ["override", "consents"]
    template = "pages/episode.html"
    parent_page_types = ["episodes.SeriesPage", "episodes.EpisodeIndexPage"]
    subpage_types: list[str] = []
    page_description = "A short talk with its words, chapters and resources."

    series = models.ForeignKey(
        SeriesPage, null=True, editable=False, on_delete=models.SET_NULL, related_name="episodes"
    )
    number = models.PositiveSmallIntegerField(
        "track",
        null=True,
        blank=True,
        help_text="Its place in the series: 1 is the overview. Empty for a talk on its own.",
    )
    lead = models.CharField(
        max_length=300,
        blank=True,
        help_text="The first words on the page, in large type. Empty: the summary stands there.",
    )
    recording = models.ForeignKey(
        "media.Recording",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The film or sound with its words.",
    )
    chapters = StreamField(
        [("chapter", ChapterBlock())],
        blank=True,
        help_text="Parts that a reader can jump to, in the order in which they begin.",
    )
    takeaways = StreamField(
        [("point", PointBlock())],
        blank=True,
        max_num=7,
        help_text="What to remember: up to seven short sentences.",
    )
    prompts = StreamField(
        [("point", PointBlock())],
        blank=True,
        max_num=7,
        help_text="Questions for a staff meeting: up to seven.",
    )
    recorded_on = models.DateField("recorded", null=True, blank=True)
    published_on = models.DateField("published", default=timezone.localdate)
    last_reviewed = models.DateField(
        "last reviewed",
        null=True,
        blank=True,
        help_text="When somebody last checked that it still holds.",
    )
    licence = models.CharField(max_length=40, default="CC BY 4.0")
    sample_wording = models.BooleanField(
        "sample wording", default=False, help_text="The title is real, the words are made up."
    )

    content_panels = [
        *SitePage.content_panels[:1],
        ReadinessPanel(heading="Ready to publish?", icon="clipboard-list"),
        *SitePage.content_panels[1:],
        FieldPanel("recording"),
        FieldPanel("number"),
        FieldPanel("lead"),
        FieldPanel("chapters"),
        FieldPanel("takeaways", heading="Take away"),
        FieldPanel("prompts", heading="Talk about it"),
        *SitePage.about_panels,
        InlinePanel(
            "consents",
            label="speaker",
            heading="Speakers’ consent",
            help_text="Who agreed to be published. Readers never see this.",
        ),
        FieldRowPanel(
            [FieldPanel("published_on"), FieldPanel("recorded_on"), FieldPanel("last_reviewed")],
            heading="Dates",
        ),
        FieldPanel("licence"),
    ]
    promote_panels = [
        *SitePage.promote_panels,
        MultiFieldPanel([FieldPanel("sample_wording")], heading="Demonstration, words"),
    ]
    search_fields = (
        *SitePage.search_fields,
        index.SearchField("lead"),
        index.FilterField("number"),
        index.FilterField("published_on"),
    )

    api_fields = [
        *(APIField(name) for name in ("summary", "code", "duration_ms", "published_on", "licence")),
        *(APIField(name) for name in ("lead", "chapters", "takeaways", "prompts", "is_sample")),
    ]

    objects = EpisodeManager()

    class Meta:
        verbose_name = "episode"

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """The tree decides which series it is in; the field keeps lists at one query."""
        above = self.path[: -self.steplen]
        self.series = SeriesPage.objects.filter(path=above).first() if above else None
        return super().save(*args, **kwargs)

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        from episodes.gatefold import gatefold  # the page is laid out from these pages

        context = super().get_context(request, *args, **kwargs)
        return {**context, **gatefold(request, self)}
