"""The panel above an episode's form: what is still open before it is published."""

from typing import Any

from wagtail.admin.panels import Panel

from episodes import gate, readiness

REASON = "publish_reason"


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
                "is_new": not points,
                "needed": readiness.open_points(points),
                "advised": [item for item in points if not item.needed and not item.met],
                "met": [item.title for item in points if item.met],
                "reason": self.form[REASON],
                "override": gate.last_override(self.instance),
                "held": gate.held_back(self.instance),
            }

        def points(self) -> list[readiness.Point]:
            """As typed, where publishing was tried; else as stored; none of a page just begun."""
            if self.form.points is not None:
                return list(self.form.points)
            if not self.instance.pk:
                return []
            return readiness.points(readiness.facts_of(self.instance))
