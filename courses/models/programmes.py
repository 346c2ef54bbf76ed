"""A training programme: what it is, who it is for, what it costs, and its cohorts."""

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index

from core.entries import Cover
from core.models import SitePage
from core.models.pages import SitePageManager
from courses.blocks import faq_blocks, testimonial_blocks
from courses.programme import programme_context, programme_rows, programme_words
from search.rows import Row

TAKEN_SLUGS = (
    "register",
    "booking",
    "waiting",
    "certificate",
    "given",
)  # addresses of courses/urls.py below /training/
WORDS = ["bold", "link", "ol", "ul"]


class ProgrammePage(SitePage):
    kind = "Training"
    kind_plural = "Training"
    kind_slug = "programme"
    icon = "people"
    template = "pages/programme.html"
    parent_page_types = ["courses.ProgrammeIndexPage"]
    subpage_types: list[str] = []
    page_description = (
        "A training programme. Its parts, prices and cohorts are kept under Training."
    )

    given_as = models.CharField(
        "how it is given", max_length=60, blank=True, help_text="Such as Five Wednesdays, online."
    )
    about = RichTextField("what it is", blank=True, features=WORDS)
    who_for = RichTextField("who it is for", blank=True, features=WORDS)
    comparison = RichTextField("compared with other training", blank=True, features=WORDS)
    good_to_know = models.TextField(blank=True, help_text="Short sentences, one a line.")
    cost_words = RichTextField("costs in words", blank=True, features=WORDS)
    questions = StreamField(faq_blocks(), blank=True)
    testimonials = StreamField(testimonial_blocks(), blank=True)
    contact_words = models.CharField("whom to ask", max_length=200, blank=True)
    contact_email = models.EmailField(blank=True, help_text="Replies to its mails go here too.")

    content_panels = [
        *SitePage.content_panels,
        FieldPanel("given_as"),
        FieldPanel("about"),
        MultiFieldPanel(
            [FieldPanel("who_for"), FieldPanel("comparison"), FieldPanel("good_to_know")],
            heading="Who comes",
        ),
        FieldPanel("cost_words"),
        FieldPanel("questions"),
        FieldPanel("testimonials"),
        MultiFieldPanel(
            [FieldPanel("contact_words"), FieldPanel("contact_email")], heading="Contact"
        ),
        *SitePage.about_panels,
    ]
    search_fields = (
        *SitePage.search_fields,
        index.SearchField("about"),
        index.SearchField("who_for"),
        index.SearchField("questions"),
    )

    objects = SitePageManager()

    class Meta:
        verbose_name = "programme"

    def clean(self) -> None:
        super().clean()
        if self.slug in TAKEN_SLUGS:
            raise ValidationError({"slug": "This address is taken by registration itself."})

    def entry_meta(self) -> tuple[str, ...]:
        return (self.given_as,) if self.given_as else ()

    def cover(self) -> Cover:
        return Cover(slug=self.slug, motif="rings", sleeve="sky")

    def search_body(self) -> str:
        return programme_words(self)

    def search_rows(self) -> list[Row]:
        return [*super().search_rows(), *programme_rows(self)]

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        return {**super().get_context(request, *args, **kwargs), **programme_context(request, self)}
