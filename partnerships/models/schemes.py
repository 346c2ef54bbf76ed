"""Schemes: the ways in which support is given, each with role, activities and dates."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from core.blocks import body_blocks, plain_text
from core.entries import Cover
from core.models import SitePage
from core.models.enquiry_pages import EnquiryPage
from core.models.pages import SitePageManager
from partnerships.models.scheme_facts import SchemeFacts


class SchemePage(SchemeFacts, SitePage):
    kind = "Scheme"
    kind_slug = "scheme"
    icon = "people"
    template = "pages/scheme.html"
    parent_page_types = ["partnerships.PartnershipIndexPage"]
    subpage_types: list[str] = []
    page_description = "One way in which support is given: a national programme or an agreement."

    body = StreamField(body_blocks(), blank=True)

    content_panels = [
        *SitePage.content_panels,
        *SchemeFacts.fact_panels,
        InlinePanel("activities", label="activity", heading="What we do"),
        FieldPanel("body"),
        *SitePage.about_panels,
    ]
    search_fields = (*SitePage.search_fields, index.SearchField("body"), index.SearchField("role"))

    objects = SitePageManager()

    class Meta:
        verbose_name = "scheme"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_year__isnull=True)
                | models.Q(last_year__gte=models.F("first_year")),
                name="a_scheme_ends_after_it_starts",
            )
        ]

    def cover(self) -> Cover:
        return Cover(slug=self.slug, motif="steps", sleeve="sea")

    def entry_meta(self) -> tuple[str, ...]:
        return tuple(part for part in (self.role, self.when) if part)

    def search_body(self) -> str:
        told = [f"{each.title} {each.text}" for each in self.activities.all()]
        return "\n".join([self.role, self.lead_school, self.run_by, *told, plain_text(self.body)])

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        context = super().get_context(request, *args, **kwargs)
        studies: Any = self.case_studies
        context["case_studies"] = [study.entry() for study in studies.newest()[:12]]
        context["activities"] = list(self.activities.all())
        context["related"] = [page.entry() for page in self.relations.linked]
        context["enquiry_page"] = EnquiryPage.objects.nearest(self)
        return context


class SchemeActivity(Orderable):
    page = ParentalKey(SchemePage, on_delete=models.CASCADE, related_name="activities")
    title = models.CharField(max_length=120)
    text = models.TextField(blank=True)

    panels = [FieldPanel("title"), FieldPanel("text")]

    def __str__(self) -> str:
        return self.title
