"""The base of every page type."""

from typing import ClassVar

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index

from core.entries import Cover, Entry
from core.models.querysets import SitePageManager, SitePageQuerySet, visible_pages
from core.relations import Relations, relations_of
from search.rows import Row

__all__ = ["SitePage", "SitePageManager", "SitePageQuerySet", "visible_pages"]


class SitePage(Page):
    """A page of ours: one line about itself, a sample mark, and what it declares to lists and
    search. `kind` is its name for readers, `kind_slug` its value in addresses and facets;
    `entry_joins` and `entry_lists` are explained in `core.full`."""

    kind: ClassVar[str] = "Page"
    kind_slug: ClassVar[str] = "page"
    icon: ClassVar[str] = "file"
    in_search: ClassVar[bool] = True
    entry_joins: ClassVar[tuple[str, ...]] = ()
    entry_lists: ClassVar[tuple[str, ...]] = ()

    summary = models.CharField(
        max_length=300,
        blank=True,
        help_text="One sentence that tells a busy reader why to open this page.",
    )
    is_sample = models.BooleanField(
        "made up for the demonstration",
        default=False,
        help_text="Readers then see the word “Sample” beside the title.",
    )

    search_fields = (*Page.search_fields, index.SearchField("summary"))
    content_panels = [*Page.content_panels, FieldPanel("summary")]
    promote_panels = [
        *Page.promote_panels,
        MultiFieldPanel([FieldPanel("is_sample")], heading="Demonstration"),
    ]
    about_panels = [
        InlinePanel("page_topics", label="topic", heading="Topics"),
        InlinePanel("page_people", label="person", heading="People"),
        InlinePanel("links_out", label="page", heading="Belongs with"),
    ]

    class Meta:
        abstract = True

    # What lists, search and machines are told ------------------------------------------------

    def entry(self) -> Entry:
        return Entry(
            title=self.title,
            url=self.url,
            kind=self.kind,
            line=self.summary,
            icon=self.icon,
            cover=self.cover(),
            meta=self.entry_meta(),
            sample=self.is_sample,
        )

    def entry_meta(self) -> tuple[str, ...]:
        return ()

    def cover(self) -> Cover | None:
        return None

    def search_body(self) -> str:
        """All words of the page beside title and summary; plain text."""
        return ""

    def search_rows(self) -> list[Row]:
        """Rows for the index; the caller adds `live` and `public`."""
        if not self.in_search or self.url is None:
            return []
        return [
            Row(
                key=f"page:{self.pk}",
                page_id=self.pk,
                kind=self.kind_slug,
                title=self.title,
                url=self.url,
                body=f"{self.summary}\n{self.search_body()}".strip(),
                facets=self.search_facets(),
                meta=self.entry_meta(),
                date=(self.first_published_at and self.first_published_at.date()),
                sample=self.is_sample,
            )
        ]

    def search_facets(self) -> dict[str, tuple[str, ...]]:
        return {"topic": tuple(topic.title for topic in self.relations.topics)}

    # What templates are given ----------------------------------------------------------------

    @property
    def relations(self) -> Relations:
        """Visible topics, people and linked pages; fetched once a page object."""
        if not hasattr(self, "_relations"):
            self._relations = relations_of(self)
        return self._relations

    def get_view_restrictions(self) -> "models.QuerySet[PageViewRestriction]":
        """None where the router has seen, with the page itself, that there are none."""
        if getattr(self, "in_private_section", True):
            return super().get_view_restrictions()
        return PageViewRestriction.objects.none()

    def breadcrumbs(self) -> list[Page]:
        """Ancestors below the home page, nearest last; the router finds them with the page."""
        found: list[Page] | None = getattr(self, "found_above", None)
        return list(self.get_ancestors().filter(depth__gt=2).live()) if found is None else found

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if self.expire_at and self.expire_at <= timezone.now():
            raise Http404("This page has expired.")
        return super().serve(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        context = super().get_context(request, *args, **kwargs)
        context["breadcrumbs"] = self.breadcrumbs()
        return context
