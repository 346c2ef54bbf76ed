"""People who speak, teach or answer: each has a page, or only a role."""

from django.db import models
from django.http import HttpRequest
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page
from wagtail.search import index

from core.listing import listing
from core.models.pages import SitePage, SitePageManager, visible_pages


class PersonIndexPage(SitePage):
    kind = "People"
    kind_slug = "people"
    in_search = False
    template = "pages/person_index.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["core.PersonPage"]
    max_count = 1
    page_description = "The list of everybody who speaks in the library."

    class Meta:
        verbose_name = "list of people"

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        context = super().get_context(request, *args, **kwargs)
        context["people"] = PersonPage.objects.child_of(self).visible().order_by("title")
        return context


class PersonPage(SitePage):
    kind = "Person"
    kind_slug = "person"
    icon = "people"
    template = "pages/person.html"
    parent_page_types = ["core.PersonIndexPage"]
    subpage_types: list[str] = []
    page_description = "Somebody who speaks in the library, by name or by role."

    role = models.CharField(max_length=160, blank=True, help_text="Such as vice principal.")
    organisation = models.CharField(max_length=160, blank=True)
    biography = RichTextField(blank=True, features=["bold", "link"])
    photo = models.ForeignKey(
        "media.CustomImage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    content_panels = [
        *SitePage.content_panels,
        FieldPanel("role"),
        FieldPanel("organisation"),
        FieldPanel("photo"),
        FieldPanel("biography"),
    ]
    search_fields = (
        *SitePage.search_fields,
        index.SearchField("role"),
        index.SearchField("organisation"),
    )

    objects = SitePageManager()

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "people"

    def search_body(self) -> str:
        return f"{self.role} {self.organisation}"

    def appearances(self) -> "models.QuerySet[Page]":
        return (
            visible_pages()
            .filter(pk__in=PagePerson.objects.filter(person=self).values("page_id"))
            .order_by("-first_published_at", "-pk")
        )

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        context = super().get_context(request, *args, **kwargs)
        context["listing"] = listing(request, self.appearances())
        return context


class PagePerson(Orderable):
    page = ParentalKey(Page, on_delete=models.CASCADE, related_name="page_people")
    person = models.ForeignKey(PersonPage, on_delete=models.CASCADE, related_name="+")

    panels = [PageChooserPanel("person", "core.PersonPage")]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["page", "person"], name="a_page_has_a_person_once")
        ]

    def __str__(self) -> str:
        return str(self.person)
