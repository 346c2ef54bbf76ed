"""The list of all case studies, narrowed by phase, region, setting and scheme."""

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest

from core.facets import Facet, Item, narrow
from core.listing import listing_of
from core.models import SitePage
from core.models.pages import SitePageManager
from partnerships.models.case_study import CaseStudyPage
from partnerships.models.context import Phase, Region, Setting
from partnerships.models.schemes import SchemePage

COLUMNS = ("pk", "phase", "region", "setting", "scheme_slug", "scheme_title")
CHOICES = {"phase": Phase, "region": Region, "setting": Setting}


class CaseStudyIndexPage(SitePage):
    kind = "Case studies"
    kind_slug = "case-studies"
    icon = "school"
    in_search = False
    template = "pages/case_study_index.html"
    parent_page_types = ["partnerships.PartnershipIndexPage"]
    subpage_types = ["partnerships.CaseStudyPage"]
    max_count = 1
    page_description = "The list of all case studies, newest first, with filters."

    objects = SitePageManager()

    class Meta:
        verbose_name = "list of case studies"

    def rows(self) -> list[dict]:
        """What the filters read of every visible case; a hidden scheme counts as none."""
        scheme = SchemePage.objects.visible().filter(pk=OuterRef("scheme_id"))
        studies = CaseStudyPage.objects.child_of(self).newest()
        return list(
            studies.annotate(
                scheme_slug=Subquery(scheme.values("slug")[:1]),
                scheme_title=Subquery(scheme.values("title")[:1]),
            ).values(*COLUMNS)
        )

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        context = super().get_context(request, *args, **kwargs)
        rows = self.rows()
        narrowed = narrow([item_of(row) for row in rows], facets_of(rows), request.GET)
        context["narrowed"] = narrowed
        context["listing"] = listing_of(request, narrowed.keys, CaseStudyPage.objects.all())
        return context


def item_of(row: dict) -> Item:
    values = {name: row[name] or "" for name in CHOICES}
    return Item(row["pk"], {**values, "scheme": row["scheme_slug"] or ""})


def facets_of(rows: list[dict]) -> list[Facet]:
    schemes = {row["scheme_slug"]: row["scheme_title"] for row in rows if row["scheme_slug"]}
    by_title = sorted(schemes.items(), key=lambda scheme: scheme[1].casefold())
    fixed = [
        Facet(name, name.capitalize(), tuple((value, str(label)) for value, label in model.choices))
        for name, model in CHOICES.items()
    ]
    return [*fixed, Facet("scheme", "Scheme", tuple(by_title))]
