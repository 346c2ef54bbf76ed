"""What a framework is made of: each part ordered, any number of each, links optional."""

from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField

from community.models.parts import Part

FRAMEWORK = "community.FrameworkPage"


class Pillar(Part):
    page = ParentalKey(FRAMEWORK, on_delete=models.CASCADE, related_name="pillars")


class Statement(Part):
    page = ParentalKey(FRAMEWORK, on_delete=models.CASCADE, related_name="statements")


class Aim(Part):
    """An aim and its action plan. The plan is internal unless somebody says otherwise.

    Readers are only ever given `public_plan`; nothing public reads `action_plan` (the page, search,
    feeds and the preview), and no panel for readers may.
    """

    page = ParentalKey(FRAMEWORK, on_delete=models.CASCADE, related_name="aims")
    strand_titles = models.TextField(
        "strands it belongs to",
        blank=True,
        help_text="Optional. Titles of strands below, one a line, written as they are there.",
    )
    action_plan = RichTextField(blank=True, features=["bold", "ol", "ul", "link"])
    plan_is_internal = models.BooleanField(
        "the action plan is internal",
        default=True,
        help_text="Internal plans are shown here only: never on the site, in search or in exports.",
    )

    panels = [
        *Part.panels,
        FieldPanel("strand_titles"),
        MultiFieldPanel(
            [FieldPanel("action_plan"), FieldPanel("plan_is_internal")], heading="Action plan"
        ),
    ]

    @property
    def public_plan(self) -> str:
        return "" if self.plan_is_internal else self.action_plan

    @property
    def wanted_strands(self) -> list[str]:
        return [line.strip() for line in self.strand_titles.splitlines() if line.strip()]


class Strand(Part):
    page = ParentalKey(FRAMEWORK, on_delete=models.CASCADE, related_name="strands")


class Stage(Part, ClusterableModel):
    page = ParentalKey(FRAMEWORK, on_delete=models.CASCADE, related_name="stages")

    panels = [*Part.panels, InlinePanel("priorities", label="priority", heading="Priorities")]


class Priority(Part):
    stage = ParentalKey(Stage, on_delete=models.CASCADE, related_name="priorities")
