"""Pages that belong together: stored once, shown on both."""

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import PageChooserPanel
from wagtail.models import Orderable, Page


class PageLink(Orderable):
    page = ParentalKey(Page, on_delete=models.CASCADE, related_name="links_out")
    target = models.ForeignKey(
        Page,
        on_delete=models.CASCADE,
        related_name="links_in",
        verbose_name="page",
        help_text="An episode, resource, case study or programme. It links back by itself.",
    )

    panels = [PageChooserPanel("target")]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["page", "target"], name="a_page_is_linked_once"),
            models.CheckConstraint(
                condition=~models.Q(page=models.F("target")), name="no_page_links_to_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page_id} and {self.target_id}"
