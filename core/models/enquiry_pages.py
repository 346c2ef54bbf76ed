"""The page of a form: a section's editor chooses its words, answers land in the back office."""

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from core.enquiry_form import EnquiryForm
from core.models.enquiries import EnquiryKind
from core.models.pages import SitePage, SitePageManager, SitePageQuerySet

SECTION_DEPTH = 3


class EnquiryPageQuerySet(SitePageQuerySet):
    def nearest(self, page: Page) -> "EnquiryPage | None":
        """The first visible form in the section of `page`."""
        section = page.path[: SECTION_DEPTH * Page.steplen]
        return self.visible().filter(path__startswith=section).order_by("path").first()


class EnquiryPage(SitePage):
    kind = "Form"
    kind_slug = "form"
    icon = "mail"
    in_search = False
    template = "pages/enquiry.html"
    parent_page_types = [
        "home.HomePage",
        "partnerships.PartnershipIndexPage",
        "community.CivicPage",
    ]
    subpage_types: list[str] = []
    page_description = "A form: ask for a visit, get involved. Answers are listed under Enquiries."

    purpose = models.CharField(
        "about, to begin with",
        max_length=20,
        choices=EnquiryKind,
        default=EnquiryKind.VISIT,
        help_text="What is chosen when the form opens; readers may choose another.",
    )
    intro = RichTextField(blank=True, features=["bold", "link", "ul"])
    thanks = models.CharField(
        max_length=300,
        default="Thank you. It has arrived, and a colleague will write back to you.",
        help_text="What the reader sees once the form is sent.",
    )

    content_panels = [
        *SitePage.content_panels,
        FieldPanel("purpose"),
        FieldPanel("intro"),
        FieldPanel("thanks"),
    ]
    search_fields = (*SitePage.search_fields, index.SearchField("intro"))

    objects = SitePageManager.from_queryset(EnquiryPageQuerySet)()

    class Meta:
        verbose_name = "form"

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        context = super().get_context(request, *args, **kwargs)
        first = {"kind": self.purpose, "about": request.GET.get("about", "")}
        context["form"] = kwargs.get("form") or EnquiryForm(initial=first)
        context["is_sent"] = "sent" in request.GET
        return context
