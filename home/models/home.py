"""The home page: the newest of everything, and one sentence worth hearing."""

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from core.blocks import FigureBlock
from core.models import SitePage


class HomePage(SitePage):
    kind = "Home"
    kind_slug = "home"
    in_search = False
    template = "pages/home.html"
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1
    page_description = "The front page: search, what is new, series, training, evidence."

    headline = models.CharField(
        max_length=80, default="Two minutes from a school that has tried it."
    )
    figures = StreamField([("figure", FigureBlock())], blank=True, max_num=3)

    content_panels = [
        *SitePage.content_panels,
        FieldPanel("headline"),
        FieldPanel("figures", heading="Figures, at most three"),
    ]
