"""A series is an album: an overview first, then the ladder of detail."""

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.search import index

from core.entries import Cover
from core.look.covers import MOTIFS, SLEEVES
from core.models import SitePage
from core.models.querysets import SitePageManager
from episodes.copying import TalkCopyForm


def named(values: "tuple[str, ...] | dict[str, object]") -> list[tuple[str, str]]:
    return [(value, value.capitalize()) for value in values]


class SeriesPage(SitePage):
    kind = "Series"
    kind_slug = "series"
    icon = "sound"
    copy_form_class = TalkCopyForm
    template = "pages/series.html"
    parent_page_types = ["episodes.EpisodeIndexPage"]
    subpage_types = ["episodes.EpisodePage"]
    page_description = "An album of talks: the first gives the thinking, the others drill down."

    number = models.PositiveSmallIntegerField(
        unique=True, help_text="Its number in the catalogue: series 1 is OS 1."
    )
    overview = models.TextField(
        blank=True, help_text="Two or three sentences: what the album is about and how it is built."
    )
    for_whom = models.CharField(
        max_length=200, blank=True, help_text="Such as form tutors and heads of year."
    )
    sleeve = models.CharField(
        max_length=12, choices=named(SLEEVES), default=SLEEVES[0], help_text="The colour."
    )
    motif = models.CharField(
        max_length=12,
        choices=named(tuple(MOTIFS)),
        default="arcs",
        help_text="What is drawn on the sleeve. The drawing itself comes from the page’s address.",
    )
    licence = models.CharField(max_length=40, default="CC BY 4.0")

    content_panels = [
        *SitePage.content_panels,
        FieldPanel("overview"),
        FieldRowPanel([FieldPanel("number"), FieldPanel("sleeve"), FieldPanel("motif")]),
        MultiFieldPanel([FieldPanel("for_whom"), FieldPanel("licence")], heading="Facts"),
        HelpPanel("Add the episodes as pages below this one; their number is their place."),
        *SitePage.about_panels,
    ]
    search_fields = (
        *SitePage.search_fields,
        index.SearchField("overview"),
        index.FilterField("number"),
    )

    objects = SitePageManager()

    class Meta:
        verbose_name = verbose_name_plural = "series"

    @property
    def code(self) -> str:
        return f"OS {self.number}"

    def cover(self) -> Cover:
        return Cover(slug=self.slug, motif=self.motif, sleeve=self.sleeve)

    def entry_meta(self) -> tuple[str, ...]:
        return (self.code,)

    def search_body(self) -> str:
        return f"{self.overview}\n{self.for_whom}"

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        from episodes.album import album  # an album is made of these pages

        context = super().get_context(request, *args, **kwargs)
        return {**context, "album": album(self)}
