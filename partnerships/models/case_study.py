"""A case study: the school, what changed, how, and the artefact with its origin."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail.search import index

from core.blocks import QuoteBlock, body_blocks, plain_text
from core.entries import Cover
from core.models import SitePage, SitePageQuerySet
from core.models.enquiry_pages import EnquiryPage
from core.models.pages import SitePageManager
from partnerships.blocks import TrendBlock
from partnerships.forms import CaseStudyForm
from partnerships.models.context import SchoolContext
from partnerships.models.schemes import SchemePage
from partnerships.models.years import YEARS, year_span
from resources.families import cards


class CaseStudyQuerySet(SitePageQuerySet):
    def newest(self) -> "CaseStudyQuerySet":
        return self.visible().order_by("-first_published_at", "-pk")


class CaseStudyParts(SchoolContext):
    """Which scheme, what changed, and the story: everything but what a page type declares."""

    scheme = models.ForeignKey(
        SchemePage, null=True, blank=True, on_delete=models.SET_NULL, related_name="case_studies"
    )
    first_year = models.PositiveSmallIntegerField(null=True, blank=True, validators=YEARS)
    last_year = models.PositiveSmallIntegerField(null=True, blank=True, validators=YEARS)
    trends = StreamField([("trend", TrendBlock())], blank=True, verbose_name="figures over time")
    body = StreamField(body_blocks(), blank=True, verbose_name="how they did it")
    quote = StreamField([("quote", QuoteBlock())], blank=True, max_num=1, verbose_name="said")

    part_panels = [
        PageChooserPanel("scheme", "partnerships.SchemePage"),
        FieldRowPanel([FieldPanel("first_year"), FieldPanel("last_year")]),
        InlinePanel("outcomes", label="figure", heading="What changed"),
        FieldPanel("trends"),
        FieldPanel("body"),
        FieldPanel("quote"),
    ]

    outcomes: Any

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.first_year and self.last_year and self.last_year < self.first_year:
            raise ValidationError({"last_year": "The last year is before the first."})
        lacking = [gap for outcome in self.outcomes.all() for gap in outcome.gaps()]
        if lacking:
            raise ValidationError(lacking)

    @property
    def years(self) -> str:
        return year_span(self.first_year, self.last_year)

    @property
    def shown_scheme(self) -> SchemePage | None:
        return SchemePage.objects.visible().filter(pk=self.scheme_id).first()


class CaseStudyPage(CaseStudyParts, SitePage):
    base_form_class = CaseStudyForm
    kind = "Case study"
    kind_slug = "case-study"
    icon = "school"
    template = "pages/case_study.html"
    parent_page_types = ["partnerships.CaseStudyIndexPage"]
    subpage_types: list[str] = []
    page_description = "What one partner changed: context, figures with their sources, artefacts."

    content_panels = [
        *SitePage.content_panels,
        *SchoolContext.context_panels,
        *CaseStudyParts.part_panels,
        *SitePage.about_panels,
    ]
    search_fields = (
        *SitePage.search_fields,
        *SchoolContext.context_search_fields,
        index.SearchField("body"),
    )

    objects = SitePageManager.from_queryset(CaseStudyQuerySet)()

    class Meta:
        verbose_name = "case study"
        constraints = SchoolContext.context_constraints

    def cover(self) -> Cover:
        return Cover(slug=self.slug, motif="bars", sleeve="sea")

    def entry_meta(self) -> tuple[str, ...]:
        facts = (self.get_phase_display(), self.place or self.get_region_display(), self.years)
        return tuple(fact for fact in facts if fact)

    def search_body(self) -> str:
        facts = [value for term, value in (*self.context_facts(), *self.ofsted_facts())]
        figures = [outcome.as_text() for outcome in self.outcomes.all()]
        streams = [plain_text(stream) for stream in (self.trends, self.body, self.quote)]
        return "\n".join([*facts, *figures, *streams])

    def search_facets(self) -> dict[str, tuple[str, ...]]:
        return {**super().search_facets(), "phase": (str(self.get_phase_display()),)}

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        context = super().get_context(request, *args, **kwargs)
        context["scheme"] = self.shown_scheme
        context["outcomes"] = list(self.outcomes.all())
        ties = self.relations
        context["resources"] = cards(ties.keys_of("resource"))
        context["related"] = [page.entry() for page in ties.besides("resource")]
        context["enquiry_page"] = EnquiryPage.objects.nearest(self)
        return context
