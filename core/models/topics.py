"""Topics: a controlled vocabulary. The page tree is the tree of topics."""

from django.db import models
from django.http import HttpRequest
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.models import Orderable, Page
from wagtail.search import index

from core.listing import listing
from core.models.pages import SitePage, SitePageManager, visible_pages


class TopicIndexPage(SitePage):
    kind = "Topics"
    kind_slug = "topics"
    in_search = False
    template = "pages/topic_index.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["core.TopicPage"]
    max_count = 1
    page_description = "The list of all topics."

    class Meta:
        verbose_name = "list of topics"

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        context = super().get_context(request, *args, **kwargs)
        context["topics"] = TopicPage.objects.child_of(self).visible().order_by("title")
        return context


class TopicPage(SitePage):
    kind = "Topic"
    kind_slug = "topic"
    icon = "quote"
    template = "pages/topic.html"
    parent_page_types = ["core.TopicIndexPage", "core.TopicPage"]
    subpage_types = ["core.TopicPage"]
    page_description = "A topic: gathers every page that carries it. Topics may hold narrower ones."

    synonyms = models.TextField(
        blank=True, help_text="Other words for the same thing, one a line: CPD, INSET."
    )

    content_panels = [*SitePage.content_panels, FieldPanel("synonyms")]
    search_fields = (*SitePage.search_fields, index.SearchField("synonyms"))

    objects = SitePageManager()

    class Meta:
        verbose_name = "topic"

    def search_body(self) -> str:
        return self.synonyms

    def search_dependents(self) -> list[int]:
        """Pages whose facets name this topic: indexed anew when it is published or renamed."""
        return list(PageTopic.objects.filter(topic=self).values_list("page_id", flat=True))

    def tagged_pages(self) -> "models.QuerySet[Page]":
        """Visible pages that carry this topic or a narrower one, newest first."""
        wider = TopicPage.objects.descendant_of(self, inclusive=True)
        return (
            visible_pages()
            .filter(pk__in=PageTopic.objects.filter(topic__in=wider).values("page_id"))
            .order_by("-first_published_at", "-pk")
        )

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        context = super().get_context(request, *args, **kwargs)
        context["narrower"] = TopicPage.objects.child_of(self).visible().order_by("title")
        context["listing"] = listing(request, self.tagged_pages())
        return context


class PageTopic(Orderable):
    page = ParentalKey(Page, on_delete=models.CASCADE, related_name="page_topics")
    topic = models.ForeignKey(TopicPage, on_delete=models.CASCADE, related_name="+")

    panels = [PageChooserPanel("topic", "core.TopicPage")]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["page", "topic"], name="a_page_has_a_topic_once")
        ]

    def __str__(self) -> str:
        return str(self.topic)
