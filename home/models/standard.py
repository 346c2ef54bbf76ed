"""A page of words: about, privacy, accessibility, visits."""

from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from core.blocks import body_blocks, plain_text
from core.models import SitePage


class StandardPage(SitePage):
    kind = "Page"
    kind_slug = "page"
    template = "pages/standard.html"
    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]
    page_description = "A page of words: about us, privacy, visiting."

    body = StreamField(body_blocks(), blank=True)

    content_panels = [*SitePage.content_panels, FieldPanel("body")]
    search_fields = (*SitePage.search_fields, index.SearchField("body"))

    class Meta:
        verbose_name = "plain page"

    def search_body(self) -> str:
        return plain_text(self.body)
