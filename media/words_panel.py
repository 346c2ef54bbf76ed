"""Above the box of words: what waits there, what is wrong with it, and what to do."""

from typing import Any

from wagtail.admin.panels import Panel

from media.models import WordsDraft
from media.reading import read_text

SHOWN = 20


class WordsPanel(Panel):
    def get_form_options(self) -> dict[str, Any]:
        """These two are shown here, and nowhere else."""
        return {"fields": ["words_mark", "waiting"]}

    class BoundPanel(Panel.BoundPanel):
        template_name = "media/words_waiting.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            draft = self.form.draft
            text = self.form["words"].value() or ""
            in_question = text.strip() and (draft or self.form.is_bound)
            reading = read_text(text) if in_question else None
            errors = reading.errors if reading else ()
            return context | {
                "form": self.form,
                "draft": draft,
                "errors": errors[:SHOWN],
                "error_count": len(errors),
                "more": max(0, len(errors) - SHOWN),
                "notes": reading.notes[:SHOWN] if reading else (),
                "aside": self.aside(),
            }

        def aside(self) -> list[WordsDraft]:
            if not self.instance.pk:
                return []
            states = (WordsDraft.State.REPLACED, WordsDraft.State.ASIDE)
            drafts = self.instance.drafts.filter(state__in=states)
            return list(drafts.select_related("made_by").defer("text"))
