"""All episodes, and all series."""

from django.http import HttpRequest
from wagtail.models import Page
from wagtail.search import index

from core.models import SitePage
from episodes.copying import TalkCopyForm


class EpisodeIndexPage(SitePage):
    kind = "Library"
    kind_slug = "library"
    in_search = False
    copy_form_class = TalkCopyForm
    template = "pages/episode_index.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["episodes.SeriesPage", "episodes.EpisodePage"]
    max_count = 1
    page_description = "All episodes, to sort and to narrow. Series and single talks lie below it."

    search_fields = (*SitePage.search_fields, index.FilterField("live"))

    class Meta:
        verbose_name = "library of episodes"

    def breadcrumbs(self) -> list[Page]:
        return []  # it stands right below the home page

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        from episodes.library import library  # the list is made of these pages

        context = super().get_context(request, *args, **kwargs)
        return {**context, "library": library(request, self)}


class SeriesIndexPage(SitePage):
    kind = "All series"
    kind_slug = "series-list"
    in_search = False
    template = "pages/series_index.html"
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count = 1
    page_description = "The shelf: every series of the library as an album."

    search_fields = (*SitePage.search_fields, index.FilterField("live"))

    class Meta:
        verbose_name = "shelf of series"

    def breadcrumbs(self) -> list[Page]:
        return []  # it stands right below the home page

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        from episodes.sleeves import sleeves  # sleeves are made of these pages

        context = super().get_context(request, *args, **kwargs)
        return {**context, "sleeves": sleeves()}
