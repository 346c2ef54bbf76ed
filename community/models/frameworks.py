"""A civic framework: pillars, statements, aims, strands, stages and their priorities."""

from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from wagtail.admin.panels import InlinePanel
from wagtail.rich_text import get_text_for_indexing
from wagtail.search import index

from community.forms import FrameworkForm
from community.lists import read_lists
from community.models.framework_parts import Aim, Stage, Strand
from community.models.framework_words import FrameworkWords
from core.entries import Cover
from core.models import SitePage
from core.models.pages import SitePageManager

PARTS = ("pillars", "statements", "aims", "strands", "stages")


@dataclass(frozen=True, slots=True)
class AimView:
    """An aim as readers get it: the plan only where it is public."""

    title: str
    text: str
    plan: str
    strands: tuple[Strand, ...]


class FrameworkPage(FrameworkWords, SitePage):
    base_form_class = FrameworkForm
    kind = "Framework"
    kind_slug = "framework"
    icon = "people"
    template = "pages/framework.html"
    parent_page_types = ["community.CivicPage"]
    subpage_types: list[str] = []
    page_description = "A framework in parts: pillars, statements, aims, strands, priorities."

    content_panels = [
        *SitePage.content_panels,
        *FrameworkWords.word_panels,
        InlinePanel("pillars", label="pillar", heading="Pillars"),
        InlinePanel("statements", label="statement", heading="Statements"),
        InlinePanel("aims", label="aim", heading="Aims"),
        InlinePanel("strands", label="strand", heading="Strands"),
        InlinePanel("stages", label="stage", heading="Stages and their priorities"),
        *SitePage.about_panels,
    ]
    search_fields = (*SitePage.search_fields, index.SearchField("objective"))

    objects = SitePageManager()

    class Meta:
        verbose_name = "framework"

    def cover(self) -> Cover:
        return Cover(slug=self.slug, motif="rings", sleeve="moss")

    def entry_meta(self) -> tuple[str, ...]:
        return (self.document,) if self.document else ()

    def search_body(self) -> str:
        """Every public word; an internal plan is not among them."""
        parts = [part for name in PARTS for part in getattr(self, name).all()]
        plans = [aim.public_plan for aim in self.aims.all()]
        priorities = [each for stage in self.stages.all() for each in stage.priorities.all()]
        told = [f"{part.title} {part.text}" for part in (*parts, *priorities)]
        words = [self.document, self.builds_on, self.objective, *plans]
        return "\n".join([*map(get_text_for_indexing, words), *told])

    def aim_views(self, strands: list[Strand]) -> list[AimView]:
        by_title = {strand.title.casefold(): strand for strand in strands}
        return [aim_view(aim, by_title) for aim in self.aims.all()]

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        context = super().get_context(request, *args, **kwargs)
        context["related"] = [page.entry() for page in self.relations.linked]
        return {**context, **framework_parts(self)}


def aim_view(aim: Aim, by_title: dict[str, Strand]) -> AimView:
    wanted = [by_title.get(title.casefold()) for title in aim.wanted_strands]
    return AimView(aim.title, aim.text, aim.public_plan, tuple(each for each in wanted if each))


def framework_parts(framework: FrameworkPage) -> dict[str, object]:
    """Every part as templates show it; the civic page shows the same."""
    read_lists(*((framework, name) for name in PARTS))
    strands = list(framework.strands.all())
    stages: list[Stage] = list(framework.stages.all())
    prefetch_related_objects([stage for stage in stages if stage.pk], "priorities")
    return {
        "pillars": list(framework.pillars.all()),
        "statements": list(framework.statements.all()),
        "aims": framework.aim_views(strands),
        "strands": strands,
        "stages": stages,
    }
