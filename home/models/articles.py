"""Articles: news with sourced figures and pull quotes."""

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from core.blocks import body_blocks, plain_text
from core.listing import listing
from core.models import SitePage
from core.models.pages import SitePageManager


class ArticleIndexPage(SitePage):
    kind = "News"
    kind_slug = "news"
    in_search = False
    template = "pages/article_index.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.ArticlePage"]
    page_description = "The list of all articles, newest first."

    class Meta:
        verbose_name = "list of news"

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        context = super().get_context(request, *args, **kwargs)
        articles = ArticlePage.objects.child_of(self).visible().order_by("-published_on", "-pk")
        context["listing"] = listing(request, articles)
        return context


class ArticlePage(SitePage):
    kind = "Article"
    kind_slug = "article"
    icon = "file"
    template = "pages/article.html"
    parent_page_types = ["home.ArticleIndexPage"]
    subpage_types: list[str] = []
    page_description = "A piece of news or an account of work done, with its sources."

    published_on = models.DateField("date")
    body = StreamField(body_blocks(), blank=True)

    content_panels = [
        *SitePage.content_panels,
        FieldPanel("published_on"),
        FieldPanel("body"),
        *SitePage.about_panels,
    ]
    search_fields = (
        *SitePage.search_fields,
        index.SearchField("body"),
        index.FilterField("published_on"),
    )

    objects = SitePageManager()

    class Meta:
        verbose_name = "article"

    def entry_meta(self) -> tuple[str, ...]:
        return (f"{self.published_on:%-d %B %Y}",)

    def search_body(self) -> str:
        return plain_text(self.body)

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        context = super().get_context(request, *args, **kwargs)
        context["topics"] = self.relations.topics
        context["related"] = [page.entry() for page in self.relations.linked]
        return context
