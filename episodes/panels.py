"""The panel above an episode's form: what is still open before it is published."""

from typing import Any

from django import forms
from django.urls import reverse
from wagtail.admin.panels import Panel

from episodes import gate, readiness

REASON = "publish_reason"


def told(points: list[readiness.Point], page: Any) -> dict[str, Any]:
    """What episodes/points.html is given."""
    return {
        "needed": readiness.open_points(points),
        "advised": [item for item in points if not item.needed and not item.met],
        "met": [item.title for item in points if item.met],
        "held": gate.held_back(page),
    }


class ReadinessPanel(Panel):
    def get_form_options(self) -> dict[str, Any]:
        """It shows this field itself, and only where a reason is wanted."""
        return {"fields": [REASON]}

    class BoundPanel(Panel.BoundPanel):
        template_name = "episodes/readiness.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            points = self.points()
            return context | {
                **told(points, self.instance),
                "url": reverse("readiness", args=[0]),
                "is_new": not points,
                "reason": self.form[REASON],
                "override": gate.last_override(self.instance),
            }

        @property
        def media(self) -> forms.Media:
            return super().media + forms.Media(js=["js/readiness.js"])

        def points(self) -> list[readiness.Point]:
            """As typed, where publishing was tried; else as stored; none of a page just begun."""
            if self.form.points is not None:
                return list(self.form.points)
            if not self.instance.pk:
                return []
            return readiness.points(readiness.facts_of(self.instance))
